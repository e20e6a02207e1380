package dev.weft.timeline;

import java.util.Locale;

/**
 * The colours of the picture, on white and on black. Stages take Okabe and Ito's, which people with
 * colour blindness can tell apart, and go on with hues around the circle; devices take grey for the
 * host and strong colours for others.
 */
final class Palette {
  private static final String[][] STAGES = {
    {"#0072b2", "#3d9bd9"},
    {"#e09000", "#e69f00"},
    {"#009e73", "#22b88e"},
    {"#c4679b", "#cc79a7"},
    {"#56b4e9", "#7cc8f2"},
    {"#d55e00", "#e8793a"},
    {"#c9b800", "#e3d64a"},
    {"#7a5fb5", "#9f87d6"},
  };
  private static final String[][] DEVICES = {
    {"#9aa0a8", "#7d848d"},
    {"#d55e00", "#ef8240"},
    {"#7a5fb5", "#a48bdc"},
    {"#00876c", "#2fbf9c"},
    {"#b3246b", "#e0609f"},
  };

  /** So many have a colour of their own. */
  static final int STAGE_COLOURS = 24;

  private static final int DEVICE_COLOURS = 12;

  private Palette() {}

  /** Class of what is drawn in the colour of a stage. */
  static String stage(int stage) {
    return "s" + stage % STAGE_COLOURS;
  }

  /** Class of what is drawn in the colour of a device. */
  static String device(int device) {
    return "d" + device % DEVICE_COLOURS;
  }

  /** The style sheet, with the colours that a picture of so many stages and devices needs. */
  static void style(Markup svg, int stages, int devices) {
    svg.line("<style>");
    svg.line("text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:var(--ink)}");
    svg.line(".title{font-size:17px;font-weight:600}.part{font-size:13px;font-weight:600}");
    svg.line(".note{fill:var(--faint)}.tick{font-size:11px;fill:var(--faint)}");
    svg.line(".wrong{fill:var(--wrong)}.end{text-anchor:end}.mid{text-anchor:middle}");
    svg.line(".name{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:11.5px}");
    svg.line(
        ".paper{fill:var(--paper)}.grid{stroke:var(--grid)}.lane{fill:var(--lane)}.none{fill:var(--grid)}");
    svg.line(".plan{fill:var(--faint)}.in{fill:var(--in)}.out{fill:var(--out)}");
    svg.line(".many{opacity:.75}.open{fill-opacity:.35;stroke:var(--wrong);stroke-width:1}");
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < Math.min(stages, STAGE_COLOURS); i++) {
      rules.append(Markup.format(".s%d{fill:var(--s%d)}", i, i));
    }
    for (int i = 0; i < Math.min(devices, DEVICE_COLOURS); i++) {
      rules.append(Markup.format(".d%d{fill:var(--d%d)}", i, i));
    }
    svg.line("%s", rules);
    String light = "--paper:#fff;--ink:#1b1b1b;--faint:#666;--grid:#dcdcdc;--lane:#f2f3f5;";
    scheme(svg, 0, light + "--in:#7fa7c9;--out:#c99bb6;--wrong:#c00020", stages, devices);
    svg.line("@media (prefers-color-scheme:dark){");
    String dark = "--paper:#16181c;--ink:#ececec;--faint:#a0a4aa;--grid:#383c42;--lane:#22252b;";
    scheme(svg, 1, dark + "--in:#6d97bb;--out:#b9859f;--wrong:#ff6b7d", stages, devices);
    svg.line("}");
    svg.line("</style>");
  }

  private static void scheme(Markup svg, int scheme, String others, int stages, int devices) {
    StringBuilder rule = new StringBuilder(":root{").append(others);
    for (int i = 0; i < Math.min(stages, STAGE_COLOURS); i++) {
      rule.append(";--s").append(i).append(':').append(colour(STAGES, i, scheme));
    }
    for (int i = 0; i < Math.min(devices, DEVICE_COLOURS); i++) {
      rule.append(";--d").append(i).append(':').append(colour(DEVICES, i, scheme));
    }
    svg.line("%s}", rule);
  }

  private static String colour(String[][] named, int number, int scheme) {
    if (number < named.length) {
      return named[number][scheme];
    }
    // Steps of the golden angle: neighbours differ, and no hue comes twice.
    double hue = (number - named.length) * 137.5 + 20;
    return String.format(Locale.ROOT, "hsl(%.0f,55%%,%d%%)", hue % 360, scheme == 0 ? 45 : 60);
  }
}
