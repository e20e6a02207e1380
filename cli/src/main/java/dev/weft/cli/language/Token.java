package dev.weft.cli.language;

/**
 * The smallest unit of the language.
 *
 * @param kind what it is
 * @param text its characters; for a string those between the quotes
 * @param span where it stands
 */
record Token(Kind kind, String text, Span span) {
  /** What a token is. */
  enum Kind {
    INTEGER,
    FLOAT,
    TEXT,
    NAME,
    SYMBOL,
    /** The end of a line outside brackets, or a semicolon. */
    NEWLINE,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** The token in an error message. */
  String shown() {
    return switch (kind) {
      case NEWLINE -> text.equals(";") ? "';'" : "the end of the line";
      case END -> "the end of the text";
      case INTEGER, FLOAT, TEXT, NAME, SYMBOL -> "'" + text + "'";
    };
  }
}
