package dev.weft.kernels.jvm;

import dev.weft.core.kernel.FusedKernel;
import java.util.Optional;

/** Says whether a kernel has a vector loop. */
public final class VectorSupport {
  private VectorSupport() {}

  /** Why the kernel has no vector loop at this width; empty when it has one. */
  public static Optional<String> check(FusedKernel kernel, int vectorBits) {
    return Optional.of("no vector loops yet");
  }
}
