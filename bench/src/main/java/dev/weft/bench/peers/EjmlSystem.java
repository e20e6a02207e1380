package dev.weft.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;

/** Peer: EJML, row-major dense matrices; products on one thread and on all. */
final class EjmlSystem extends JavaLibrary<DMatrixRMaj> {

  private final int threads;

  EjmlSystem(int threads) {
    this.threads = threads;
    EjmlConcurrency.setMaxThreads(threads);
  }

  @Override
  String version() {
    return "EJML " + EjmlVersion.VERSION;
  }

  @Override
  public Map<String, Object> info() {
    return Map.of("ejml", EjmlVersion.VERSION, "threads", "1, products also " + threads);
  }

  @Override
  DMatrixRMaj matrix(double[] elements, int rows, int columns) {
    return DMatrixRMaj.wrap(rows, columns, elements);
  }

  @Override
  double[] elements(DMatrixRMaj matrix) {
    return matrix.data;
  }

  private Result vector(DMatrixRMaj matrix) {
    return Answers.vector(() -> elements(matrix));
  }

  private Result table(DMatrixRMaj matrix) {
    return Answers.table(() -> elements(matrix), matrix.numRows, matrix.numCols);
  }

  @Override
  Map<String, Supplier<Result>> select(String workload) {
    if (workload.startsWith("matmul_")) {
      return products(workload.substring("matmul_".length()));
    }
    if (workload.startsWith("solve_")) {
      return solve(workload.substring("solve_".length()));
    }
    return switch (workload) {
      case "add" -> add();
      case "sum" -> one(() -> Answers.scalars(CommonOps_DDRM.elementSum(matrix("x"))));
      case "min" -> one(() -> Answers.scalars(CommonOps_DDRM.elementMin(matrix("x"))));
      case "sum_axis0" -> one(() -> vector(CommonOps_DDRM.sumCols(matrix("m"), null)));
      case "sum_axis1" -> one(() -> vector(CommonOps_DDRM.sumRows(matrix("m"), null)));
      case "min_axis0" -> one(() -> vector(CommonOps_DDRM.minCols(matrix("m"), null)));
      case "min_axis1" -> one(() -> vector(CommonOps_DDRM.minRows(matrix("m"), null)));
      case "transpose_mean" -> one(this::transposeMean);
      default -> Map.of();
    };
  }

  private static Map<String, Supplier<Result>> one(Supplier<Result> run) {
    return Map.of("matrix", run);
  }

  private Map<String, Supplier<Result>> add() {
    DMatrixRMaj x = matrix("x");
    DMatrixRMaj y = matrix("y");
    DMatrixRMaj out = x.createLike();
    return variants(
        "fresh", () -> vector(CommonOps_DDRM.add(x, y, x.createLike())),
        "into", () -> vector(CommonOps_DDRM.add(x, y, out)));
  }

  private Map<String, Supplier<Result>> products(String size) {
    DMatrixRMaj a = matrix("a" + size);
    DMatrixRMaj b = matrix("b" + size);
    return variants(
        "one thread", () -> table(CommonOps_DDRM.mult(a, b, a.createLike())),
        "threads", () -> table(CommonOps_MT_DDRM.mult(a, b, a.createLike())));
  }

  private static Map<String, Supplier<Result>> variants(
      String first, Supplier<Result> one, String second, Supplier<Result> other) {
    Map<String, Supplier<Result>> variants = new LinkedHashMap<>();
    variants.put(first, one);
    variants.put(second, other);
    return variants;
  }

  private Map<String, Supplier<Result>> solve(String size) {
    DMatrixRMaj a = matrix("a" + size);
    DMatrixRMaj b = matrix("b" + size);
    return one(
        () -> {
          DMatrixRMaj matrix = CommonOps_DDRM.identity(a.numRows);
          CommonOps_DDRM.add(Integer.parseInt(size), matrix, 1.0, a, matrix);
          DMatrixRMaj x = b.createLike();
          if (!CommonOps_DDRM.solve(matrix, b, x)) {
            throw new IllegalStateException("EJML found the matrix singular");
          }
          return table(x);
        });
  }

  private Result transposeMean() {
    DMatrixRMaj q = matrix("q");
    DMatrixRMaj sum = CommonOps_DDRM.transpose(q, null);
    CommonOps_DDRM.add(q, sum, sum);
    DMatrixRMaj mean = CommonOps_DDRM.sumCols(sum, null);
    CommonOps_DDRM.divide(mean, q.numRows);
    return vector(mean);
  }
}
