package dev.weft.timeline.svg;

/**
 * A colour of a picture.
 *
 * @param name the class of what is drawn in it; letters and digits, one ink for each name
 * @param light the colour on white paper, as SVG writes it
 * @param dark the colour on black paper
 */
public record Ink(String name, String light, String dark) {
  /** What stands behind everything. */
  public static final Ink PAPER = new Ink("paper", "#ffffff", "#16181c");

  /** Words. */
  public static final Ink TEXT = new Ink("ink", "#1b1b1b", "#ececec");

  /** Words of less weight. */
  public static final Ink FAINT = new Ink("faint", "#5c5c5c", "#a8a8a8");

  /** Lines of axes. */
  public static final Ink GRID = new Ink("grid", "#dcdcdc", "#383c42");

  /** What went wrong, or deserves care. */
  public static final Ink WRONG = new Ink("wrong", "#c00020", "#ff6b7d");
}
