package dev.weft.testkit.random;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The elements of an array in C order as typed numbers: what the mirror computes with. Slow and
 * obvious on purpose.
 */
public record Dense(DType dtype, Shape shape, Scalar[] elements) {

  /** Elements made one by one from their positions. */
  static Dense of(DType dtype, Shape shape, IntFunction<Scalar> element) {
    Scalar[] elements = new Scalar[(int) shape.size()];
    Arrays.setAll(elements, element);
    return new Dense(dtype, shape, elements);
  }

  /** Elements made one by one from their indices. */
  static Dense at(DType dtype, Shape shape, Function<long[], Scalar> element) {
    return of(dtype, shape, position -> element.apply(index(shape, position)));
  }

  /** The copy of a computed array. */
  public static Dense of(HostArray array) {
    return of(
        array.dtype(),
        array.shape(),
        position -> {
          long[] index = index(array.shape(), position);
          return array.dtype().isFloating()
              ? new Scalar(array.dtype(), 0, array.getDouble(index))
              : new Scalar(array.dtype(), array.getLong(index), 0);
        });
  }

  Scalar get(long... index) {
    long position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * shape.extent(axis) + index[axis];
    }
    return elements[(int) position];
  }

  /** The element that stands at {@code index} of a larger shape by NumPy's broadcasting. */
  Scalar stretched(long[] index) {
    long[] own = new long[shape.rank()];
    int lead = index.length - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = shape.extent(axis) == 1 ? 0 : index[lead + axis];
    }
    return get(own);
  }

  Dense as(Shape other) {
    return new Dense(dtype, other, elements);
  }

  static long[] index(Shape shape, long position) {
    long[] index = new long[shape.rank()];
    for (int axis = index.length - 1; axis >= 0; axis--) {
      long extent = Math.max(1, shape.extent(axis));
      index[axis] = position % extent;
      position /= extent;
    }
    return index;
  }

  /** Where and how the other array differs, or an empty text: equal bits, any NaN being NaN. */
  public String difference(Dense other, double tolerance) {
    if (dtype != other.dtype || !shape.equals(other.shape)) {
      return "expected %s %s, got %s %s".formatted(dtype, shape, other.dtype, other.shape);
    }
    for (int i = 0; i < elements.length; i++) {
      if (!close(elements[i], other.elements[i], tolerance)) {
        return "at %s: expected %s, got %s"
            .formatted(Arrays.toString(index(shape, i)), elements[i], other.elements[i]);
      }
    }
    return "";
  }

  private static boolean close(Scalar expected, Scalar actual, double tolerance) {
    if (!expected.dtype().isFloating()) {
      return expected.integer() == actual.integer();
    }
    double e = expected.floating();
    double a = actual.floating();
    // Where float32 differs in its last bit, float16 may too.
    double allowed = expected.dtype() == DType.FLOAT16 ? Math.max(tolerance, 0x1p-10) : tolerance;
    return Double.compare(e, a) == 0
        || (tolerance > 0 && Math.abs(e - a) <= allowed * Math.max(1, Math.abs(e)));
  }
}
