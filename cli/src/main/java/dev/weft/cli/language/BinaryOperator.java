package dev.weft.cli.language;

import org.jspecify.annotations.Nullable;

/** Python's arithmetic and bitwise operators between two operands, with their precedence. */
public enum BinaryOperator {
  /** Union of bits. */
  OR("|", 20),
  /** Difference of bits. */
  XOR("^", 30),
  /** Intersection of bits. */
  AND("&", 40),
  /** Bits moved up. */
  LEFT_SHIFT("<<", 50),
  /** Bits moved down. */
  RIGHT_SHIFT(">>", 50),
  /** Sum. */
  ADD("+", 60),
  /** Difference. */
  SUBTRACT("-", 60),
  /** Product. */
  MULTIPLY("*", 70),
  /** Matrix product. */
  MATMUL("@", 70),
  /** True quotient. */
  DIVIDE("/", 70),
  /** Quotient rounded down. */
  FLOOR_DIVIDE("//", 70),
  /** Remainder with the divisor's sign. */
  REMAINDER("%", 70),
  /** Power; binds to the right, and tighter than a sign on its left. */
  POWER("**", 90);

  /** Signs bind tighter than products and looser than powers: -x**2 is -(x**2). */
  static final int SIGN_PRECEDENCE = 80;

  private final String symbol;
  private final int precedence;

  BinaryOperator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }

  /** Higher binds tighter. */
  int precedence() {
    return precedence;
  }

  /** The least precedence of what may stand on the right. */
  int right() {
    return this == POWER ? SIGN_PRECEDENCE : precedence + 1;
  }

  static @Nullable BinaryOperator of(Token token) {
    if (token.kind() == Token.Kind.SYMBOL) {
      for (BinaryOperator operator : values()) {
        if (operator.symbol.equals(token.text())) {
          return operator;
        }
      }
    }
    return null;
  }
}
