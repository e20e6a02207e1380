package dev.weft.cpu.tile;

import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Param;
import dev.weft.cpu.compile.Randoms;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.random.Draw;
import dev.weft.cpu.random.TileRandom;
import org.jspecify.annotations.Nullable;

/** The generators of index and random parameters. */
final class Generators {
  private Generators() {}

  /** The generator of a parameter, or null when its elements lie in memory. */
  static @Nullable Generator of(Param param, Operand operand, Randoms randoms, long size) {
    return switch (param) {
      case Param.Buffer buffer -> null;
      case Param.Index index -> Generators::indices;
      case Param.Random random -> {
        Draw draw = draw(random);
        TileRandom numbers = randoms.of(draw, operand.key()[0], operand.key()[1], size);
        int item = random.dtype().itemSize();
        yield (first, step, count, to) -> write(numbers, draw, item, first, step, count, to);
      }
    };
  }

  private static Draw draw(Param.Random random) {
    boolean narrow = random.dtype() == DType.FLOAT32;
    return switch (random.distribution()) {
      case UNIFORM -> narrow ? Draw.UNIFORM32 : Draw.UNIFORM64;
      case NORMAL -> narrow ? Draw.NORMAL32 : Draw.NORMAL64;
      case BITS -> Draw.BITS;
    };
  }

  private static void indices(long first, long step, int count, long to) {
    for (long i = 0; i < count; i++) {
      Memory.putLong(to + 8 * i, first + i * step);
    }
  }

  private static void write(
      TileRandom numbers, Draw draw, int item, long first, long step, int count, long to) {
    if (step == 1) {
      draw.write(numbers, first, count, to);
    } else if (step == 0) {
      draw.write(numbers, first, 1, to);
      TileCopy.run(to, 0, to + item, item, count - 1, item);
    } else {
      for (int i = 0; i < count; i++) {
        draw.write(numbers, first + i * step, 1, to + (long) i * item);
      }
    }
  }
}
