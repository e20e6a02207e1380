package dev.weft.cpu.fused;

import dev.weft.core.kernel.Sink;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.ReducerVariant;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.memory.PooledBuffer;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LoopNest;

/** Launches over no elements: cells that nothing is reduced into get the result of no values. */
final class EmptyReduction {
  private EmptyReduction() {}

  static void write(Workers workers, FusedCode code, Frame frame) {
    LoopNest cells = frame.nest().ordered(false);
    long count = cells.size(false);
    if (count == 0) {
      return;
    }
    int kept = 0;
    while (kept < cells.rank() && !cells.reduced()[kept]) {
      kept++;
    }
    int[] axes = new int[kept];
    java.util.Arrays.setAll(axes, axis -> axis);
    LoopNest only = cells.permuted(axes);
    for (int sink = 0; sink < frame.tiles().source().sinks().size(); sink++) {
      if (frame.tiles().source().sinks().get(sink) instanceof Sink.Reduce) {
        write(workers, code.reducer(sink), only, frame, sink, count);
      }
    }
  }

  private static void write(
      Workers workers, ReducerVariant variant, LoopNest kept, Frame frame, int sink, long count) {
    BlockReducer reducer = variant.reducer(false);
    try (PooledBuffer words = workers.memory().allocate((long) reducer.planes() * Long.BYTES)) {
      reducer.reduce(words.address(), 0, 0, words.address());
      for (long cell = 0; cell < count; cell++) {
        long to = kept.address(frame.inputs() + sink, cell);
        for (int plane = 0; plane < reducer.planes(); plane++) {
          long word = Memory.getLong(words.address() + (long) plane * Long.BYTES);
          Memory.putLong(to + plane * frame.arguments().planeBytes()[sink], word);
        }
      }
    }
  }
}
