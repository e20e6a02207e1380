package dev.weft.cli.language;

import org.jspecify.annotations.Nullable;

/** Python's comparisons. They may be chained: {@code a < b <= c} is {@code (a < b) & (b <= c)}. */
public enum ComparisonOperator {
  /** Smaller. */
  LESS("<"),
  /** Smaller or equal. */
  LESS_EQUAL("<="),
  /** Larger. */
  GREATER(">"),
  /** Larger or equal. */
  GREATER_EQUAL(">="),
  /** Equal. */
  EQUAL("=="),
  /** Different. */
  NOT_EQUAL("!=");

  /** Below all arithmetic. */
  static final int PRECEDENCE = 10;

  private final String symbol;

  ComparisonOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }

  static @Nullable ComparisonOperator of(Token token) {
    if (token.kind() == Token.Kind.SYMBOL) {
      for (ComparisonOperator comparison : values()) {
        if (comparison.symbol.equals(token.text())) {
          return comparison;
        }
      }
    }
    return null;
  }
}
