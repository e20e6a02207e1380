package dev.weft.timeline.svg;

/** How words look. */
public enum TextStyle {
  /** The picture's title. */
  TITLE(17, true, false, Ink.TEXT),
  /** The title of a part. */
  PART(13, true, false, Ink.TEXT),
  /** Words. */
  PLAIN(12, false, false, Ink.TEXT),
  /** Remarks. */
  NOTE(12, false, false, Ink.FAINT),
  /** Numbers at an axis. */
  TICK(11, false, false, Ink.FAINT),
  /** Names, in a font of fixed width. */
  NAME(11.5, false, true, Ink.TEXT),
  /** What went wrong. */
  WRONG(12, false, false, Ink.WRONG);

  /** About the width of a character of {@link #NAME}. */
  public static final double NAME_WIDTH = 7.2;

  private final double size;
  private final boolean bold;
  private final boolean fixed;
  private final Ink ink;

  TextStyle(double size, boolean bold, boolean fixed, Ink ink) {
    this.size = size;
    this.bold = bold;
    this.fixed = fixed;
    this.ink = ink;
  }

  /** The colour. */
  public Ink ink() {
    return ink;
  }

  /** The height of its font in pixels. */
  public double size() {
    return size;
  }

  /** Whether it is bold. */
  public boolean isBold() {
    return bold;
  }

  /** The attributes of a text element, but for its colour; those of the picture are left out. */
  String attributes() {
    StringBuilder text = new StringBuilder();
    if (size != Markup.FONT_SIZE) {
      text.append(" font-size=\"").append(Markup.number(size)).append('"');
    }
    if (bold) {
      text.append(" font-weight=\"600\"");
    }
    if (fixed) {
      text.append(" font-family=\"ui-monospace,Menlo,Consolas,monospace\"");
    }
    return text.toString();
  }

  /** Where words stand beside their place. */
  public enum Anchor {
    /** They begin there. */
    START(""),
    /** Their middle is there. */
    MIDDLE(" text-anchor=\"middle\""),
    /** They end there. */
    END(" text-anchor=\"end\"");

    private final String attribute;

    Anchor(String attribute) {
      this.attribute = attribute;
    }

    String attribute() {
      return attribute;
    }
  }
}
