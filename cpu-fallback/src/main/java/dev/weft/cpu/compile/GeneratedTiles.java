package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.kernels.jvm.BytecodeRenderer;
import dev.weft.kernels.jvm.TileRequest;
import dev.weft.kernels.jvm.VectorSupport;
import dev.weft.kernels.jvm.tile.RenderedTile;
import dev.weft.kernels.jvm.tile.TileLoader;
import org.jspecify.annotations.Nullable;

/**
 * Tile code as JVM bytecode.
 *
 * @param vectorBits width of vectors, 0 when there are none
 * @param noVectors why there are none
 */
public record GeneratedTiles(int vectorBits, String noVectors) implements TileCompiler {
  @Override
  public Tile scalar(FusedKernel kernel, long uniformMask) {
    return load(TileRequest.scalar(kernel, uniformMask));
  }

  @Override
  public Tile vector(FusedKernel kernel, long uniformMask) {
    return load(TileRequest.vector(kernel, uniformMask, vectorBits));
  }

  @Override
  public @Nullable String refusal(FusedKernel kernel) {
    return vectorBits == 0 ? noVectors : VectorSupport.check(kernel, vectorBits).orElse(null);
  }

  private static Tile load(TileRequest request) {
    RenderedTile rendered = BytecodeRenderer.render(request);
    return new Tile(TileLoader.load(rendered), rendered.outline());
  }
}
