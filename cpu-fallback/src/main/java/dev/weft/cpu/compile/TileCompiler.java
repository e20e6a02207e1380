package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.kernels.jvm.tile.TileCode;
import org.jspecify.annotations.Nullable;

/** Makes tile code of kernels whose sinks are all stores. */
public interface TileCompiler {
  /** The scalar loop, fast from its first call. */
  Tile scalar(FusedKernel kernel, long uniformMask);

  /** The vector loop, slow until compiled; only when {@link #refusal} is null. */
  Tile vector(FusedKernel kernel, long uniformMask);

  /** Why there is no vector loop for {@code kernel}, or null when there is one. */
  @Nullable String refusal(FusedKernel kernel);

  /**
   * A loop ready to be called.
   *
   * @param code the loop
   * @param outline the loop for people
   */
  record Tile(TileCode code, String outline) {}
}
