package dev.weft.cpu.routine;

import dev.weft.core.device.Arguments;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.tile.TileCopy;

/** Gather along one axis: out[o, i, j] = in[o, index[i], j]; a unit is one (o, i). */
final class GatherRoutine implements RoutineLaunch.Routine {
  /** Elements of one copy; lengths of copies are ints. */
  private static final int MOST = 1 << 20;

  private final int item;
  private final long[] extents;
  private final long in;
  private final long[] inSteps;
  private final long indices;
  private final long[] indexSteps;
  private final long out;
  private final long[] outSteps;

  GatherRoutine(int item, Arguments arguments) {
    this.item = item;
    this.extents = arguments.extents();
    this.in = RoutineLaunch.address(arguments.inputs().get(0));
    this.inSteps = arguments.inputs().get(0).strides();
    this.indices = RoutineLaunch.address(arguments.inputs().get(1));
    this.indexSteps = arguments.inputs().get(1).strides();
    this.out = RoutineLaunch.address(arguments.outputs().get(0));
    this.outSteps = arguments.outputs().get(0).strides();
  }

  @Override
  public long units() {
    return extents[2] == 0 ? 0 : extents[0] * extents[1];
  }

  @Override
  public void run(long from, long to, Scratch scratch) {
    long o = from / extents[1];
    long i = from % extents[1];
    for (long unit = from; unit < to; unit++) {
      long index = Memory.getLong(indices + o * indexSteps[0] + i * indexSteps[1]);
      long source = in + o * inSteps[0] + index * inSteps[1];
      long target = out + o * outSteps[0] + i * outSteps[1];
      for (long j = 0; j < extents[2]; j += MOST) {
        int n = (int) Math.min(MOST, extents[2] - j);
        TileCopy.run(
            source + j * inSteps[2], inSteps[2], target + j * outSteps[2], outSteps[2], n, item);
      }
      if (++i == extents[1]) {
        i = 0;
        o++;
      }
    }
  }
}
