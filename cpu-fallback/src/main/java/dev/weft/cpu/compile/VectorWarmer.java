package dev.weft.cpu.compile;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.cpu.memory.Memory;
import java.lang.foreign.Arena;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets the two loops of a kernel race on made-up tiles. */
final class VectorWarmer {
  private static final int TILE = 1024;

  /** A vector or more of any type; see {@link ColdTile}. */
  private static final int FEW = 64;

  private final FusedKernel kernel;
  private final long uniformMask;
  private final LongSupplier clock;

  VectorWarmer(FusedKernel kernel, long uniformMask, LongSupplier clock) {
    this.kernel = kernel;
    this.uniformMask = uniformMask;
    this.clock = clock;
  }

  /** Null once the vector loop is the faster one, or why the scalar loop should stay. */
  @Nullable String compare(TileCompiler.Tile scalar, TileCompiler.Tile vector) {
    try (Arena arena = Arena.ofConfined()) {
      long[] scalarArgs = arguments(arena);
      long[] vectorArgs = arguments(arena);
      return new Race(clock, TILE, FEW)
          .overtaken(n -> scalar.code().run(scalarArgs, n), n -> vector.code().run(vectorArgs, n));
    }
  }

  private long[] arguments(Arena arena) {
    int params = kernel.params().size();
    int outputs = kernel.sinks().size();
    long[] args = new long[params + kernel.scalars() + outputs];
    for (int p = 0; p < params; p++) {
      boolean uniform = p < Long.SIZE && (uniformMask >>> p & 1) != 0;
      args[p] = tile(arena, kernel.params().get(p).dtype(), uniform ? 1 : TILE);
    }
    for (SsaValue instruction : kernel.body()) {
      if (instruction instanceof SsaValue.ScalarParam scalar) {
        args[params + scalar.scalar()] = Scalar.of(scalar.dtype(), 1).bits();
      }
    }
    int next = params + kernel.scalars();
    for (Sink sink : kernel.sinks()) {
      args[next++] = tile(arena, ((Sink.Store) sink).dtype(), TILE);
    }
    return args;
  }

  /** A tile of small positive numbers, so that no operation is slow or undefined. */
  static long tile(Arena arena, DType dtype, int elements) {
    long address = arena.allocate((long) elements * dtype.itemSize(), 64).address();
    for (int i = 0; i < elements; i++) {
      int value = i % 7 + 1;
      long at = address + (long) i * dtype.itemSize();
      switch (dtype) {
        case FLOAT64 -> Memory.putDouble(at, value / 8.0);
        case FLOAT32 -> Memory.putFloat(at, value / 8.0f);
        case FLOAT16 -> Memory.putShort(at, HalfFloats.bits(value / 8.0f));
        case BOOL -> Memory.putByte(at, (byte) (value & 1));
        case INT8, UINT8 -> Memory.putByte(at, (byte) value);
        case INT16, UINT16 -> Memory.putShort(at, (short) value);
        case INT32, UINT32 -> Memory.putInt(at, value);
        case INT64, UINT64, COMPLEX64, COMPLEX128 -> Memory.putLong(at, value);
      }
    }
    return address;
  }
}
