package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import java.util.List;

/** Library routines: hand-written texts with the element type filled in. */
final class LibraryText {
  private LibraryText() {}

  static CudaKernel render(LibraryKernel kernel) {
    String name = kernel.name();
    EntryPoint entryPoint =
        new EntryPoint(name + "_" + suffix(kernel.routine()), kernel.routine() == Routine.MATMUL);
    boolean product = kernel.routine() == Routine.CUMPROD;
    String routine =
        filled(file(kernel.routine()), name, kernel.dtype())
            .replace("NEUTRAL", product ? "1" : kernel.dtype().isFloating() ? "-0.0" : "0")
            .replace("OPERATOR", product ? "*" : "+");
    String text =
        CudaResource.text("values.cuh")
            + "\n%s%s =====\n\n".formatted(CudaRenderer.OWN_PART, name)
            + routine;
    return new CudaKernel(kernel, name, text, List.of(entryPoint));
  }

  /** A resource for kernels called {@code name} over elements of {@code dtype}. */
  static String filled(String file, String name, DType dtype) {
    return CudaResource.text(file)
        .replace("KERNEL", name)
        .replace("ELEMENT", CudaType.of(dtype))
        .replace("STORED", CudaType.stored(dtype))
        .replace("WIDE", CudaType.wide(dtype))
        // Where integers wrap around.
        .replace("EXACT", dtype.isFloating() ? "double" : "unsigned long long");
  }

  static String suffix(Routine routine) {
    return switch (routine) {
      case MATMUL -> "tiles";
      case GATHER -> "elements";
      case CUMSUM, CUMPROD -> "lines";
    };
  }

  private static String file(Routine routine) {
    return switch (routine) {
      case MATMUL -> "matmul.cu";
      case GATHER -> "gather.cu";
      case CUMSUM, CUMPROD -> "scan.cu";
    };
  }
}
