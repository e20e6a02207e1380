package dev.weft.kernels.jvm.tile;

import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.TileLayout;
import java.lang.foreign.MemorySegment;

/**
 * Runs a loop that computes whole vectors over any number of elements: the rest is copied into
 * padding, computed there by the same loop, and copied back. So there is one loop to compile, every
 * element has the same bits wherever it lies in the tile, and narrow types need no masked loads,
 * which only AVX-512 has.
 */
final class PaddedTile implements TileCode {
  private static final MemorySegment EVERYTHING = ClassConstants.EVERYTHING;

  /** Bytes per operand: the widest vector, which is also a cache line. */
  private static final int SLOT = 64;

  private final TileCode loop;
  private final TileLayout layout;

  private final SpareMemory spare;

  PaddedTile(TileCode loop, TileLayout layout) {
    this.loop = loop;
    this.layout = layout;
    this.spare = new SpareMemory((long) SLOT * layout.arguments());
  }

  @Override
  public void run(long[] args, int n) {
    int rest = n % layout.lanes();
    int whole = n - rest;
    if (whole > 0) {
      loop.run(args, whole);
    }
    if (rest > 0) {
      MemorySegment padding = spare.take();
      runRest(args, whole, rest, padding);
      spare.give(padding);
    }
  }

  private void runRest(long[] args, int whole, int rest, MemorySegment padding) {
    long[] padded = args.clone();
    for (int i = 0; i < layout.operandBytes().size(); i++) {
      int bytes = layout.operandBytes().get(i);
      if (bytes > 0) {
        long from = args[i] + (long) whole * bytes;
        MemorySegment.copy(EVERYTHING, from, padding, (long) SLOT * i, (long) rest * bytes);
        padded[i] = padding.address() + (long) SLOT * i;
      }
    }
    for (int i = 0; i < layout.outputBytes().size(); i++) {
      int position = layout.outputArgument(i);
      padded[position] = padding.address() + (long) SLOT * position;
    }
    loop.run(padded, layout.lanes());
    for (int i = 0; i < layout.outputBytes().size(); i++) {
      int position = layout.outputArgument(i);
      int bytes = layout.outputBytes().get(i);
      long to = args[position] + (long) whole * bytes;
      MemorySegment.copy(padding, (long) SLOT * position, EVERYTHING, to, (long) rest * bytes);
    }
  }
}
