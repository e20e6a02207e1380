package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr.Finish;
import dev.weft.core.expr.Exprs;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.op.Reduction;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reduction table: every named reduction as an expression over the primitives of {@link
 * Reduction}. To add a reduction, add a row.
 */
public final class Reductions {
  private static final Finish VALUE = new Finish.Value();
  private static final Map<String, Row> ROWS = new LinkedHashMap<>();
  private static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    row(
        "sum",
        "sum; integers and bool add up as int64, unsigned ones as uint64",
        (x, a) -> primitive(x, Reduction.SUM, a));
    row(
        "prod",
        "product; integers and bool as int64, unsigned ones as uint64",
        (x, a) -> primitive(x, Reduction.PROD, a));
    row("min", "smallest, NaN if there is one", (x, a) -> primitive(x, Reduction.MIN, a));
    row("max", "largest, NaN if there is one", (x, a) -> primitive(x, Reduction.MAX, a));
    row("mean", "arithmetic mean; integers give float64", Reductions::mean);
    row("var", "variance with divisor n", (x, a) -> moments(x, 0, a));
    row("std", "standard deviation with divisor n", (x, a) -> deviation(x, 0, a));
    row("any", "whether any is not 0", (x, a) -> anyOf(x.cast(DType.BOOL), a));
    row("all", "whether all are not 0", (x, a) -> anyOf(x.logicalNot(), a).logicalNot());
    row("argmin", "position of the first smallest", (x, a) -> position(x, Reduction.ARGMIN, a));
    row("argmax", "position of the first largest", (x, a) -> position(x, Reduction.ARGMAX, a));
    row("count_nonzero", "number that are not 0", (x, a) -> count(x.cast(DType.BOOL), a));
    row("nansum", "sum without NaN", (x, a) -> primitive(numbers(x, 0), Reduction.SUM, a));
    row("nanprod", "product without NaN", (x, a) -> primitive(numbers(x, 1), Reduction.PROD, a));
    row("nanmin", "smallest without NaN", (x, a) -> extreme(x, Reduction.MIN, a));
    row("nanmax", "largest without NaN", (x, a) -> extreme(x, Reduction.MAX, a));
    row("nanmean", "mean without NaN", Reductions::nanmean);
    row(
        "nanvar",
        "variance without NaN, divisor n",
        (x, a) -> nanvar(x, 0, a).cast(real(x).part()));
    row("nanstd", "standard deviation without NaN", (x, a) -> nanstd(x, 0, a));
    row("nanargmin", "position of smallest, not NaN", (x, a) -> place(x, Reduction.ARGMIN, a));
    row("nanargmax", "position of largest, not NaN", (x, a) -> place(x, Reduction.ARGMAX, a));
  }

  private Reductions() {}

  /** How a named reduction is made. */
  @FunctionalInterface
  interface Row {
    NDArray of(NDArray input, List<Integer> axes);
  }

  private static void row(String name, String doc, Row row) {
    ROWS.put(name, row);
    DOCS.put(name, doc);
  }

  /** The names and what they give, in order. */
  public static Map<String, String> all() {
    return Collections.unmodifiableMap(DOCS);
  }

  /** The names of all reductions. */
  public static Set<String> names() {
    return DOCS.keySet();
  }

  /**
   * The reduction called {@code name}; no axes means all.
   *
   * @throws UsageException for an unknown name or axis, or an axis given twice
   */
  public static NDArray reduce(String name, NDArray input, int... axes) {
    Row row = ROWS.get(name);
    if (row == null) {
      throw new UsageException(
          "reduction '%s' is unknown; use one of %s"
              .formatted(name, String.join(", ", DOCS.keySet())));
    }
    return row.of(input, axes(name, input, axes));
  }

  static List<Integer> axes(String name, NDArray input, int... axes) {
    // NumPy takes the only axis that there could be.
    if (input.rank() == 0 && axes.length == 1 && (axes[0] == 0 || axes[0] == -1)) {
      return List.of();
    }
    if (axes.length == 0) {
      return IntStream.range(0, input.rank()).boxed().toList();
    }
    List<Integer> sorted =
        Arrays.stream(axes).map(axis -> input.shape().axis(name, axis)).sorted().boxed().toList();
    if (sorted.stream().distinct().count() != sorted.size()) {
      throw new UsageException(
          "%s: axes %s name an axis of shape %s twice; name each once"
              .formatted(name, Arrays.toString(axes), input.shape()));
    }
    return sorted;
  }

  static NDArray variance(String name, NDArray input, double ddof, int... axes) {
    List<Integer> checked = axes(name, input, axes);
    return switch (name) {
      case "var" -> moments(input, ddof, checked);
      case "std" -> deviation(input, ddof, checked);
      case "nanvar" -> nanvar(input, ddof, checked).cast(real(input).part());
      default -> nanstd(input, ddof, checked);
    };
  }

  private static NDArray primitive(NDArray x, Reduction reduction, List<Integer> axes) {
    return x.with(Exprs.reduce(x.expr(), reduction, axes, VALUE));
  }

  private static NDArray moments(NDArray x, double ddof, List<Integer> axes) {
    return x.with(Exprs.reduce(x.expr(), Reduction.MOMENTS, axes, new Finish.Variance(ddof)));
  }

  /** The type of means and deviations. */
  static DType real(NDArray x) {
    return x.dtype().isInexact() ? x.dtype() : DType.FLOAT64;
  }

  /** The root of the variance before that is rounded, and may overflow, as float32. */
  private static NDArray deviation(NDArray x, double ddof, List<Integer> axes) {
    if (!x.dtype().isFloating()) {
      return moments(x, ddof, axes).sqrt();
    }
    Finish variance = new Finish.Variance(ddof);
    return x.with(Exprs.reduceWide(x.expr(), Reduction.MOMENTS, axes, variance))
        .sqrt()
        .cast(x.dtype());
  }

  private static double length(NDArray x, List<Integer> axes) {
    double length = 1;
    for (int axis : axes) {
      length *= x.shape().extent(axis);
    }
    return length;
  }

  /**
   * Added up and divided as float64, which a sum of large integers or float32 does not overflow.
   */
  private static NDArray mean(NDArray x, List<Integer> axes) {
    if (x.dtype().isComplex()) {
      return mean(x.real(), axes).complex(mean(x.imag(), axes));
    }
    return total(x.cast(real(x)), axes).divide(length(x, axes)).cast(real(x));
  }

  /** The sum of floating elements as float64. */
  private static NDArray total(NDArray x, List<Integer> axes) {
    return x.with(Exprs.reduceWide(x.expr(), Reduction.SUM, axes, VALUE));
  }

  private static NDArray anyOf(NDArray truth, List<Integer> axes) {
    return count(truth, axes).greater(0L);
  }

  private static NDArray count(NDArray truth, List<Integer> axes) {
    return primitive(truth, Reduction.SUM, axes);
  }

  private static NDArray position(NDArray x, Reduction reduction, List<Integer> axes) {
    if (axes.size() != 1 && axes.size() != x.rank()) {
      throw new UsageException(
          "%s takes one axis, or none for the position in C order over all; got %s"
              .formatted(reduction.label(), axes));
    }
    return x.with(Exprs.reduce(x.expr(), reduction, axes, new Finish.Position()));
  }

  private static NDArray numbers(NDArray x, double instead) {
    return x.dtype().isInexact() ? x.isnan().where(instead, x) : x;
  }

  private static NDArray extreme(NDArray x, Reduction reduction, List<Integer> axes) {
    if (!x.dtype().isFloating()) {
      return primitive(x, reduction, axes);
    }
    double loser = reduction == Reduction.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    NDArray best = primitive(numbers(x, loser), reduction, axes);
    NDArray seen = count(x.isnan().logicalNot(), axes).greater(0L);
    return seen.where(best, Double.NaN);
  }

  private static NDArray place(NDArray x, Reduction reduction, List<Integer> axes) {
    double loser =
        reduction == Reduction.ARGMIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return position(numbers(x, loser), reduction, axes);
  }

  private static NDArray nanmean(NDArray x, List<Integer> axes) {
    if (x.dtype().isComplex()) {
      return primitive(numbers(x, 0), Reduction.SUM, axes)
          .divide(numberOf(x, axes).cast(x.dtype()));
    }
    return x.dtype().isFloating() ? nanmeanWide(x, axes).cast(x.dtype()) : mean(x, axes);
  }

  private static NDArray nanmeanWide(NDArray x, List<Integer> axes) {
    return total(numbers(x, 0), axes).divide(numberOf(x, axes));
  }

  /** How many are not NaN, as float64. */
  private static NDArray numberOf(NDArray x, List<Integer> axes) {
    return count(x.isnan().logicalNot(), axes).cast(DType.FLOAT64);
  }

  /** As float64. NaN that comes of infinities is no missing value: it stays. */
  private static NDArray nanvar(NDArray x, double ddof, List<Integer> axes) {
    if (!x.dtype().isInexact()) {
      return moments(x, ddof, axes);
    }
    int[] all = axes.stream().mapToInt(Integer::intValue).toArray();
    boolean complex = x.dtype().isComplex();
    NDArray mean = complex ? nanmean(x, axes) : nanmeanWide(x, axes);
    NDArray apart = x.subtract(mean.keepdims(x.shape(), all));
    NDArray squares = (complex ? apart.abs() : apart).square();
    NDArray divisor = numberOf(x, axes).subtract(ddof);
    NDArray variance = total(x.isnan().where(0.0, squares), axes).divide(divisor);
    return divisor.greater(0.0).where(variance, Double.NaN);
  }

  private static NDArray nanstd(NDArray x, double ddof, List<Integer> axes) {
    return nanvar(x, ddof, axes).sqrt().cast(real(x).part());
  }

  static NDArray cumulative(
      String name, NDArray x, int axis, @Nullable DType dtype, boolean includeInitial) {
    NDArray totals =
        dtype == null ? scan(name, x, axis) : scan(name, x.cast(dtype), axis).cast(dtype);
    if (!includeInitial) {
      return totals;
    }
    int checked = x.shape().axis(name, axis);
    long[] one = x.shape().with(checked, 1).extents();
    NDArray initial = x.session().full(totals.dtype(), name.equals("cumsum") ? 0L : 1L, one);
    return x.session().concatenate(checked, initial, totals);
  }

  static NDArray scan(String name, NDArray x, int axis) {
    int checked = x.shape().axis(name, axis);
    boolean sum = name.endsWith("cumsum");
    NDArray values = name.startsWith("nan") ? numbers(x, sum ? 0 : 1) : x;
    Routine routine = sum ? Routine.CUMSUM : Routine.CUMPROD;
    return x.with(Exprs.scan(values.expr(), routine, checked));
  }
}
