package dev.weft.kernels.jvm.tile;

import dev.weft.kernels.jvm.loop.LoopArgument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Runs several loops one after the other over short stretches of a tile. They pass values through
 * scratch memory that stays in the cache.
 */
final class SplitTile implements TileCode {
  /** Half of a usual second-level cache, the rest being for operands and outputs. */
  private static final int SCRATCH_BYTES = 1 << 18;

  private static final int LONGEST = 1024;
  private static final int SHORTEST = 128;

  private final List<TileCode> loops;
  private final List<LoopArgument[]> arguments;
  private final int stretch;
  private final SpareMemory scratch;

  SplitTile(List<TileCode> loops, RenderedTile tile) {
    this.loops = loops;
    this.arguments =
        tile.loops().stream().map(loop -> loop.arguments().toArray(LoopArgument[]::new)).toList();
    int values = Math.max(1, tile.scratchValues());
    int fitting = SCRATCH_BYTES / (values * Long.BYTES) / SHORTEST * SHORTEST;
    this.stretch = Math.clamp(fitting, SHORTEST, LONGEST);
    this.scratch = new SpareMemory((long) values * stretch * Long.BYTES);
  }

  @Override
  public void run(long[] args, int n) {
    MemorySegment memory = scratch.take();
    for (int start = 0; start < n; start += stretch) {
      int count = Math.min(stretch, n - start);
      for (int i = 0; i < loops.size(); i++) {
        loops.get(i).run(moved(arguments.get(i), args, start, memory.address()), count);
      }
    }
    scratch.give(memory);
  }

  private long[] moved(LoopArgument[] sources, long[] args, int start, long scratchAddress) {
    long[] moved = new long[sources.length];
    for (int i = 0; i < moved.length; i++) {
      LoopArgument source = sources[i];
      moved[i] =
          source.scratch()
              ? scratchAddress + (long) source.source() * stretch * Long.BYTES
              : args[source.source()] + (long) start * source.bytes();
    }
    return moved;
  }
}
