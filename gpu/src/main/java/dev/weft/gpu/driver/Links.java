package dev.weft.gpu.driver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for the errors of loading native libraries. */
final class Links {
  /** What Linux's dynamic loader says of a library that is not there; JCuda wraps it twice. */
  private static final Pattern LOADER =
      Pattern.compile("lib[\\w.+-]+: cannot open shared object file: [^\\n]+");

  private Links() {}

  /** One line. */
  static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher loader = LOADER.matcher(message);
    String last = "";
    while (loader.find()) {
      last = loader.group();
    }
    if (!last.isEmpty()) {
      return last;
    }
    int end = message.indexOf('\n');
    return failure.getClass().getSimpleName()
        + ": "
        + (end < 0 ? message : message.substring(0, end));
  }

  /** Whether the loader did not find the library of this name at all. */
  static boolean isMissing(String reason, String library) {
    return reason.contains(library) && reason.contains("No such file");
  }
}
