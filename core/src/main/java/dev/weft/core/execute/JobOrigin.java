package dev.weft.core.execute;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.RetriedException;
import dev.weft.core.expr.Expr;
import dev.weft.core.optimize.ExprText;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job computes, and who wants it: for errors.
 *
 * @param roots the expressions as the user has made them
 * @param caller where the job was started, null where that is not known
 */
public record JobOrigin(List<Expr> roots, @Nullable StackFrame caller) {
  private static final int LONGEST = 200;

  /** The failure of the job. */
  JobFailedException failed(String what, Throwable cause) {
    return new JobFailedException(
        what, expression(), site(), RetriedException.attempts(cause), cause);
  }

  private String expression() {
    String first = ExprText.line(roots.getFirst(), LONGEST);
    return roots.size() == 1 ? first : "%s and %,d more".formatted(first, roots.size() - 1);
  }

  /** Such as {@code Prices.java:12}. */
  private @Nullable String site() {
    return caller == null || caller.getFileName() == null
        ? null
        : caller.getFileName() + ":" + caller.getLineNumber();
  }
}
