package dev.weft.cli.language;

/**
 * The text of an expression or a job, and how to point into it.
 *
 * @param name the file it came from; empty for an expression from the command line
 * @param text all of it
 */
public record SourceText(String name, String text) {
  /** Longer lines are cut around the place, so that the caret stays in sight. */
  private static final int WIDTH = 100;

  /** An expression that stands in no file. */
  public static SourceText of(String expression) {
    return new SourceText("", expression);
  }

  /** The characters of a stretch. */
  public String slice(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** An error about a stretch: the message, the line and a caret below the place. */
  public LanguageException error(Span span, String message) {
    return new LanguageException(show(span, message), null);
  }

  /** The same, for a failure that came from below. */
  public LanguageException error(Span span, RuntimeException cause) {
    return new LanguageException(show(span, String.valueOf(cause.getMessage())), cause);
  }

  /** Number of the line in which a stretch begins, counted from 1. */
  public int line(Span span) {
    int line = 1;
    for (int i = 0; i < span.start() && i < text.length(); i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return line;
  }

  private String show(Span span, String message) {
    int start = Math.min(span.start(), text.length());
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? text.length() : lineEnd;
    int column = start - lineStart;
    int from = column < WIDTH ? 0 : column - WIDTH / 2;
    int to = Math.min(lineEnd - lineStart, from + WIDTH);
    // A tab would shift the caret.
    String line = text.substring(lineStart + from, lineStart + to).replace('\t', ' ');
    int carets = Math.max(1, Math.min(span.end(), lineStart + to) - start);
    String where = name.isEmpty() ? "" : name + ":" + line(span) + ":" + (column + 1) + ": ";
    return where
        + message
        + "\n  "
        + line.stripTrailing()
        + "\n  "
        + " ".repeat(column - from)
        + "^".repeat(carets);
  }
}
