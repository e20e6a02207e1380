package dev.weft.gpu.compile;

import dev.weft.core.error.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instruction set of a GPU, which NVIDIA calls its compute capability.
 *
 * @param major such as 9 of 9.0
 * @param minor such as 0 of 9.0
 */
public record Architecture(int major, int minor) implements Comparable<Architecture> {
  /** The oldest that Weft supports, and that NVRTC 13 compiles for. */
  public static final Architecture OLDEST = new Architecture(7, 5);

  private static final Pattern FLAG = Pattern.compile("sm_(\\d+)(\\d)");

  /** Reads the form of compilers' options, such as {@code sm_90}. */
  public static Architecture parse(String flag) {
    Matcher matcher = FLAG.matcher(flag);
    if (!matcher.matches()) {
      throw new UsageException("'%s' is no GPU architecture; write one as sm_90".formatted(flag));
    }
    return new Architecture(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The form of compilers' options. */
  public String flag() {
    return "sm_" + major + minor;
  }

  @Override
  public int compareTo(Architecture other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
