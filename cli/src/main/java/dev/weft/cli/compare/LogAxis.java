package dev.weft.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic axis of a picture.
 *
 * @param low the value at its beginning
 * @param high the value at its end
 * @param from where it begins
 * @param to where it ends
 */
record LogAxis(double low, double high, double from, double to) {
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** An axis from a power of ten to another one, with all values between. */
  static LogAxis around(double least, double most, double from, double to) {
    double low = Math.pow(10, Math.floor(Math.log10(least) + 1e-9));
    double high = Math.pow(10, Math.ceil(Math.log10(most) - 1e-9));
    return new LogAxis(low, high > low ? high : 10 * low, from, to);
  }

  double at(double value) {
    return from + (to - from) * Math.log(value / low) / Math.log(high / low);
  }

  /** The powers of ten on it, every second or third one where there are many. */
  List<Double> ticks() {
    int first = (int) Math.round(Math.log10(low));
    int last = (int) Math.round(Math.log10(high));
    int step = 1 + (last - first) / 9;
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }

  /** A power of ten in words: 0.01, 1, 100, 10⁵. */
  static String power(double value) {
    int power = (int) Math.round(Math.log10(value));
    if (Math.abs(power) <= 3) {
      return String.format(Locale.ROOT, "%." + Math.max(0, -power) + "f", value);
    }
    StringBuilder text = new StringBuilder(power < 0 ? "10⁻" : "10");
    for (char digit : Integer.toString(Math.abs(power)).toCharArray()) {
      text.append(RAISED.charAt(digit - '0'));
    }
    return text.toString();
  }
}
