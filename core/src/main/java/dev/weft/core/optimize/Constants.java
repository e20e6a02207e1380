package dev.weft.core.optimize;

import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr;
import org.jspecify.annotations.Nullable;

/** Recognises constants. */
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
}
