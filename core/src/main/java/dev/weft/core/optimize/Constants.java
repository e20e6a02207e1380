package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises constants and computes with them exactly as kernels do. */
final class Constants {
  private Constants() {}

  /** The number that the node is everywhere, or null. */
  static @Nullable Scalar of(Expr node) {
    Expr base = node;
    while (base instanceof Expr.ViewOf view) {
      base = view.input();
    }
    return base instanceof Expr.Fill fill ? fill.value() : null;
  }

  /** Whether the node is this number everywhere, bit for bit. */
  static boolean is(Expr node, double number) {
    Scalar value = of(node);
    return value != null
        && Double.doubleToRawLongBits(value.asDouble()) == Double.doubleToRawLongBits(number);
  }

  /** The op on numbers, or null when only kernels can say (compositions, inexact functions). */
  static @Nullable Scalar apply(ElementwiseOp op, List<Scalar> args, DType result) {
    Meaning meaning = op.meaning(args.getLast().dtype());
    if (meaning == null || op.ulps() > 0) {
      return null;
    }
    Scalar a = args.get(0);
    Scalar b = args.size() > 1 ? args.get(1) : a;
    Scalar c = args.size() > 2 ? args.get(2) : a;
    return switch (meaning) {
      case Meaning.LongUnary m -> integer(result, m.function().applyAsLong(a.integer()));
      case Meaning.LongBinary m ->
          integer(result, m.function().applyAsLong(a.integer(), b.integer()));
      case Meaning.LongTest m -> truth(m.function().test(a.integer()));
      case Meaning.LongCompare m -> truth(m.function().test(a.integer(), b.integer()));
      case Meaning.DoubleUnary m -> Scalar.of(result, m.function().applyAsDouble(a.floating()));
      case Meaning.DoubleBinary m ->
          Scalar.of(result, m.function().applyAsDouble(a.floating(), b.floating()));
      case Meaning.DoubleTernary m ->
          Scalar.of(result, m.function().applyAsDouble(a.floating(), b.floating(), c.floating()));
      case Meaning.DoubleTest m -> truth(m.function().test(a.floating()));
      case Meaning.DoubleCompare m -> truth(m.function().test(a.floating(), b.floating()));
      case Meaning.Select m -> a.integer() != 0 ? b : c;
      case Meaning.Bits m -> null;
      case Meaning.FromBits m -> null;
    };
  }

  private static Scalar integer(DType dtype, long value) {
    return new Scalar(dtype, dtype.wrap(value), 0);
  }

  private static Scalar truth(boolean value) {
    return new Scalar(DType.BOOL, value ? 1 : 0, 0);
  }

  /** The number as another type, as {@code Convert} does it in a kernel. */
  static Scalar cast(Scalar value, DType dtype) {
    if (dtype.isFloating()) {
      return Scalar.of(dtype, value.asDouble());
    }
    boolean truth = value.dtype().isFloating() ? value.floating() != 0 : value.integer() != 0;
    return dtype == DType.BOOL ? truth(truth) : integer(dtype, value.asLong());
  }
}
