package dev.weft.core.launch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Expr.Finish;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.memory.TaskMemory;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins the partial results of one group of chunks and writes the finished values. */
public final class CombineTask {
  private final TaskMemory memory;
  private final Stage stage;
  private final Work.Combine work;
  private final ArrayDef partials;
  private @Nullable MemorySegment made;

  public CombineTask(TaskMemory memory, Stage stage, Work.Combine work) {
    this.memory = memory;
    this.stage = stage;
    this.work = work;
    this.partials = ((Stage.Input.OfArray) stage.inputs().getFirst()).array();
  }

  /** Takes the memory of the result: from then on nothing can be lacking half-way. */
  public void allocate(long task) {
    ArrayDef array = stage.outputs().getFirst().array();
    if (memory.whole(array) == null) {
      made = memory.create(array, task).memory();
    }
  }

  /** Joins; what was joined holds nothing useful afterwards. */
  public void run(long task) {
    Region points = stage.iteration().region(task);
    List<MemorySegment> parts = new ArrayList<>();
    Chunks grid = partials.grid();
    int[] first = new int[grid.rank()];
    for (int axis = 0; axis < first.length; axis++) {
      first[axis] = (int) points.start()[axis];
    }
    grid.visitAt(points, chunk -> parts.add(memory.chunk(partials, chunk)));
    Shape cells = cells(grid.region(grid.number(first)));
    new HostCombine(work.reduction(), work.integer(), cells.size()).combine(parts);
    write(parts.getFirst(), cells, first, task);
  }

  private MemorySegment target() {
    return Objects.requireNonNull(made, "memory is allocated before anything is joined");
  }

  private Shape cells(Region chunk) {
    long[] extents = new long[work.kept().size()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = chunk.extents()[work.kept().get(axis)];
    }
    return Shape.of(extents);
  }

  private void write(MemorySegment partial, Shape cells, int[] first, long task) {
    ArrayDef array = stage.outputs().getFirst().array();
    Finish finish = work.finish();
    if (finish == null) {
      long bytes = array.chunkBytes(task);
      MemorySegment.copy(partial, 0, target(), 0, bytes);
      return;
    }
    long[] extents = cells.extents();
    int itemSize = array.dtype().itemSize();
    long[] dense = StridedCopy.dense(extents, itemSize);
    ArraySource.Layout whole = memory.whole(array);
    if (whole == null) {
      fill(finish, partial, cells.size(), target(), array.dtype());
      return;
    }
    memory.place(array, task);
    long[] strides = whole.strides();
    long base = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      int domainAxis = work.kept().get(axis);
      base += partials.grid().axis(domainAxis).offset(first[domainAxis]) * strides[axis];
    }
    // Finished values are written over the first plane before they move to their place.
    fill(finish, partial, cells.size(), partial, array.dtype());
    StridedCopy.copy(
        extents,
        itemSize,
        new StridedCopy.Side(partial, 0, dense),
        new StridedCopy.Side(whole.memory(), base, strides));
  }

  /** In place is safe: an element is never wider than the word it comes from, nor ahead of it. */
  private void fill(
      Finish finish, MemorySegment partial, long cells, MemorySegment target, DType dtype) {
    for (long cell = 0; cell < cells; cell++) {
      switch (finish) {
        case Finish.Value value -> {
          if (work.integer()) {
            put(target, cell, dtype, partial.getAtIndex(JAVA_LONG_UNALIGNED, cell));
          } else {
            put(target, cell, dtype, partial.getAtIndex(JAVA_DOUBLE_UNALIGNED, cell));
          }
        }
        case Finish.Position position ->
            put(target, cell, dtype, partial.getAtIndex(JAVA_LONG_UNALIGNED, cells + cell));
        case Finish.Mean mean ->
            put(target, cell, dtype, partial.getAtIndex(JAVA_DOUBLE_UNALIGNED, cells + cell));
        case Finish.Variance(double ddof) ->
            put(target, cell, dtype, variance(partial, cells, cell, ddof));
      }
    }
  }

  private double variance(MemorySegment partial, long cells, long cell, double ddof) {
    if (work.reduction() != Reduction.MOMENTS) {
      throw new InternalException("a variance needs moments, not " + work.reduction());
    }
    double divisor = Math.max(0, partial.getAtIndex(JAVA_LONG_UNALIGNED, cell) - ddof);
    return partial.getAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * cells + cell) / divisor;
  }

  private static void put(MemorySegment target, long cell, DType dtype, double value) {
    switch (dtype) {
      case FLOAT16 ->
          throw new InternalException("reductions of float16 are finished as float32 or float64");
      case FLOAT32 -> target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, cell, (float) value);
      case FLOAT64 -> target.setAtIndex(JAVA_DOUBLE_UNALIGNED, cell, value);
      default -> put(target, cell, dtype, (long) value);
    }
  }

  private static void put(MemorySegment target, long cell, DType dtype, long value) {
    switch (dtype.itemSize()) {
      case 1 -> target.setAtIndex(ValueLayout.JAVA_BYTE, cell, (byte) value);
      case 2 -> target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, cell, (short) value);
      case 4 -> target.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, cell, (int) value);
      default -> target.setAtIndex(JAVA_LONG_UNALIGNED, cell, value);
    }
  }
}
