package dev.weft.core.task;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The line of the user's program that has started a job. Finding it takes some microseconds of CPU
 * time, which is three times what a node of an expression takes: it is done for each job, not for
 * each node.
 */
public final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
  private static final ProtectionDomain OWN = CallSite.class.getProtectionDomain();
  private static final String PACKAGE = "dev.weft.core.";

  private CallSite() {}

  /** The innermost frame of this thread that is not the library's; null when there is none. */
  public static @Nullable StackFrame find() {
    return WALKER.walk(frames -> frames.filter(CallSite::isUser).findFirst().orElse(null));
  }

  private static boolean isUser(StackFrame frame) {
    String name = frame.getClassName();
    if (name.startsWith("java.")) {
      return false;
    }
    // Tests have the package, but are not the library.
    return !name.startsWith(PACKAGE) || frame.getDeclaringClass().getProtectionDomain() != OWN;
  }
}
