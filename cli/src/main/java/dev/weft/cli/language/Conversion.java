package dev.weft.cli.language;

import dev.weft.cli.language.Value.ComplexNumber;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Large;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Truth;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Exprs;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes arrays of numbers, lists and mixed operands, with the types that NumPy gives them. */
final class Conversion {
  private final Session session;

  Conversion(Session session) {
    this.session = session;
  }

  /** A number as an array without axes. */
  NDArray constant(DType dtype, Value number) {
    if (number instanceof ComplexNumber(Complex complex)) {
      return session.scalar(complex).cast(dtype);
    }
    DType part = dtype.part();
    Scalar scalar =
        switch (number) {
          case Real(double real) -> Scalar.of(part, real);
          case Large(long bits) -> Scalar.ofUnsigned(part, bits);
          default -> Scalar.of(part, PythonNumbers.whole(number));
        };
    return session.array(Exprs.scalar(scalar)).cast(dtype);
  }

  /** A number where it meets an array in a row. */
  NDArray constant(ElementwiseOp row, DType met, Large number) {
    if (met.isInexact()) {
      return constant(met, number);
    }
    return switch (row.rule()) {
      // Comparing with an integer that the array's type cannot hold is well defined.
      case COMPARISON, LOGICAL -> array(number);
      case FLOATING, DIVISION -> {
        List<DType> operands = Collections.nCopies(row.arity(), met);
        yield constant(row.resolve(operands).result(), number);
      }
      case ARITHMETIC, NUMERIC, SELECT, BITS, FROM_BITS -> constant(meeting(met, number), number);
    };
  }

  /** The array that a value is or stands for; numbers get NumPy's default types. */
  NDArray array(Value value) {
    return switch (value) {
      case Value.Array(NDArray array) -> array;
      case Whole whole -> constant(DType.INT64, value);
      case Large large -> constant(DType.UINT64, value);
      case Real real -> constant(DType.FLOAT64, value);
      case ComplexNumber complex -> constant(DType.COMPLEX128, value);
      case Truth truth -> constant(DType.BOOL, value);
      case Items(List<Value> items, boolean list) -> nested(items);
      default -> throw new UsageException("expected an array or a number, got " + value.shown());
    };
  }

  private NDArray nested(List<Value> items) {
    if (items.stream().allMatch(Value::isNumber)) {
      NDArray numbers = session.array(numbers(items).asSource());
      return isUnsigned(items) ? numbers.cast(DType.UINT64) : numbers;
    }
    NDArray[] parts = items.stream().map(this::array).toArray(NDArray[]::new);
    return session.stack(0, parts);
  }

  private static HostArray numbers(List<Value> items) {
    int size = items.size();
    if (items.stream().anyMatch(ComplexNumber.class::isInstance)) {
      return HostArray.of(items.stream().map(ComplexNumbers::of).toArray(Complex[]::new));
    }
    boolean real = items.stream().anyMatch(item -> item instanceof Real || item instanceof Large);
    if (size == 0 || real && !isUnsigned(items)) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = PythonNumbers.real(items.get(i));
      }
      return HostArray.of(values);
    }
    if (items.stream().allMatch(Truth.class::isInstance)) {
      boolean[] values = new boolean[size];
      for (int i = 0; i < size; i++) {
        values[i] = items.get(i) instanceof Truth(boolean truth) && truth;
      }
      return HostArray.of(values);
    }
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          items.get(i) instanceof Large(long bits) ? bits : PythonNumbers.whole(items.get(i));
    }
    return HostArray.of(values);
  }

  /** Whether NumPy makes uint64 of the numbers; beside others, large integers become float64. */
  private static boolean isUnsigned(List<Value> items) {
    return items.stream().anyMatch(Large.class::isInstance)
        && items.stream().allMatch(item -> item instanceof Large || item instanceof Truth);
  }

  /**
   * Operands of one operation as arrays. Numbers take the type of the arrays they meet where their
   * kind allows it (NumPy's NEP 50).
   */
  List<NDArray> together(List<Value> values) {
    List<DType> dtypes = new ArrayList<>();
    for (Value value : values) {
      if (!value.isNumber()) {
        dtypes.add(array(value).dtype());
      }
    }
    DType met = dtypes.isEmpty() ? null : Promotion.common(dtypes);
    List<NDArray> arrays = new ArrayList<>();
    for (Value value : values) {
      arrays.add(value.isNumber() ? constant(meeting(met, value), value) : array(value));
    }
    return arrays;
  }

  /** A number with the type that it takes where it meets an array. */
  NDArray beside(DType met, Value number) {
    return constant(meeting(met, number), number);
  }

  private static DType meeting(@Nullable DType met, Value number) {
    return switch (number) {
      case Large large -> met == null ? DType.UINT64 : Promotion.withScalar(met, Kind.SIGNED);
      case Whole whole -> met == null ? DType.INT64 : Promotion.withScalar(met, Kind.SIGNED);
      case Real real -> met == null ? DType.FLOAT64 : Promotion.withScalar(met, Kind.FLOATING);
      case ComplexNumber complex ->
          met == null ? DType.COMPLEX128 : Promotion.withScalar(met, Kind.COMPLEX);
      default -> DType.BOOL;
    };
  }

  /** What a job's result is as an array. */
  NDArray result(Value value) {
    return array(value);
  }

  /** A shape given as an integer, or as a tuple or list of them. */
  static long[] extents(Value value) {
    if (value instanceof Items(List<Value> items, boolean list)) {
      return items.stream().mapToLong(PythonNumbers::whole).toArray();
    }
    return new long[] {PythonNumbers.whole(value)};
  }

  /** The extents of a shape as a tuple. */
  static Value tuple(Shape shape) {
    List<Value> extents = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      extents.add(new Whole(shape.extent(axis)));
    }
    return new Items(extents, false);
  }
}
