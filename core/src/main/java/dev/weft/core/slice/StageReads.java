package dev.weft.core.slice;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;

/**
 * Which chunks tasks of a stage read of what other tasks write. Of arrays that are read under
 * another shape these are the chunks that hold elements between the first and the last that a task
 * reads, in C order.
 */
public final class StageReads {
  private final Plan plan;
  private final Stage stage;

  /** The reads of a stage. */
  public StageReads(Plan plan, Stage stage) {
    this.plan = plan;
    this.stage = stage;
  }

  /** Visits the chunks that a task reads; one may come several times. */
  public void visit(long task, Plan.ChunkVisitor visitor) {
    plan.reads(stage.id(), task, visitor, shown -> {});
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view) && array.alias() != null) {
        Region reach = view.reach(stage.iteration().region(task));
        if (reach.size() > 0) {
          ArrayDef memory = array.alias();
          Region within = between(memory, position(array, reach, 0), position(array, reach, 1));
          memory.grid().visit(within, chunk -> visitor.on(memory.id(), chunk));
        }
      }
    }
  }

  /** The number in C order of the first element of a region, or with {@code end} 1 of the last. */
  static long position(ArrayDef array, Region region, int end) {
    long[] strides = array.shape().strides();
    long position = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      long last = end * (region.extents()[axis] - 1);
      position += (region.start()[axis] + last) * strides[axis];
    }
    return position;
  }

  /** The smallest region that holds all elements from one to another in C order. */
  private static Region between(ArrayDef array, long first, long last) {
    long[] strides = array.shape().strides();
    long[] start = new long[strides.length];
    long[] extents = array.shape().extents();
    long low = first;
    long high = last;
    for (int axis = 0; axis < strides.length; axis++) {
      long from = low / strides[axis];
      long to = high / strides[axis];
      start[axis] = from;
      extents[axis] = to - from + 1;
      if (from != to) {
        break;
      }
      low -= from * strides[axis];
      high -= to * strides[axis];
    }
    return new Region(start, extents);
  }
}
