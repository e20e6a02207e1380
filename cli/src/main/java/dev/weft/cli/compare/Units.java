package dev.weft.cli.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers with their units, for people. */
final class Units {
  private Units() {}

  /** A time with three digits: 12.3 ms. */
  static String time(double nanos) {
    if (nanos < 1e3) {
      return number(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return number(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
  }

  /** Bytes with three digits: 320 MB, in powers of 1000 as memory bandwidth is given. */
  static String bytes(double bytes) {
    if (bytes < 1e3) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    if (bytes < 1e6) {
      return number(bytes / 1e3) + " kB";
    }
    return bytes < 1e9 ? number(bytes / 1e6) + " MB" : number(bytes / 1e9) + " GB";
  }

  /** A number of elements: 1,000, 3.16e5, 1e8. */
  static String count(double elements) {
    if (elements < 1e5) {
      return String.format(Locale.ROOT, "%,.0f", elements);
    }
    return BigDecimal.valueOf(elements)
            .round(new MathContext(3))
            .stripTrailingZeros()
            .unscaledValue()
            .toString()
            .replaceFirst("(?<=^.)(?=.)", ".")
        + "e"
        + (int) Math.floor(Math.log10(elements) + 1e-9);
  }

  /** Three digits, and no more than are needed before the point. */
  static String number(double value) {
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
