package dev.weft.core.error;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A running job failed. The message says in at most 25 lines in which stage and chunk, why, what
 * was computed, where it was asked for, and how often it was tried:
 *
 * <pre>
 * job failed in 'sqrt', chunk 3 of 4 [6:8]: reading [6:8] of x.zarr failed: the disk is gone
 *   computing: sum(sqrt(x.zarr))
 *   called at: Program.java:17
 *   attempts: 4
 * </pre>
 */
public final class JobFailedException extends WeftException {
  private static final long serialVersionUID = 1L;

  /** With the three lines that follow, and one that says how many are left out. */
  private static final int MOST_LINES = 21;

  private static final int LONGEST_LINE = 1000;

  private final String what;
  private final int attempts;

  /** Creates the exception; {@code cause} is what the task threw. */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
    this.what = message;
    this.attempts = 0;
  }

  /**
   * The failure of a job over arrays.
   *
   * @param what has failed, where and why
   * @param expression what was computed, in one line
   * @param site the line of the program that asked for it, null where that is not known
   * @param attempts how often it was tried
   */
  public JobFailedException(
      String what, String expression, @Nullable String site, int attempts, Throwable cause) {
    super(message(what, expression, site, attempts), cause);
    this.what = what;
    this.attempts = attempts;
  }

  private static String message(
      String what, String expression, @Nullable String site, int attempts) {
    List<String> lines = what.lines().toList();
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      text.append(shortened(line)).append('\n');
    }
    if (lines.size() > MOST_LINES) {
      text.append("… %,d more lines\n".formatted(lines.size() - MOST_LINES));
    }
    text.append("  computing: ").append(shortened(expression));
    if (site != null) {
      text.append("\n  called at: ").append(site);
    }
    return text.append("\n  attempts: ").append(attempts).toString();
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
  }

  /** The same failure of what the user calls so: the line that was typed, rather than its nodes. */
  public JobFailedException computing(String expression) {
    if (attempts == 0) {
      return this;
    }
    String line = String.join(" ", expression.lines().map(String::strip).toList());
    Throwable cause = Objects.requireNonNull(getCause(), "given by each constructor");
    JobFailedException same = new JobFailedException(what, line, null, attempts, cause);
    same.setStackTrace(getStackTrace());
    for (Throwable more : getSuppressed()) {
      same.addSuppressed(more);
    }
    return same;
  }
}
