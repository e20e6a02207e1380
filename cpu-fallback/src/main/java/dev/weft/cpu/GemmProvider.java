package dev.weft.cpu;

import dev.weft.cpu.blas.Gemm;
import dev.weft.cpu.blas.OpenBlas;
import dev.weft.cpu.blas.OpenBlasGemm;
import dev.weft.cpu.memory.BufferPool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products of floating types: OpenBLAS where it is found, else vector loops, else none. The
 * library is looked for when the first product is asked for, since loading it takes a while.
 */
final class GemmProvider {
  private final Vectors vectors;
  private final BufferPool scratch;
  private boolean resolved;
  private @Nullable Gemm gemm;
  private String description = "OpenBLAS, looked for at the first product";

  GemmProvider(Vectors vectors, BufferPool scratch) {
    this.vectors = vectors;
    this.scratch = scratch;
  }

  /** The products to use, or null when there are only plain loops. */
  synchronized @Nullable Gemm get() {
    if (!resolved) {
      resolve();
      resolved = true;
    }
    return gemm;
  }

  private void resolve() {
    switch (OpenBlas.ofProcess()) {
      case OpenBlas.Lookup.Found found -> {
        gemm = new OpenBlasGemm(found.library());
        description = gemm.describe();
      }
      case OpenBlas.Lookup.Missing missing -> {
        Function<BufferPool, Gemm> onVectors = vectors.products();
        gemm = onVectors == null ? null : onVectors.apply(scratch);
        description =
            "%s, without OpenBLAS: %s. %s"
                .formatted(
                    gemm == null ? "plain loops" : gemm.describe(),
                    missing.reason(),
                    missing.remedy());
      }
    }
  }

  /** What computes products, or that it is not known yet. */
  synchronized String describe() {
    return description;
  }
}
