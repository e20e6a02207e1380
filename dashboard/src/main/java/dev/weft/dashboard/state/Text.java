package dev.weft.dashboard.state;

import java.util.Locale;

/** Texts of others, cut to a length that a page can show. */
final class Text {
  private static final int MOST = 1_000;
  private static final int MOST_OF_LABEL = 200;

  private Text() {}

  /** What has failed, in its own words. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    return cut(message == null || message.isBlank() ? failure.toString() : message, MOST);
  }

  static String label(String label) {
    return cut(label, MOST_OF_LABEL);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  static String seconds(double millis) {
    return String.format(Locale.ROOT, "%.3f s", millis / 1e3);
  }
}
