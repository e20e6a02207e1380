package dev.weft.cpu.run;

import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Param;
import dev.weft.cpu.compile.Randoms;
import dev.weft.cpu.memory.Memory;
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
        TileRandom numbers = randoms.of(operand.key()[0], operand.key()[1], size);
        int item = random.dtype().itemSize();
        yield (first, step, count, to) -> draw(numbers, random, item, first, step, count, to);
      }
    };
  }

  private static void indices(long first, long step, int count, long to) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, first + i * step);
    }
  }

  private static void draw(
      TileRandom numbers,
      Param.Random random,
      int item,
      long first,
      long step,
      int count,
      long to) {
    if (step == 1) {
      draw(numbers, random, first, count, to);
    } else if (step == 0) {
      draw(numbers, random, first, 1, to);
      StridedCopy.run(to, 0, to + item, item, count - 1, item);
    } else {
      for (int i = 0; i < count; i++) {
        draw(numbers, random, first + i * step, 1, to + (long) i * item);
      }
    }
  }

  private static void draw(
      TileRandom numbers, Param.Random random, long first, int count, long to) {
    boolean narrow = random.dtype() == DType.FLOAT32;
    switch (random.distribution()) {
      case UNIFORM -> {
        if (narrow) {
          numbers.uniformFloat32(first, count, to);
        } else {
          numbers.uniformFloat64(first, count, to);
        }
      }
      case NORMAL -> {
        if (narrow) {
          numbers.normalFloat32(first, count, to);
        } else {
          numbers.normalFloat64(first, count, to);
        }
      }
      case BITS -> numbers.words64(first, count, to);
    }
  }
}
