package dev.weft.gpu.emulate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The argument of a launch with real addresses, and the memory that it names. */
record EmulatedLaunch(long[] words, List<EmulatedMemory.Block> blocks, String wrong) {
  static EmulatedLaunch of(EmulatedMemory memory, long[] words, EmulatedStream stream) {
    long[] real = words.clone();
    List<EmulatedMemory.Block> blocks = new CopyOnWriteArrayList<>();
    String wrong = "";
    for (int i = 0; i < real.length; i++) {
      if (EmulatedMemory.isAddress(real[i])) {
        try {
          EmulatedMemory.Block block = memory.of(real[i], 0, stream);
          block.pending.incrementAndGet();
          blocks.add(block);
          real[i] = EmulatedMemory.real(real[i]);
        } catch (IllegalStateException none) {
          wrong = String.valueOf(none.getMessage());
        }
      }
    }
    return new EmulatedLaunch(real, blocks, wrong);
  }
}
