package dev.weft.core.launch;

import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.memory.TaskMemory;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One task of Java code on the host: dense blocks in, a dense block out. */
final class BlockTask {
  private final Stage stage;
  private final Work.Host work;
  private final TaskMemory memory;
  private final long chunk;
  private final Region region;

  BlockTask(TaskMemory memory, Stage stage, Work.Host work, long chunk) {
    this.stage = stage;
    this.work = work;
    this.memory = memory;
    this.chunk = chunk;
    this.region = stage.iteration().region(chunk);
  }

  void run() throws Exception {
    Operands operands = new Operands(memory);
    List<Block> inputs = new ArrayList<>();
    for (int i = 0; i < stage.inputs().size(); i++) {
      Stage.Input.OfArray read = (Stage.Input.OfArray) stage.inputs().get(i);
      Operand operand = operands.find(read, region);
      inputs.add(dense(read.array().dtype(), operand, work.axes().get(i)));
    }
    Stage.Output output = stage.outputs().getFirst();
    DType dtype = output.array().dtype();
    Operand place = operands.output(stage, output, region, chunk);
    Region own = along(output.axes());
    long bytes = own.size() * dtype.itemSize();
    long[] strides = StridedCopy.dense(own.extents(), dtype.itemSize());
    Operand there = along(place, output.axes());
    long more = work.routine().bytesOfWork();
    MemorySegment free =
        more == 0 ? MemorySegment.NULL : memory.temporary(more).memory().asSlice(0, more);
    if (isDense(there, own, strides)) {
      MemorySegment target = Objects.requireNonNull(there.memory()).asSlice(there.base(), bytes);
      work.routine().run(inputs, new Block(dtype, own, target), free);
      return;
    }
    MemorySegment target = memory.temporary(bytes).memory().asSlice(0, bytes);
    work.routine().run(inputs, new Block(dtype, own, target), free);
    memory.copy(own.extents(), dtype.itemSize(), Operand.of(target, 0, strides), there);
  }

  /** The operand as a dense block along axes of the iteration, in place when it is one. */
  private Block dense(DType dtype, Operand operand, List<Integer> axes) {
    Region seen = along(axes);
    long bytes = seen.size() * dtype.itemSize();
    if (bytes == 0) {
      return new Block(dtype, seen, MemorySegment.NULL);
    }
    Operand there = along(operand, axes);
    long[] strides = StridedCopy.dense(seen.extents(), dtype.itemSize());
    if (isDense(there, seen, strides)) {
      MemorySegment all = Objects.requireNonNull(there.memory());
      return new Block(dtype, seen, all.asSlice(there.base(), bytes));
    }
    MemorySegment target = memory.temporary(bytes).memory().asSlice(0, bytes);
    memory.copy(seen.extents(), dtype.itemSize(), there, Operand.of(target, 0, strides));
    return new Block(dtype, seen, target);
  }

  private Region along(List<Integer> axes) {
    long[] start = new long[axes.size()];
    long[] extents = new long[axes.size()];
    for (int axis = 0; axis < extents.length; axis++) {
      start[axis] = region.start()[axes.get(axis)];
      extents[axis] = region.extents()[axes.get(axis)];
    }
    return new Region(start, extents);
  }

  private static Operand along(Operand operand, List<Integer> axes) {
    long[] strides = axes.stream().mapToLong(axis -> operand.strides()[axis]).toArray();
    return Operand.of(Objects.requireNonNull(operand.memory()), operand.base(), strides);
  }

  private static boolean isDense(Operand operand, Region region, long[] strides) {
    if (region.size() == 0) {
      return false;
    }
    for (int axis = 0; axis < strides.length; axis++) {
      // Along an axis of extent 1 nothing moves, whatever its stride.
      if (region.extents()[axis] > 1 && operand.strides()[axis] != strides[axis]) {
        return false;
      }
    }
    return true;
  }
}
