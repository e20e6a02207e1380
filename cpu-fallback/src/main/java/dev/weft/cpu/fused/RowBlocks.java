package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.kernel.RowProgram;
import dev.weft.cpu.compile.RowCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a launch in blocks: all of the last kept axes that fit, and a range of the one before
 * them.
 *
 * @param extents of a block, those at the end of its axis aside
 * @param axis the axis that is cut into ranges; -1 where a block is all rows
 * @param count how many blocks there are
 * @param scratchBytes what the largest of them keeps
 */
record RowBlocks(long[] extents, int axis, long count, long scratchBytes) {

  static RowBlocks of(RowCode code, Arguments arguments) {
    // Half of the cache: the rest is for tiles, and for what the processor reads ahead.
    long rows = Math.max(1, code.cacheBytes() / 2 / rowBytes(code.program(), arguments));
    long[] extents = arguments.extents().clone();
    int axis = extents.length - 1;
    while (axis >= 0 && arguments.reduced()[axis]) {
      axis--;
    }
    long together = 1;
    while (axis >= 0 && together * extents[axis] <= rows) {
      together *= extents[axis--];
    }
    long count = 1;
    if (axis >= 0) {
      extents[axis] = rows / together;
      count = ranges(arguments, extents, axis);
    }
    for (int outer = 0; outer < axis; outer++) {
      count *= extents[outer];
      extents[outer] = 1;
    }
    long bytes = RowLaunches.scratchBytes(code.program(), extents, arguments.reduced());
    return new RowBlocks(extents, axis, count, bytes);
  }

  private static long ranges(Arguments arguments, long[] extents, int axis) {
    return (arguments.extents()[axis] + extents[axis] - 1) / extents[axis];
  }

  /** Bytes of a row of all that has rows. */
  private static long rowBytes(RowProgram program, Arguments arguments) {
    long length = 1;
    int last = 0;
    for (int axis = 0; axis < arguments.extents().length; axis++) {
      if (arguments.reduced()[axis]) {
        length *= arguments.extents()[axis];
        last = axis;
      }
    }
    long item = 0;
    for (Operand input : arguments.inputs()) {
      item += input.memory() == null ? 0 : Math.min(Long.BYTES, Math.abs(input.strides()[last]));
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      boolean ofRows = arguments.outputs().get(i).strides()[last] != 0;
      item += ofRows ? program.outputs().get(i).itemSize() : 0;
    }
    for (RowProgram.Kept kept : program.kept()) {
      item += kept.ofCells() ? 0 : kept.dtype().itemSize();
    }
    return Math.max(1, length * item);
  }

  /** The arguments of a launch for one block alone. */
  Arguments arguments(Arguments whole, long block) {
    int rank = extents.length;
    long[] start = new long[rank];
    long[] own = extents.clone();
    long rest = block;
    if (axis >= 0) {
      long ranges = ranges(whole, extents, axis);
      start[axis] = rest % ranges * extents[axis];
      own[axis] = Math.min(extents[axis], whole.extents()[axis] - start[axis]);
      rest /= ranges;
    }
    for (int outer = axis - 1; outer >= 0; outer--) {
      start[outer] = rest % whole.extents()[outer];
      rest /= whole.extents()[outer];
    }
    return new Arguments(
        own,
        moved(whole.inputs(), start),
        moved(whole.outputs(), start),
        whole.reduced(),
        whole.reduceBase(),
        whole.reduceShape(),
        whole.planeBytes(),
        whole.scalars());
  }

  private static List<Operand> moved(List<Operand> operands, long[] start) {
    List<Operand> moved = new ArrayList<>(operands.size());
    for (Operand operand : operands) {
      long base = operand.base();
      for (int axis = 0; axis < start.length; axis++) {
        base += start[axis] * operand.strides()[axis];
      }
      moved.add(new Operand(operand.memory(), base, operand.strides(), operand.key()));
    }
    return moved;
  }
}
