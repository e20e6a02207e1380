package dev.weft.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.apache.commons.math3.util.MathArrays;

/** Peer: Apache Commons Math 3, one thread; matrices in blocks, statistics of {@code double[]}. */
final class CommonsMathSystem extends JavaLibrary<RealMatrix> {

  @Override
  String version() {
    return "Commons Math 3";
  }

  @Override
  public Map<String, Object> info() {
    String version = RealMatrix.class.getPackage().getImplementationVersion();
    return Map.of("commons-math3", version == null ? "unknown" : version, "threads", 1);
  }

  @Override
  RealMatrix matrix(double[] elements, int rows, int columns) {
    double[][] table = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(elements, i * columns, table[i], 0, columns);
    }
    return new BlockRealMatrix(table);
  }

  @Override
  double[] elements(RealMatrix matrix) {
    int columns = matrix.getColumnDimension();
    double[] elements = new double[matrix.getRowDimension() * columns];
    for (int i = 0; i < matrix.getRowDimension(); i++) {
      System.arraycopy(matrix.getRow(i), 0, elements, i * columns, columns);
    }
    return elements;
  }

  private Result table(RealMatrix matrix) {
    return Answers.table(
        () -> elements(matrix), matrix.getRowDimension(), matrix.getColumnDimension());
  }

  private double[] vector(String name) {
    return input(name).doubles();
  }

  @Override
  Map<String, Supplier<Result>> select(String workload) {
    if (workload.startsWith("matmul_")) {
      String size = workload.substring("matmul_".length());
      RealMatrix a = matrix("a" + size);
      RealMatrix b = matrix("b" + size);
      return one(() -> table(a.multiply(b)));
    }
    if (workload.startsWith("solve_")) {
      return one(solve(workload.substring("solve_".length())));
    }
    return switch (workload) {
      case "add" -> {
        double[] x = vector("x");
        double[] y = vector("y");
        yield one(
            () -> {
              double[] sum = MathArrays.ebeAdd(x, y);
              return Answers.vector(() -> sum);
            });
      }
      case "sum" -> one(() -> Answers.scalars(StatUtils.sum(vector("x"))));
      case "min" -> one(() -> Answers.scalars(StatUtils.min(vector("x"))));
      case "mean_std" -> one(this::meanStd);
      case "fft" -> one(this::fft);
      default -> Map.of();
    };
  }

  private static Map<String, Supplier<Result>> one(Supplier<Result> run) {
    return Map.of("library", run);
  }

  private Supplier<Result> solve(String size) {
    RealMatrix a = matrix("a" + size);
    RealMatrix b = matrix("b" + size);
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(rows("a" + size));
    return () -> {
      RealMatrix matrix = a.add(identity.scalarMultiply(Integer.parseInt(size)));
      return table(new LUDecomposition(matrix).getSolver().solve(b));
    };
  }

  private Result meanStd() {
    double[] x = vector("x");
    double mean = StatUtils.mean(x);
    return Answers.scalars(mean, Math.sqrt(StatUtils.populationVariance(x, mean)));
  }

  private Result fft() {
    double[] signal = vector("signal");
    double[][] parts = new double[2][signal.length / 2];
    for (int i = 0; i < signal.length / 2; i++) {
      parts[0][i] = signal[2 * i];
      parts[1][i] = signal[2 * i + 1];
    }
    FastFourierTransformer.transformInPlace(
        parts, DftNormalization.STANDARD, TransformType.FORWARD);
    int n = parts[0].length;
    return () -> List.of(DenseArray.of(parts[0], n), DenseArray.of(parts[1], n));
  }
}
