package dev.weft.cpu.run;

import dev.weft.core.device.Operand;
import dev.weft.core.kernel.Param;
import dev.weft.cpu.memory.Memory;
import org.jspecify.annotations.Nullable;

/** The generators of index and random parameters. */
final class Generators {
  private Generators() {}

  /** The generator of a parameter, or null when its elements lie in memory. */
  static @Nullable Generator of(Param param, Operand operand) {
    return switch (param) {
      case Param.Buffer buffer -> null;
      case Param.Index index -> Generators::indices;
      case Param.Random random -> throw new UnsupportedOperationException("random " + operand);
    };
  }

  private static void indices(long first, long step, int count, long to) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, first + i * step);
    }
  }
}
