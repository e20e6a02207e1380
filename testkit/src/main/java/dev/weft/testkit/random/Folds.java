package dev.weft.testkit.random;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reductions in loops. Sums and products of floating numbers are only made where any order gives
 * the same bits; otherwise the answer is null and the caller draws something else.
 */
final class Folds {
  private Folds() {}

  /** Bits of the smallest step between numbers whose sum is exact in float64, float32. */
  private static final double EXACT = 0x1p50;

  private static final double EXACT_FLOAT = 0x1p22;

  static @Nullable Dense reduce(String name, Dense x, List<Integer> axes) {
    Shape kept = Shape.SCALAR;
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      if (!axes.contains(axis)) {
        kept = kept.insert(kept.rank(), x.shape().extent(axis));
      }
    }
    Scalar[] elements = new Scalar[(int) kept.size()];
    for (int cell = 0; cell < elements.length; cell++) {
      Scalar value = fold(name, x.dtype(), cell(x, axes, Dense.index(kept, cell)));
      if (value == null) {
        return null;
      }
      elements[cell] = value;
    }
    DType dtype = elements.length == 0 ? type(name, x.dtype()) : elements[0].dtype();
    return new Dense(dtype, kept, elements);
  }

  private static DType type(String name, DType dtype) {
    return switch (name) {
      case "min", "max" -> dtype;
      case "any", "all" -> DType.BOOL;
      case "mean", "var" -> dtype.isFloating() ? dtype : DType.FLOAT64;
      case "sum", "prod", "nansum" -> dtype.isFloating() ? dtype : whole(dtype);
      default -> DType.INT64;
    };
  }

  /** The type in which integers are added up. */
  private static DType whole(DType dtype) {
    return dtype.kind() == DType.Kind.UNSIGNED ? DType.UINT64 : DType.INT64;
  }

  /** The elements of one cell in C order. */
  private static List<Scalar> cell(Dense x, List<Integer> axes, long[] index) {
    List<Scalar> cell = new ArrayList<>();
    for (int i = 0; i < x.elements().length; i++) {
      long[] at = Dense.index(x.shape(), i);
      boolean inside = true;
      int k = 0;
      for (int axis = 0; axis < at.length; axis++) {
        inside &= axes.contains(axis) || at[axis] == index[k++];
      }
      if (inside) {
        cell.add(x.elements()[i]);
      }
    }
    return cell;
  }

  private static @Nullable Scalar fold(String name, DType dtype, List<Scalar> cell) {
    return switch (name) {
      case "sum" -> sum(dtype, cell, EXACT);
      case "nansum" ->
          sum(dtype, cell.stream().filter(s -> !Double.isNaN(s.floating())).toList(), EXACT);
      case "prod" -> product(dtype, cell);
      case "mean" -> mean(dtype, cell);
      case "var" -> variance(dtype, cell);
      case "min", "max" -> extreme(name, cell);
      case "argmin" -> new Scalar(DType.INT64, best("min", cell), 0);
      case "argmax" -> new Scalar(DType.INT64, best("max", cell), 0);
      case "any" -> truth(cell.stream().anyMatch(Folds::isTrue));
      case "all" -> truth(cell.stream().allMatch(Folds::isTrue));
      case "count_nonzero" ->
          new Scalar(DType.INT64, cell.stream().filter(Folds::isTrue).count(), 0);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Scalar truth(boolean value) {
    return new Scalar(DType.BOOL, value ? 1 : 0, 0);
  }

  private static boolean isTrue(Scalar s) {
    return s.integer() != 0 || s.floating() != 0;
  }

  /** Running sums from the first element on; null unless each is exact. */
  static @Nullable Dense cumsum(Dense x, int axis) {
    DType dtype = type("sum", x.dtype());
    Scalar[] elements = new Scalar[x.elements().length];
    for (int i = 0; i < elements.length; i++) {
      long[] at = Dense.index(x.shape(), i);
      List<Scalar> before = new ArrayList<>();
      for (long k = 0; k <= at[axis]; k++) {
        long[] from = at.clone();
        from[axis] = k;
        before.add(x.get(from));
      }
      Scalar sum = sum(x.dtype(), before, dtype == DType.FLOAT32 ? EXACT_FLOAT : EXACT);
      if (sum == null) {
        return null;
      }
      elements[i] = sum;
    }
    return new Dense(dtype, x.shape(), elements);
  }

  private static @Nullable Scalar sum(DType dtype, List<Scalar> cell, double exact) {
    if (!dtype.isFloating()) {
      return new Scalar(whole(dtype), cell.stream().mapToLong(Scalar::integer).sum(), 0);
    }
    Double sum = sum(cell, exact);
    return sum == null ? null : Scalar.of(dtype, sum);
  }

  /** The sum of floating numbers, or null where the order of additions matters. */
  private static @Nullable Double sum(List<Scalar> cell, double exact) {
    double sum = 0;
    double size = 0;
    for (Scalar s : cell) {
      sum += s.floating();
      size += Math.abs(s.floating());
      boolean isNegativeZero = Double.doubleToRawLongBits(s.floating()) == Long.MIN_VALUE;
      if (s.floating() * 4 != Math.rint(s.floating() * 4) || isNegativeZero) {
        return null;
      }
    }
    return size * 4 < exact ? sum : null;
  }

  private static @Nullable Scalar product(DType dtype, List<Scalar> cell) {
    if (!dtype.isFloating()) {
      return new Scalar(
          whole(dtype), cell.stream().mapToLong(Scalar::integer).reduce(1, (a, b) -> a * b), 0);
    }
    double product = 1;
    double size = 1;
    for (Scalar s : cell) {
      product *= s.floating();
      size *= Math.max(1, 4 * Math.abs(s.floating()));
      if (s.floating() * 4 != Math.rint(s.floating() * 4)) {
        return null;
      }
    }
    return size < EXACT
        ? Interpretation.convert(new Scalar(DType.FLOAT64, 0, product), dtype)
        : null;
  }

  private static @Nullable Scalar mean(DType dtype, List<Scalar> cell) {
    if (dtype.isFloating()) {
      Double sum = sum(cell, EXACT);
      return sum == null ? null : Scalar.of(dtype, sum / cell.size());
    }
    Scalar sum = sum(dtype, cell, EXACT);
    Scalar size = Scalar.of(DType.FLOAT64, (double) cell.size());
    return sum == null ? null : Interpretation.apply(ElementwiseOps.DIVIDE, sum, size);
  }

  private static Scalar variance(DType dtype, List<Scalar> cell) {
    double mean = 0;
    for (Scalar s : cell) {
      mean += s.asDouble() / cell.size();
    }
    double squares = 0;
    for (Scalar s : cell) {
      squares += (s.asDouble() - mean) * (s.asDouble() - mean);
    }
    return Scalar.of(dtype.isFloating() ? dtype : DType.FLOAT64, squares / cell.size());
  }

  private static @Nullable Scalar extreme(String name, List<Scalar> cell) {
    Scalar best = cell.get((int) best(name, cell));
    if (best.floating() == 0 && best.dtype().isFloating()) {
      // Zeros of both signs are equal, and either may be called the smallest.
      return null;
    }
    return best;
  }

  private static boolean isBetter(String name, Scalar a, Scalar b) {
    boolean unsigned = a.dtype() == DType.UINT64;
    int order =
        unsigned
            ? Long.compareUnsigned(a.integer(), b.integer())
            : Long.compare(a.integer(), b.integer());
    return name.equals("min") ? order < 0 : order > 0;
  }

  private static long best(String name, List<Scalar> cell) {
    int best = 0;
    for (int i = 1; i < cell.size(); i++) {
      double a = cell.get(best).asDouble();
      double b = cell.get(i).asDouble();
      boolean better =
          cell.get(i).dtype().isFloating()
              ? !Double.isNaN(a) && (Double.isNaN(b) || (name.equals("min") ? b < a : b > a))
              : isBetter(name, cell.get(i), cell.get(best));
      best = better ? i : best;
    }
    return best;
  }
}
