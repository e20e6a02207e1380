package dev.weft.cli.compare;

import dev.weft.timeline.svg.Ink;

/** Colours of things that are compared, in their order: Okabe and Ito's, darker on white. */
final class Series {
  private static final String[][] COLOURS = {
    {"#0060a0", "#56a5e0"},
    {"#c25400", "#ef8240"},
    {"#00805f", "#22b88e"},
    {"#a8488a", "#d98fbd"},
    {"#8a6d00", "#d8b400"},
    {"#6a4fb0", "#a48bdc"},
  };

  private Series() {}

  /** The colour of the one with this number. */
  static Ink ink(int number) {
    String[] colour = COLOURS[number % COLOURS.length];
    return new Ink("series" + number % COLOURS.length, colour[0], colour[1]);
  }
}
