package dev.weft.core.launch;

import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.TaskMemory;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.View;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Finds the operands of one task. What lies in one piece of memory is used in place; what is spread
 * over several chunks, or must be read from a file, is first put together in a temporary buffer.
 */
public final class Operands {
  private final TaskMemory memory;

  public Operands(TaskMemory memory) {
    this.memory = memory;
  }

  public Operand find(Stage.Input input, Region region) {
    return switch (input) {
      case Stage.Input.OfIndex(int axis, View view) -> {
        long[] along = new long[view.base().rank()];
        along[axis] = 1;
        yield Operand.index(view.position(region.start(), along), view.strides(along));
      }
      case Stage.Input.OfRandom random -> {
        long[] strides = random.shape().strides();
        View view = random.view();
        yield Operand.random(
            random.seed(),
            random.stream(),
            view.position(region.start(), strides),
            view.strides(strides));
      }
      case Stage.Input.Before before -> {
        Region reach = before.reach(region);
        yield reach.size() == 0
            ? Operand.of(MemorySegment.NULL, 0, new long[region.rank()])
            : find(new Stage.Input.OfArray(before.array(), before.view()), reach);
      }
      case Stage.Input.OfArray(ArrayDef array, View view) -> {
        ArraySource.Layout layout = memory.whole(array);
        if (layout != null) {
          yield at(layout.memory(), layout.offset(), view, region, layout.strides());
        }
        yield chunked(array, view, region);
      }
    };
  }

  private static Operand at(
      MemorySegment segment, long offset, View view, Region region, long[] strides) {
    return Operand.of(
        segment, offset + view.position(region.start(), strides), view.strides(strides));
  }

  private Operand chunked(ArrayDef array, View view, Region region) {
    Region reach = view.reach(region);
    Chunks grid = array.grid();
    if (reach.size() == 0) {
      return Operand.of(MemorySegment.NULL, 0, new long[region.rank()]);
    }
    int[] position = new int[grid.rank()];
    boolean single = true;
    for (int axis = 0; axis < position.length; axis++) {
      AxisChunks cut = grid.axis(axis);
      position[axis] = cut.find(reach.start()[axis]);
      long end = reach.start()[axis] + reach.extents()[axis];
      single &= end <= cut.offset(position[axis] + 1);
    }
    if (single) {
      long chunk = grid.number(position);
      return inside(memory.chunk(array, chunk), memory.held(array, chunk), array, view, region);
    }
    MemorySegment copy = temporary(array, reach);
    assemble(array, reach, position, copy);
    return inside(copy, reach, array, view, region);
  }

  /** The operand when {@code segment} holds just {@code held} of the array, dense. */
  private static Operand inside(
      MemorySegment segment, Region held, ArrayDef array, View view, Region region) {
    long[] strides = StridedCopy.dense(held.extents(), array.dtype().itemSize());
    long offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      offset -= held.start()[axis] * strides[axis];
    }
    return at(segment, offset, view, region, strides);
  }

  private MemorySegment temporary(ArrayDef array, Region region) {
    return memory.temporary(bytes(array, region)).memory();
  }

  private static long bytes(ArrayDef array, Region region) {
    return region.size() * array.dtype().itemSize();
  }

  private void assemble(ArrayDef array, Region reach, int[] first, MemorySegment target) {
    Chunks grid = array.grid();
    int[] position = first.clone();
    while (true) {
      copyPiece(array, grid.number(position), reach, target);
      int axis = position.length - 1;
      while (axis >= 0
          && grid.axis(axis).offset(position[axis] + 1)
              >= reach.start()[axis] + reach.extents()[axis]) {
        position[axis] = first[axis];
        axis--;
      }
      if (axis < 0) {
        return;
      }
      position[axis]++;
    }
  }

  private void copyPiece(ArrayDef array, long chunk, Region reach, MemorySegment target) {
    Region held = memory.held(array, chunk);
    int itemSize = array.dtype().itemSize();
    long[] fromStrides = StridedCopy.dense(held.extents(), itemSize);
    long[] toStrides = StridedCopy.dense(reach.extents(), itemSize);
    long[] extents = new long[held.rank()];
    long from = 0;
    long to = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      long low = Math.max(held.start()[axis], reach.start()[axis]);
      long high =
          Math.min(
              held.start()[axis] + held.extents()[axis],
              reach.start()[axis] + reach.extents()[axis]);
      extents[axis] = Math.max(0, high - low);
      from += (low - held.start()[axis]) * fromStrides[axis];
      to += (low - reach.start()[axis]) * toStrides[axis];
    }
    memory.copy(
        extents,
        itemSize,
        Operand.of(memory.chunk(array, chunk), from, fromStrides),
        Operand.of(target, to, toStrides));
  }

  /** Where a task's region of an output lies in memory that exists already or is made now. */
  public Operand output(Stage stage, Stage.Output output, Region region, long chunk) {
    ArrayDef array = output.array();
    int itemSize = array.dtype().itemSize();
    MemorySegment segment;
    long base = 0;
    long[] arrayStrides;
    ArraySource.Layout layout = memory.whole(array);
    if (layout != null) {
      memory.place(array, chunkOf(array, output, region, chunk));
      segment = layout.memory();
      arrayStrides = layout.strides();
      for (int axis = 0; axis < arrayStrides.length; axis++) {
        long start = region.start()[output.axes().get(axis)] + output.shift().get(axis);
        base += start * arrayStrides[axis];
      }
    } else {
      long own = chunkOf(array, output, region, chunk);
      segment = memory.create(array, own).memory();
      arrayStrides = StridedCopy.dense(array.held(own).extents(), itemSize);
    }
    long[] strides = new long[region.rank()];
    for (int axis = 0; axis < arrayStrides.length; axis++) {
      strides[output.axes().get(axis)] = arrayStrides[axis];
    }
    return Operand.of(segment, base, strides);
  }

  private static long chunkOf(ArrayDef array, Stage.Output output, Region region, long chunk) {
    if (output.shift().stream().allMatch(shift -> shift == 0)
        && array.grid().count() > chunk
        && output.axes().size() == region.rank()
        && array.grid().region(chunk).equals(region)) {
      return chunk;
    }
    int[] position = new int[array.grid().rank()];
    for (int axis = 0; axis < position.length; axis++) {
      long start = region.start()[output.axes().get(axis)] + output.shift().get(axis);
      AxisChunks cut = array.grid().axis(axis);
      position[axis] = cut.extent() == 0 ? 0 : cut.find(start);
    }
    return array.grid().number(position);
  }

  /** The buffer of partial results of one task, cells dense in the order of kept axes. */
  public Operand partials(ArrayDef array, List<Integer> reduced, Region region, long chunk) {
    MemorySegment segment = memory.create(array, chunk).memory();
    long[] strides = new long[region.rank()];
    long stride = Long.BYTES;
    for (int axis = region.rank() - 1; axis >= 0; axis--) {
      if (!reduced.contains(axis)) {
        strides[axis] = stride;
        stride *= region.extents()[axis];
      }
    }
    return Operand.of(segment, 0, strides);
  }
}
