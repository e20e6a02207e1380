package dev.weft.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.RecoverableCondition;
import org.ojalgo.function.aggregator.Aggregator;
import org.ojalgo.function.constant.PrimitiveMath;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.task.SolverTask;

/** Peer: ojAlgo, column-major stores of float64, eager, with as many threads as the others. */
final class OjalgoSystem extends JavaLibrary<R064Store> {

  private final int threads;

  OjalgoSystem(int threads) {
    this.threads = threads;
    OjAlgoUtils.limitThreadsTo(threads);
  }

  /** The version in the jar's name; the manifest's is read by no public method. */
  @Override
  String version() {
    String jar = R064Store.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String name = jar.substring(jar.lastIndexOf('/') + 1).replace(".jar", "");
    return name.replace("ojalgo-", "ojAlgo ");
  }

  @Override
  public Map<String, Object> info() {
    return Map.of("ojalgo", version().replace("ojAlgo ", ""), "threads", threads);
  }

  @Override
  R064Store matrix(double[] elements, int rows, int columns) {
    R064Store store = R064Store.FACTORY.make(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        store.set(i, j, elements[i * columns + j]);
      }
    }
    return store;
  }

  @Override
  double[] elements(R064Store store) {
    return rowByRow(store);
  }

  private static double[] rowByRow(MatrixStore<Double> store) {
    int rows = store.getRowDim();
    int columns = store.getColDim();
    double[] elements = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        elements[i * columns + j] = store.doubleValue(i, j);
      }
    }
    return elements;
  }

  private static Result vector(MatrixStore<Double> store) {
    return Answers.vector(() -> rowByRow(store));
  }

  private static Result table(MatrixStore<Double> store) {
    return Answers.table(() -> rowByRow(store), store.getRowDim(), store.getColDim());
  }

  @Override
  Map<String, Supplier<Result>> select(String workload) {
    if (workload.startsWith("matmul_")) {
      String size = workload.substring("matmul_".length());
      R064Store a = matrix("a" + size);
      R064Store b = matrix("b" + size);
      return one(() -> table(product(a, b)));
    }
    if (workload.startsWith("solve_")) {
      return one(solve(workload.substring("solve_".length())));
    }
    return switch (workload) {
      case "sum_sqrt" -> one(this::sumSqrt);
      case "exp_sin" -> one(this::expSin);
      case "add" -> add();
      case "sum" -> one(() -> Answers.scalars(matrix("x").aggregateAll(Aggregator.SUM)));
      case "min" -> one(() -> Answers.scalars(matrix("x").aggregateAll(Aggregator.MINIMUM)));
      case "sum_axis0" -> one(() -> columnwise("m", Aggregator.SUM));
      case "sum_axis1" -> one(() -> rowwise("m", Aggregator.SUM));
      case "min_axis0" -> one(() -> columnwise("m", Aggregator.MINIMUM));
      case "min_axis1" -> one(() -> rowwise("m", Aggregator.MINIMUM));
      default -> Map.of();
    };
  }

  private static Map<String, Supplier<Result>> one(Supplier<Result> run) {
    return Map.of("store", run);
  }

  private static R064Store product(R064Store a, R064Store b) {
    R064Store out = R064Store.FACTORY.make(a.getRowDim(), b.getColDim());
    out.fillByMultiplying(a, b);
    return out;
  }

  private static R064Store like(R064Store store) {
    return R064Store.FACTORY.make(store.getRowDim(), store.getColDim());
  }

  private Map<String, Supplier<Result>> add() {
    R064Store x = matrix("x");
    R064Store y = matrix("y");
    R064Store reused = like(x);
    Map<String, Supplier<Result>> variants = new LinkedHashMap<>();
    variants.put("fresh", () -> sum(x, y, like(x)));
    variants.put("into", () -> sum(x, y, reused));
    return variants;
  }

  private static Result sum(R064Store x, R064Store y, R064Store out) {
    out.fillMatching(x, PrimitiveMath.ADD, y);
    return vector(out);
  }

  private Result sumSqrt() {
    R064Store x = matrix("x");
    R064Store y = matrix("y");
    R064Store squares = like(x);
    R064Store others = like(x);
    squares.fillMatching(x, PrimitiveMath.MULTIPLY, x);
    others.fillMatching(y, PrimitiveMath.MULTIPLY, y);
    squares.fillMatching(squares, PrimitiveMath.ADD, others);
    squares.modifyAll(PrimitiveMath.SQRT);
    return Answers.scalars(squares.aggregateAll(Aggregator.SUM));
  }

  private Result expSin() {
    R064Store x = matrix("x");
    R064Store bell = like(x);
    R064Store waves = like(x);
    bell.fillMatching(x, PrimitiveMath.MULTIPLY, x);
    bell.modifyAll(PrimitiveMath.NEGATE);
    bell.modifyAll(PrimitiveMath.EXP);
    waves.fillMatching(PrimitiveMath.SIN, matrix("y"));
    bell.fillMatching(bell, PrimitiveMath.MULTIPLY, waves);
    bell.modifyAll(PrimitiveMath.ADD.second(1.0));
    return vector(bell);
  }

  private Result columnwise(String name, Aggregator aggregator) {
    return vector(matrix(name).reduceColumns(aggregator).collect(R064Store.FACTORY));
  }

  private Result rowwise(String name, Aggregator aggregator) {
    return vector(matrix(name).reduceRows(aggregator).collect(R064Store.FACTORY));
  }

  private Supplier<Result> solve(String size) {
    R064Store a = matrix("a" + size);
    R064Store b = matrix("b" + size);
    return () -> {
      R064Store matrix = like(a);
      matrix.fillMatching(a);
      for (int i = 0; i < matrix.getRowDim(); i++) {
        matrix.add(i, i, Double.parseDouble(size));
      }
      try {
        return table(SolverTask.R064.make(matrix, b).solve(matrix, b));
      } catch (RecoverableCondition e) {
        throw new IllegalStateException("ojAlgo found the matrix singular", e);
      }
    };
  }
}
