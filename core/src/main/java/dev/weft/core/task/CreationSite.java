package dev.weft.core.task;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The line of the user's program that calls the library. */
final class CreationSite {
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** Classes whose frames lie between the user's code and the new object. */
  private static final Set<String> OWN =
      Set.of(
          "dev.weft.core.task.CreationSite",
          "dev.weft.core.task.Delayed",
          "dev.weft.core.DelayedMethods",
          "dev.weft.core.bag.Bag",
          "dev.weft.core.bag.Joining");

  private CreationSite() {}

  private static String outer(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Such as {@code Prices.java:12}; null when no frame has a file. */
  static @Nullable String find() {
    StackFrame frame =
        WALKER.walk(
            frames ->
                frames
                    .filter(each -> !OWN.contains(outer(each.getClassName())))
                    .findFirst()
                    .orElse(null));
    return frame == null || frame.getFileName() == null
        ? null
        : frame.getFileName() + ":" + frame.getLineNumber();
  }
}
