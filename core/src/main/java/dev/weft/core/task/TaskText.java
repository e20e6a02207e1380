package dev.weft.core.task;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What errors say of a task. */
final class TaskText {
  private static final int MOST_ARGUMENTS = 4;
  private static final int LONGEST = 60;

  private TaskText() {}

  /** Such as {@code task 'add'(1, [3 elements]) made at Sums.java:12 failed: …}. */
  static String failure(TaskNode node, Object[] arguments, Throwable cause) {
    List<String> shown = new ArrayList<>();
    for (Object argument : arguments) {
      if (shown.size() == MOST_ARGUMENTS) {
        shown.add("… %d more".formatted(arguments.length - MOST_ARGUMENTS));
        break;
      }
      shown.add(summary(argument));
    }
    String tries = node.attempts > 1 ? " " + node.attempts + " times" : "";
    return "task '%s'(%s)%s failed%s: %s"
        .formatted(
            node.options.name(),
            String.join(", ", shown),
            node.site == null ? "" : " made at " + node.site,
            tries,
            cause);
  }

  private static String summary(Object argument) {
    if (argument instanceof Collection<?> all) {
      return "[%,d elements]".formatted(all.size());
    }
    if (argument != null && argument.getClass().isArray()) {
      return "%s[%,d]"
          .formatted(
              argument.getClass().getComponentType().getSimpleName(), Array.getLength(argument));
    }
    String text;
    try {
      text = String.valueOf(argument).replaceAll("\\s+", " ");
    } catch (RuntimeException | StackOverflowError e) {
      // The user's own toString must not hide the failure.
      text = argument.getClass().getSimpleName();
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
