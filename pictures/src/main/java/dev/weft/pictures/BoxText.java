package dev.weft.pictures;

import dev.weft.core.picture.PictureNode;
import dev.weft.timeline.svg.TextStyle;

/**
 * The lines in a node's box, cut to the widest box that there is, and the size of the box.
 *
 * @param label the first line
 * @param detail the second line; empty for none
 * @param width of the box, without the margin of a stack
 * @param height of the box
 */
record BoxText(String label, String detail, double width, double height) {
  static final TextStyle LABEL = TextStyle.PLAIN;
  static final TextStyle DETAIL = TextStyle.TICK;

  /** Room between the box and its words, on each side. */
  static final double PAD = 9;

  private static final double WIDEST = 240;
  private static final double NARROWEST = 34;
  private static final double LINE = 16;

  static BoxText of(PictureNode node) {
    String label = TextWidth.fit(node.label(), LABEL.size(), LABEL.isBold(), WIDEST);
    String detail = TextWidth.fit(node.detail(), DETAIL.size(), DETAIL.isBold(), WIDEST);
    double words = Math.max(width(label, LABEL), width(detail, DETAIL));
    return new BoxText(
        label,
        detail,
        Math.ceil(Math.max(NARROWEST, words + 2 * PAD)),
        detail.isEmpty() ? LINE + 10 : 2 * LINE + 10);
  }

  static double width(String words, TextStyle style) {
    return TextWidth.of(words, style.size(), style.isBold());
  }
}
