package dev.weft.timeline;

import dev.weft.timeline.svg.Ink;
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
  private static final int STAGE_COLOURS = 24;

  private static final int DEVICE_COLOURS = 12;

  /** Planning. */
  static final Ink PLAN = new Ink("plan", "#666666", "#a0a4aa");

  /** What a lane stands on. */
  static final Ink LANE = new Ink("lane", "#f2f3f5", "#22252b");

  /** Copies to a device. */
  static final Ink IN = new Ink("in", "#7fa7c9", "#6d97bb");

  /** Copies from a device. */
  static final Ink OUT = new Ink("out", "#c99bb6", "#b9859f");

  private Palette() {}

  /** The colour of a stage. */
  static Ink stage(int stage) {
    return ink("s", STAGES, stage % STAGE_COLOURS);
  }

  /** The colour of a device. */
  static Ink device(int device) {
    return ink("d", DEVICES, device % DEVICE_COLOURS);
  }

  private static Ink ink(String kind, String[][] named, int number) {
    return new Ink(kind + number, colour(named, number, 0), colour(named, number, 1));
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
