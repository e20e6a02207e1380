package dev.weft.core.op;

/** How a row is made of other rows. */
@FunctionalInterface
public interface Composition {
  /** Builds the result from the operands, which already have the row's operand types. */
  Term build(Term[] operands);
}
