package dev.weft.core.plan;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks read each chunk. What a stage reads chunk for chunk is known without looking;
 * tasks of other stages are listed, when the first chunk of the array is asked for.
 */
final class ReaderCounts {
  private final PlannedTasks tasks;
  private final List<Stage> stages;
  private final int[] straight;
  private final int[] @Nullable [] counted;

  ReaderCounts(PlannedTasks tasks, List<Stage> stages, int arrays) {
    this.tasks = tasks;
    this.stages = stages;
    this.straight = new int[arrays];
    this.counted = new int[arrays][];
  }

  int of(ArrayDef array, long chunk) {
    int[] counts = counted[array.id()];
    if (counts == null) {
      counts = count(array);
      counted[array.id()] = counts;
    }
    return straight[array.id()] + (counts.length == 0 ? 0 : counts[(int) chunk]);
  }

  private int[] count(ArrayDef array) {
    int[] counts = new int[0];
    int first = tasks.item(array, 0);
    for (Stage stage : stages) {
      boolean reads = false;
      boolean once = true;
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray read && read.array() == array) {
          reads = true;
          once &= isOnce(stage, read);
        }
        if (input instanceof Stage.Input.Before before && before.array() == array) {
          reads = true;
          once = false;
        }
      }
      if (reads && once) {
        straight[array.id()]++;
      } else if (reads) {
        int[] each = counts.length > 0 ? counts : new int[Math.toIntExact(array.grid().count())];
        counts = each;
        int end = tasks.first(stage.id() + 1);
        for (int task = tasks.first(stage.id()); task < end; task++) {
          tasks.reads(
              task,
              item -> {
                if (item >= first && item < first + each.length) {
                  each[item - first]++;
                }
              });
        }
      }
    }
    // The task that waits for all of an array reads every chunk.
    straight[array.id()] += isShown(array) ? 1 : 0;
    return counts;
  }

  /** Whether each chunk is read by just one task of the stage. */
  private static boolean isOnce(Stage stage, Stage.Input.OfArray read) {
    return read.array().storage() == Storage.PARTIALS || StageMap.isStraight(stage, read);
  }

  private boolean isShown(ArrayDef array) {
    return stages.stream()
        .flatMap(stage -> stage.inputs().stream())
        .anyMatch(
            input ->
                input instanceof Stage.Input.OfArray(var shown, var view)
                    && shown.alias() == array);
  }
}
