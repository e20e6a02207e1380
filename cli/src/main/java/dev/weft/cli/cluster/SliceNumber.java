package dev.weft.cli.cluster;

import dev.weft.core.error.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which slice of how many, as in 3/64.
 *
 * @param number from 0 on
 * @param of how many there are
 */
public record SliceNumber(int number, int of) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

  /** The slice of a text. */
  public static SliceNumber parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int number = Integer.parseInt(matcher.group(1));
      int of = Integer.parseInt(matcher.group(2));
      if (number < of) {
        return new SliceNumber(number, of);
      }
    }
    throw new UsageException(
        "--slice is '%s'; write a number from 0 on and how many there are, such as 3/64: the last is 63/64"
            .formatted(text));
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
