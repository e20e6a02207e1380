package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.ternary;
import static dev.weft.core.op.OpBuilder.unary;

/** Rows over truth values. A number is true unless it is 0; nan is true. */
interface LogicalOps {
  ElementwiseOp LOGICAL_AND =
      binary("logical_and")
          .bool((a, b) -> a & b, "a & b")
          .types(TypeRule.LOGICAL)
          .doc("whether both a and b are true")
          .vector("AND")
          .define();

  ElementwiseOp LOGICAL_OR =
      binary("logical_or")
          .bool((a, b) -> a | b, "a | b")
          .types(TypeRule.LOGICAL)
          .doc("whether a or b is true")
          .vector("OR")
          .define();

  ElementwiseOp LOGICAL_XOR =
      binary("logical_xor")
          .bool((a, b) -> a ^ b, "a ^ b")
          .types(TypeRule.LOGICAL)
          .doc("whether exactly one of a and b is true")
          .vector("XOR")
          .define();

  ElementwiseOp LOGICAL_NOT =
      unary("logical_not")
          .bool(a -> a ^ 1, "a ^ 1")
          .types(TypeRule.LOGICAL)
          .doc("whether a is false")
          .composed(x -> x[0].apply(LOGICAL_XOR, x[0].constant(1)))
          .define();

  ElementwiseOp WHERE = ternary("where").select().doc("b where a is true, else c").define();
}
