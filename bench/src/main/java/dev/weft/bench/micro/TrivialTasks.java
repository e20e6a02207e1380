package dev.weft.bench.micro;

import dev.weft.core.Session;
import dev.weft.core.task.Delayed;
import java.util.ArrayList;
import java.util.List;

/** Tasks in the user's Java that do next to nothing. */
final class TrivialTasks {
  private TrivialTasks() {}

  /** Makes and computes so many that depend on nothing, and one that sums their results. */
  static long sum(Session session, int count) {
    List<Delayed<Integer>> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int value = i;
      tasks.add(session.delayed(() -> value));
    }
    return session
        .delayed(all -> all.stream().mapToLong(Integer::longValue).sum(), session.all(tasks))
        .compute();
  }
}
