package dev.weft.bench.peers;

import dev.weft.testkit.workload.LibraryWorkloads;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What the two plain-Java baselines share: inputs, names of workloads, results. float64 only. */
abstract class JavaBaseline implements PeerSystem {

  private final Map<String, DenseArray> arrays = new HashMap<>();

  /** Loops on blocks of indices, one thread or many, and adds up what the blocks return. */
  interface Block {
    double run(int from, int to);
  }

  abstract String variant();

  /** Runs {@code block} over [0, n) in pieces; the sum of what they return. */
  abstract double sum(int n, Block block);

  abstract double min(double[] values);

  @Override
  public void load(String name, DenseArray array) {
    arrays.put(name, array);
  }

  @Override
  public void unload() {
    arrays.clear();
  }

  @Override
  public void close() {
    arrays.clear();
  }

  @Override
  public DenseArray draw(String workload, String dtype, int count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create();
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = next(random, workload);
    }
    return DenseArray.of(out, count);
  }

  private static double next(RandomGenerator random, String workload) {
    return workload.contains("uniform") ? random.nextDouble() : random.nextGaussian();
  }

  @Override
  public Map<String, Supplier<Result>> prepare(String workload, String dtype, int n) {
    if (!dtype.equals("float64")) {
      throw new UnsupportedWorkload("the Java baselines are loops over double[]; float64 only");
    }
    Supplier<List<DenseArray>> run =
        workload.startsWith("random_") ? () -> random(workload, n) : select(workload);
    Map<String, Supplier<Result>> variants = new LinkedHashMap<>();
    variants.put(
        variant(),
        () -> {
          List<DenseArray> result = run.get();
          return () -> result;
        });
    return variants;
  }

  private double[] array(String name) {
    return loaded(name).doubles();
  }

  private DenseArray loaded(String name) {
    DenseArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("array " + name + " was not loaded");
    }
    return array;
  }

  private Supplier<List<DenseArray>> select(String workload) {
    return switch (workload) {
      case "sum_sqrt" -> sumSqrt(array("x"), array("y"));
      case "exp_sin" -> expSin(array("x"), array("y"));
      case "black_scholes" -> blackScholes(array("s"), array("k"), array("t"));
      case "add" -> add(array("x"), array("y"));
      case "sum" -> () -> List.of(DenseArray.scalar(total(array("x"))));
      case "mean_std" -> () -> meanStd(array("x"));
      case "min" -> () -> List.of(DenseArray.scalar(min(array("x"))));
      case "poly8" -> poly8(array("x"));
      case "where_mix" -> whereMix(array("x"), array("y"));
      default -> tables(workload);
    };
  }

  private Supplier<List<DenseArray>> tables(String workload) {
    if (workload.startsWith("matmul_")) {
      int size = Integer.parseInt(workload.substring("matmul_".length()));
      return matmul(array("a" + size), array("b" + size), size);
    }
    if (workload.startsWith("solve_") || LibraryWorkloads.NAMES.contains(workload)) {
      throw new UnsupportedWorkload("what libraries are for is not written as plain loops");
    }
    String name = workload.equals("stencil5") || workload.equals("transpose_mean") ? "q" : "m";
    double[] m = array(name);
    int[] shape = loaded(name).shape();
    Axes axes = new Axes(this, m, shape[0], shape[1]);
    return switch (workload) {
      case "sum_axis0" -> axes::sum0;
      case "sum_axis1" -> axes::sum1;
      case "mean_std_axis0" -> axes::meanStd0;
      case "mean_std_axis1" -> axes::meanStd1;
      case "min_axis0" -> axes::min0;
      case "min_axis1" -> axes::min1;
      case "transpose_mean" -> axes::transposeMean;
      case "stencil5" -> axes::stencil;
      case "softmax" -> axes::softmax;
      default -> throw new UnsupportedWorkload("unknown workload " + workload);
    };
  }

  // One loop per workload, though they look alike: a loop that calls a function value is fast only
  // until the worker has seen a third function.

  private Supplier<List<DenseArray>> expSin(double[] x, double[] y) {
    return () -> {
      double[] out = new double[x.length];
      sum(
          x.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              out[i] = Formulas.expSin(x[i], y[i]);
            }
            return 0;
          });
      return List.of(DenseArray.of(out, out.length));
    };
  }

  private Supplier<List<DenseArray>> add(double[] x, double[] y) {
    return () -> {
      double[] out = new double[x.length];
      sum(
          x.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              out[i] = x[i] + y[i];
            }
            return 0;
          });
      return List.of(DenseArray.of(out, out.length));
    };
  }

  private Supplier<List<DenseArray>> poly8(double[] x) {
    return () -> {
      double[] out = new double[x.length];
      sum(
          x.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              out[i] = Formulas.poly8(x[i]);
            }
            return 0;
          });
      return List.of(DenseArray.of(out, out.length));
    };
  }

  private Supplier<List<DenseArray>> whereMix(double[] x, double[] y) {
    return () -> {
      double[] out = new double[x.length];
      sum(
          x.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              out[i] = Formulas.whereMix(x[i], y[i]);
            }
            return 0;
          });
      return List.of(DenseArray.of(out, out.length));
    };
  }

  private Supplier<List<DenseArray>> matmul(double[] a, double[] b, int size) {
    return () -> {
      double[] out = new double[size * size];
      sum(
          size,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              Formulas.matmulRow(a, b, size, i, out);
            }
            return 0;
          });
      return List.of(DenseArray.of(out, size, size));
    };
  }

  private Supplier<List<DenseArray>> sumSqrt(double[] x, double[] y) {
    Block block =
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += Math.sqrt(x[i] * x[i] + y[i] * y[i]);
          }
          return sum;
        };
    return () -> List.of(DenseArray.scalar(sum(x.length, block)));
  }

  private Supplier<List<DenseArray>> blackScholes(double[] s, double[] k, double[] t) {
    return () -> {
      double[] call = new double[s.length];
      double[] put = new double[s.length];
      sum(
          s.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              Formulas.blackScholes(s[i], k[i], t[i], call, put, i);
            }
            return 0;
          });
      return List.of(DenseArray.of(call, call.length), DenseArray.of(put, put.length));
    };
  }

  private double total(double[] x) {
    return sum(
        x.length,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += x[i];
          }
          return sum;
        });
  }

  private List<DenseArray> meanStd(double[] x) {
    double mean = total(x) / x.length;
    double squares =
        sum(
            x.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                sum += (x[i] - mean) * (x[i] - mean);
              }
              return sum;
            });
    return List.of(DenseArray.scalar(mean), DenseArray.scalar(Math.sqrt(squares / x.length)));
  }

  private List<DenseArray> random(String workload, int n) {
    double sum =
        sum(
            n,
            (from, to) -> {
              RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create();
              double part = 0;
              for (int i = from; i < to; i++) {
                part += next(random, workload);
              }
              return part;
            });
    return List.of(DenseArray.scalar(sum / n));
  }
}
