package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.kernels.jvm.tile.TileCode;

/**
 * Makes the first calls of a loop short. The JVM has a method compiled after so many calls,
 * whatever their length. In tiles of their usual size the first million elements would pass at a
 * hundredth of the speed, or the JVM would notice the loop before the calls and compile it for
 * entry in its middle, which takes C2 most of a second where the method takes it 50 milliseconds.
 */
final class ColdTile implements TileCode {
  /**
   * Elements of a short call. The JVM looks at a method after every 1,024 calls and at its loop
   * after every 8,192 rounds, and should see the calls first.
   */
  private static final int SHORT = 4;

  private static final int SHORT_CALLS = 10_000;

  private final TileCode code;
  private final int[] step;
  // May miss calls of other threads: nothing depends on the exact number.
  private int calls;

  ColdTile(TileCode code, FusedKernel kernel, long uniformMask) {
    this.code = code;
    this.step = steps(kernel, uniformMask);
  }

  /** Bytes between elements, by argument: 0 for uniform operands and scalars. */
  private static int[] steps(FusedKernel kernel, long uniformMask) {
    int params = kernel.params().size();
    int outputs = params + kernel.scalars();
    int[] step = new int[outputs + kernel.sinks().size()];
    for (int p = 0; p < params; p++) {
      boolean uniform = p < Long.SIZE && (uniformMask >>> p & 1) != 0;
      step[p] = uniform ? 0 : kernel.params().get(p).dtype().itemSize();
    }
    for (int o = 0; o < kernel.sinks().size(); o++) {
      step[outputs + o] = ((Sink.Store) kernel.sinks().get(o)).dtype().itemSize();
    }
    return step;
  }

  @Override
  public void run(long[] args, int n) {
    if (calls > SHORT_CALLS || n <= SHORT) {
      code.run(args, n);
      return;
    }
    calls += n / SHORT;
    long[] moved = args.clone();
    for (int done = 0; done < n; done += SHORT) {
      code.run(moved, Math.min(SHORT, n - done));
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (long) step[i] * SHORT;
      }
    }
  }
}
