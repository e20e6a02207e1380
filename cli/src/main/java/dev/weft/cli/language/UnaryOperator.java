package dev.weft.cli.language;

/** Python's operators before one operand. */
public enum UnaryOperator {
  /** The operand itself. */
  PLUS("+"),
  /** The negated operand. */
  MINUS("-"),
  /** The operand with its bits inverted; for bool: not. */
  INVERT("~");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** As written. */
  public String symbol() {
    return symbol;
  }
}
