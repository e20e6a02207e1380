package dev.weft.core.schedule;

import dev.weft.core.plan.Plan;
import java.util.stream.IntStream;

/** Lists the items that tasks read and write. */
final class TaskReads {
  private final Plan plan;
  private final int[] firstItems;

  TaskReads(Plan plan, int[] firstItems) {
    this.plan = plan;
    this.firstItems = firstItems;
  }

  /** Items read by a task, ascending, each once. */
  int[] reads(int stage, long chunk) {
    IntStream.Builder items = IntStream.builder();
    plan.sources(stage, chunk, (array, read) -> items.add(item(array, read)));
    if (!plan.isIndependent(stage)) {
      plan.dependencies(
          stage,
          chunk,
          (array, read, producer, task) -> items.add(read(array, read, producer, task)));
    }
    return items.build().sorted().distinct().toArray();
  }

  private int read(int array, long chunk, int producer, long task) {
    if (chunk >= 0) {
      return item(array, chunk);
    }
    int[] written = {-1};
    plan.writes(
        producer,
        task,
        (made, own) -> {
          if (made == array) {
            written[0] = item(made, own);
          }
        });
    return written[0];
  }

  /** Items written by a task. */
  int[] writes(int stage, long chunk) {
    IntStream.Builder items = IntStream.builder();
    plan.writes(stage, chunk, (array, written) -> items.add(item(array, written)));
    return items.build().toArray();
  }

  private int item(int array, long chunk) {
    return firstItems[array] + (int) chunk;
  }
}
