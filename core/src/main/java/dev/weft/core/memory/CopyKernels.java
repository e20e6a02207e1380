package dev.weft.core.memory;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import java.util.List;

/**
 * Kernels that copy elements and nothing else, one for each size: as integers, so that no bit of a
 * NaN can change.
 */
public final class CopyKernels {
  private static final FusedKernel BYTES = kernel(DType.INT8);
  private static final FusedKernel SHORTS = kernel(DType.INT16);
  private static final FusedKernel INTS = kernel(DType.INT32);
  private static final FusedKernel LONGS = kernel(DType.INT64);

  private CopyKernels() {}

  /** The kernel for elements of so many bytes. */
  public static FusedKernel of(int itemSize) {
    return switch (itemSize) {
      case 1 -> BYTES;
      case 2 -> SHORTS;
      case 4 -> INTS;
      case 8 -> LONGS;
      default ->
          throw new InternalException("no kernel copies elements of %d bytes".formatted(itemSize));
    };
  }

  private static FusedKernel kernel(DType dtype) {
    return new FusedKernel(
        List.of(new Param.Buffer(dtype)),
        0,
        List.of(new SsaValue.Load(0, dtype)),
        List.of(new Sink.Store(0, dtype)));
  }
}
