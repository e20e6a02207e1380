package dev.weft.core.slice;

import dev.weft.core.device.HostBlock;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.memory.SourceUses;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last step of a job whose slices have all run: brings the chunks of its results from the
 * exchange to their targets, all of them completely, or none.
 */
public final class ResultWriter {
  private final Plan plan;
  private final HeldMemory held;
  private final ChunkExchange exchange;

  /** Writes the results of a plan. */
  public ResultWriter(Plan plan, HeldMemory held, ChunkExchange exchange) {
    this.plan = plan;
    this.held = held;
    this.exchange = exchange;
  }

  /** Writes all results to targets, one each. */
  public void write(List<ArrayTarget> targets) {
    OpenTargets open =
        new OpenTargets(targets, plan.graph().results(), (stage, chunk, attempt, reason) -> {});
    Map<Integer, MemorySegment> places = new HashMap<>();
    try (SourceUses uses = new SourceUses(plan)) {
      try {
        open.open((array, memory) -> places.put(array.id(), memory));
        for (Stage stage : plan.graph().stages()) {
          if (stage.work() instanceof Stage.Work.Write(int result)) {
            ArrayDef array = plan.graph().results().get(result);
            MemorySegment place = places.get(array.id());
            write(
                stage,
                open,
                place == null
                    ? (chunk, elements) ->
                        open.write(stage.id(), chunk, result, array.grid().region(chunk), elements)
                    : (chunk, elements) -> place(array, chunk, elements, place));
          }
        }
      } catch (RuntimeException | Error e) {
        open.abort(e);
        throw e;
      }
      open.commit();
    }
  }

  /** Takes a chunk of a result. */
  @FunctionalInterface
  private interface Sink {
    void take(int chunk, MemorySegment elements);
  }

  private void write(Stage stage, OpenTargets open, Sink sink) {
    ArrayDef array = ((Stage.Input.OfArray) stage.inputs().getFirst()).array();
    int count = Math.toIntExact(stage.iteration().count());
    try (StageMemory memory = new StageMemory(plan, stage, held, open, exchange)) {
      int together = memory.job().device().info().parallelism();
      ParallelTasks.run(
          count,
          together,
          chunk -> {
            memory.expect(new long[] {chunk});
            memory.load(chunk);
            long bytes = array.chunkBytes(chunk);
            if (bytes > 0) {
              MemorySegment elements = memory.job().chunks().get(array, chunk).memory();
              sink.take(chunk, elements.asSlice(0, bytes).asReadOnly());
            }
            memory.release(chunk);
          });
    }
  }

  private static void place(
      ArrayDef array, long chunk, MemorySegment elements, MemorySegment place) {
    Region region = array.grid().region(chunk);
    int size = array.dtype().itemSize();
    long[] strides = StridedCopy.dense(array.shape().extents(), size);
    long base = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      base += region.start()[axis] * strides[axis];
    }
    new HostBlock(place, base, strides, region.extents(), size).unpack(elements);
  }
}
