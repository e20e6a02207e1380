package dev.weft.cli.compare;

import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as one SVG file: a bar for each device, divided into phases; how far each is from
 * what it can do at most; the warnings. It needs nothing from outside, and takes light or dark
 * colours as the viewer does.
 */
public final class ComparisonChart {
  static final int WIDTH = 760;
  static final int MARGIN = 20;

  /** About as many characters of a remark fit in a line. */
  private static final int LINE = 118;

  private static final int ROW = 17;
  private static final int GAP = 6;

  private ComparisonChart() {}

  /** The file's text. */
  public static String of(Heading heading, List<Outcome> outcomes, List<String> warnings) {
    Markup svg = new Markup();
    svg.words(MARGIN, 28, TextStyle.TITLE, title(heading));
    svg.words(MARGIN, 48, TextStyle.NOTE, Markup.shortened(heading.machine(), 110));
    int y = new BarDrawing(heading, outcomes).draw(svg, 66);
    RooflineDrawing roofline = new RooflineDrawing(outcomes);
    y = roofline.isEmpty() ? y : roofline.draw(svg, y + 14);
    y = warnings(svg, y, warnings);
    return svg.document(WIDTH, y + 14, "Time by device: " + heading.expression());
  }

  private static String title(Heading heading) {
    return "Time by device: " + Markup.shortened(heading.expression(), 60);
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  static int warnings(Markup svg, int top, List<String> warnings) {
    int y = warnings.isEmpty() ? top : top + GAP;
    for (String warning : warnings) {
      for (String line : wrapped("warning: " + warning, LINE)) {
        y += ROW;
        svg.words(MARGIN, y, TextStyle.WRONG, line);
      }
    }
    return y;
  }

  /** The words in lines of at most so many characters, where no word is longer. */
  static List<String> wrapped(String words, int length) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > length) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
