package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.comparison;
import static dev.weft.core.op.OpBuilder.predicate;
import static dev.weft.core.op.OpBuilder.ternary;
import static dev.weft.core.op.OpBuilder.unary;
import static dev.weft.core.op.TypeRule.DIVISION;
import static dev.weft.core.op.TypeRule.FLOATING;

/** The elementwise op table. To add an operation, add a row here; nothing else is needed. */
public final class ElementwiseOps {
  private ElementwiseOps() {}

  public static final ElementwiseOp ADD =
      binary("add")
          .bool((a, b) -> a | b, "a | b")
          .integer((a, b) -> a + b, "a + b")
          .floating((a, b) -> a + b, "a + b")
          .doc("a + b; for bool: a or b")
          .vector("ADD")
          .define();

  public static final ElementwiseOp SUBTRACT =
      binary("subtract")
          .integer((a, b) -> a - b, "a - b")
          .floating((a, b) -> a - b, "a - b")
          .doc("a - b")
          .vector("SUB")
          .define();

  public static final ElementwiseOp MULTIPLY =
      binary("multiply")
          .bool((a, b) -> a & b, "a & b")
          .integer((a, b) -> a * b, "a * b")
          .floating((a, b) -> a * b, "a * b")
          .doc("a * b; for bool: a and b")
          .vector("MUL")
          .define();

  public static final ElementwiseOp DIVIDE =
      binary("divide")
          .floating((a, b) -> a / b, "a / b")
          .types(DIVISION)
          .doc("a / b, true division")
          .vector("DIV")
          .cost(4)
          .define();

  public static final ElementwiseOp NEGATIVE =
      unary("negative")
          .integer(a -> -a, "-a")
          .floating(a -> -a, "-a")
          .doc("-a")
          .vector("NEG")
          .define();

  public static final ElementwiseOp SQRT =
      unary("sqrt")
          .floating(Math::sqrt, "sqrt(a)")
          .types(FLOATING)
          .doc("square root of a")
          .vector("SQRT")
          .cost(4)
          .define();

  public static final ElementwiseOp EXP =
      unary("exp")
          .floating(Math::exp, "exp(a)")
          .types(FLOATING)
          .doc("e to the power a")
          .vector("EXP")
          .ulps(1)
          .define();

  public static final ElementwiseOp SIN =
      unary("sin")
          .floating(Math::sin, "sin(a)")
          .types(FLOATING)
          .doc("sine of a in radians")
          .vector("SIN")
          .ulps(1)
          .define();

  public static final ElementwiseOp SQUARE =
      unary("square")
          .integer(a -> a * a, "a * a")
          .floating(a -> a * a, "a * a")
          .doc("a * a")
          .composed(x -> x[0].apply(ElementwiseOps.MULTIPLY, x[0]))
          .define();

  public static final ElementwiseOp LESS =
      comparison("less")
          .integer((a, b) -> a < b, "a < b")
          .floating((a, b) -> a < b, "a < b")
          .doc("a < b")
          .vector("LT")
          .define();

  public static final ElementwiseOp ISNAN =
      predicate("isnan")
          .integer(a -> false, "false")
          .floating(Double::isNaN, "isnan(a)")
          .doc("whether a is not a number")
          .define();

  public static final ElementwiseOp WHERE =
      ternary("where").select().doc("b where a is true, else c").define();
}
