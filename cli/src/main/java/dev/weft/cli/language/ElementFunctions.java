package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.NDArray;
import dev.weft.core.op.ElementwiseOps;
import java.util.Arrays;
import java.util.List;

/**
 * Functions element by element that are made of several rows; those of two results give a tuple.
 */
final class ElementFunctions {
  static final List<String> ROWS =
      List.of(
          "divmod(a, b): quotients rounded down and remainders, a tuple",
          "modf(x): parts behind and before the point, a tuple",
          "frexp(x): mantissas and exponents of 2, a tuple",
          "ldexp(x, exponents): x * 2**exponents, rounded once",
          "bitwise_count(x): number of bits set in the size of integers, uint8",
          "unwrap(p, *, axis=-1, period=6.283185307179586): angles without jumps",
          "sinc(x): sin(pi x) / (pi x), 1 at 0",
          "float_power(a, b): power, float64",
          "isreal(x): whether the imaginary part is 0",
          "iscomplex(x): whether the imaginary part is not 0",
          "angle(z, *, deg=False): angles to the positive real axis, in radians or degrees",
          "complex(real, imag=0.0): complex numbers of their parts",
          "isposinf(x): whether infinite and positive",
          "isneginf(x): whether infinite and negative");

  private ElementFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "divmod" -> divmod(call);
      case "modf" -> tuple(call.array("x").modf());
      case "frexp" -> tuple(call.array("x").frexp());
      case "ldexp" -> new Array(call.array("x").ldexp(call.array("exponents")));
      case "bitwise_count" -> new Array(call.array("x").bitwiseCount());
      case "unwrap" ->
          new Array(
              call.array("p").unwrap(call.number("period", 2 * Math.PI), call.axis("axis", -1)));
      case "sinc" -> new Array(call.array("x").sinc());
      case "float_power" -> new Array(call.array("a").floatPower(call.array("b")));
      case "isreal", "iscomplex" -> {
        NDArray imaginary = call.array("x").imag();
        boolean real = call.name().equals("isreal");
        yield new Array(real ? imaginary.equal(0L) : imaginary.notEqual(0L));
      }
      case "angle" -> {
        NDArray angle = call.array("z").angle();
        yield new Array(call.truth("deg") ? angle.apply(ElementwiseOps.RAD2DEG) : angle);
      }
      case "complex" -> new Array(call.array("real").complex(call.array("imag")));
      case "isposinf" -> new Array(call.array("x").isposinf());
      case "isneginf" -> new Array(call.array("x").isneginf());
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  /** Several arrays as a tuple. */
  static Value tuple(NDArray... arrays) {
    return new Items(List.copyOf(Arrays.stream(arrays).map(Array::new).toList()), false);
  }

  /** By way of the rows, in which plain numbers are weak. */
  private static Value divmod(Call call) {
    Operators operators = call.evaluator().operators();
    List<Value> operands = List.of(call.value("a"), call.value("b"));
    return new Items(
        List.of(
            operators.apply(ElementwiseOps.FLOOR_DIVIDE, operands),
            operators.apply(ElementwiseOps.REMAINDER, operands)),
        false);
  }
}
