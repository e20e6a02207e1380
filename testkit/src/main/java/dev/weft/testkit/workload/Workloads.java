package dev.weft.testkit.workload;

import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import java.util.List;
import java.util.function.Function;

/**
 * The workloads of {@code bench/peers} in Weft's public API: lists of results from the arrays of a
 * name. {@code bench/peers/weft_peers/formulas.py} has the same for the others.
 */
public final class Workloads {
  /** Yearly rate of interest of Black-Scholes. */
  public static final double RATE = 0.02;

  /** Volatility of Black-Scholes. */
  public static final double VOLATILITY = 0.3;

  /** What the logarithm of a price drifts by in a year. */
  public static final double DRIFT = RATE + 0.5 * VOLATILITY * VOLATILITY;

  /** The normal distribution function by Abramowitz and Stegun 26.2.17: p. */
  public static final double CDF_P = 0.2316419;

  /** And its coefficients. */
  public static final List<Double> CDF_B =
      List.of(0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429);

  /** One over the square root of twice pi. */
  public static final double INV_SQRT_2PI = 0.3989422804014327;

  /** Coefficients of the polynomial, highest power first. */
  public static final List<Double> POLY =
      List.of(0.5, -0.4, 0.3, -0.25, 0.2, -0.15, 0.1, -0.05, 1.0);

  private final Function<String, NDArray> arrays;

  /** Formulas over arrays that {@code arrays} finds by name. */
  public Workloads(Function<String, NDArray> arrays) {
    this.arrays = arrays;
  }

  /** The lazy results of a workload on the loaded arrays. */
  public List<NDArray> results(String workload) {
    return switch (workload) {
      case "sum_sqrt" -> List.of(norm(array("x"), array("y")).sum());
      case "exp_sin" -> List.of(expSin(array("x"), array("y")));
      case "black_scholes" -> blackScholes(array("s"), array("k"), array("t"));
      case "add" -> List.of(array("x").add(array("y")));
      case "sum" -> List.of(array("x").sum());
      case "mean_std" -> List.of(array("x").mean(), array("x").std());
      case "min" -> List.of(array("x").min());
      case "poly8" -> List.of(poly8(array("x")));
      case "where_mix" -> List.of(whereMix(array("x"), array("y")));
      default -> tables(workload);
    };
  }

  private List<NDArray> tables(String workload) {
    if (workload.startsWith("matmul_")) {
      String size = workload.substring("matmul_".length());
      return List.of(array("a" + size).matmul(array("b" + size)));
    }
    if (workload.startsWith("solve_")) {
      String size = workload.substring("solve_".length());
      NDArray a = array("a" + size);
      NDArray identity = a.session().eye(a.shape().extent(0)).cast(a.dtype());
      NDArray matrix = a.add(identity.multiply(Integer.parseInt(size)));
      return List.of(matrix.solve(array("b" + size)));
    }
    if (LibraryWorkloads.NAMES.contains(workload)) {
      return new LibraryWorkloads(arrays).results(workload);
    }
    int axis = workload.charAt(workload.length() - 1) - '0';
    return switch (workload) {
      case "sum_axis0", "sum_axis1" -> List.of(array("m").sum(axis));
      case "mean_std_axis0", "mean_std_axis1" ->
          List.of(array("m").mean(axis), array("m").std(axis));
      case "min_axis0", "min_axis1" -> List.of(array("m").min(axis));
      case "transpose_mean" -> List.of(array("q").add(array("q").t()).mean(0));
      case "stencil5" -> List.of(stencil(array("q")));
      case "softmax" -> List.of(softmax(array("m")));
      default -> throw new UsageException("there is no workload '%s'".formatted(workload));
    };
  }

  private NDArray array(String name) {
    return arrays.apply(name);
  }

  private static NDArray norm(NDArray x, NDArray y) {
    return x.multiply(x).add(y.multiply(y)).sqrt();
  }

  private static NDArray expSin(NDArray x, NDArray y) {
    return x.multiply(x).negative().exp().multiply(y.sin()).add(1.0);
  }

  private static NDArray poly8(NDArray x) {
    NDArray p = x.multiply(POLY.get(0)).add(POLY.get(1));
    for (int i = 2; i < POLY.size(); i++) {
      p = p.multiply(x).add(POLY.get(i));
    }
    return p;
  }

  private static NDArray whereMix(NDArray x, NDArray y) {
    NDArray chosen = x.greater(0.0).logicalAnd(y.less(1.0));
    return chosen.where(x.multiply(2.0), y.subtract(1.0));
  }

  private static NDArray stencil(NDArray q) {
    return q.slice(":-2, 1:-1")
        .add(q.slice("2:, 1:-1"))
        .add(q.slice("1:-1, :-2"))
        .add(q.slice("1:-1, 2:"))
        .add(q.slice("1:-1, 1:-1"))
        .multiply(0.2);
  }

  private static NDArray softmax(NDArray m) {
    NDArray e = m.subtract(m.max(1).expandDims(1)).exp();
    return e.divide(e.sum(1).expandDims(1));
  }

  private static List<NDArray> blackScholes(NDArray s, NDArray k, NDArray t) {
    NDArray spread = t.sqrt().multiply(VOLATILITY);
    NDArray d1 = s.divide(k).log().add(t.multiply(DRIFT)).divide(spread);
    NDArray n1 = normalCdf(d1);
    NDArray n2 = normalCdf(d1.subtract(spread));
    NDArray discounted = k.multiply(t.multiply(-RATE).exp());
    NDArray call = s.multiply(n1).subtract(discounted.multiply(n2));
    NDArray put = discounted.multiply(from(1.0, n2)).subtract(s.multiply(from(1.0, n1)));
    return List.of(call, put);
  }

  private static NDArray normalCdf(NDArray d) {
    NDArray a = d.abs();
    NDArray k = a.multiply(CDF_P).add(1.0).applyFrom(ElementwiseOps.DIVIDE, 1.0);
    NDArray series = k.multiply(CDF_B.get(4));
    for (int i = 3; i >= 0; i--) {
      series = k.multiply(series.add(CDF_B.get(i)));
    }
    NDArray bell = a.multiply(-0.5).multiply(a).exp().multiply(INV_SQRT_2PI);
    NDArray tail = bell.multiply(series);
    return d.less(0.0).where(tail, from(1.0, tail));
  }

  /** {@code number - a}. */
  private static NDArray from(double number, NDArray a) {
    return a.applyFrom(ElementwiseOps.SUBTRACT, number);
  }
}
