package dev.weft.cli.language;

/**
 * A stretch of a {@link SourceText}.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 */
public record Span(int start, int end) {
  /** From the start of this stretch to the end of the other. */
  public Span to(Span other) {
    return new Span(start, other.end);
  }
}
