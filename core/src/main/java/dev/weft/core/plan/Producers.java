package dev.weft.core.plan;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.List;

/** Which task writes which chunk of an array. */
final class Producers {
  /**
   * A stage that writes (part of) an array.
   *
   * @param stage its number
   * @param output the output
   * @param grid the stage's iteration grid
   * @param isStraight whether each of its tasks writes the chunk of its own number
   */
  private record Producer(int stage, Stage.Output output, Chunks grid, boolean isStraight) {}

  private final List<List<Producer>> byArray = new ArrayList<>();

  Producers(StageGraph graph) {
    graph.arrays().forEach(array -> byArray.add(new ArrayList<>()));
    for (Stage stage : graph.stages()) {
      for (Stage.Output output : stage.outputs()) {
        byArray
            .get(output.array().id())
            .add(new Producer(stage.id(), output, stage.iteration(), isStraight(stage, output)));
      }
    }
  }

  /** Whether each task of a stage writes the chunk of its own number, and there are no others. */
  static boolean isStraight(Stage stage, Stage.Output output) {
    // Iteration axes that the array lacks are never cut, so both grids count alike.
    return output.shift().stream().allMatch(shift -> shift == 0)
        && stage.iteration().count() == output.array().grid().count();
  }

  /** Reports the task that writes a chunk of the array. */
  void visit(ArrayDef array, long chunk, Plan.TaskVisitor visitor) {
    List<Producer> producers = byArray.get(array.id());
    Producer only = producers.getFirst();
    if (producers.size() == 1 && only.isStraight()) {
      visitor.on(only.stage(), chunk);
      return;
    }
    int[] position = array.grid().position(chunk);
    for (Producer producer : producers) {
      long task = taskOf(producer, array, position);
      if (task >= 0) {
        visitor.on(producer.stage(), task);
        return;
      }
    }
    throw new IllegalStateException("no stage writes chunk " + chunk + " of " + array.label());
  }

  private static long taskOf(Producer producer, ArrayDef array, int[] position) {
    int[] own = position.clone();
    for (int axis = 0; axis < position.length; axis++) {
      long start =
          array.grid().axis(axis).offset(position[axis]) - producer.output().shift().get(axis);
      if (start < 0 || start >= Math.max(1, producer.grid().axis(axis).extent())) {
        return -1;
      }
      own[axis] =
          producer.grid().axis(axis).extent() == 0 ? 0 : producer.grid().axis(axis).find(start);
    }
    return producer.grid().number(own);
  }
}
