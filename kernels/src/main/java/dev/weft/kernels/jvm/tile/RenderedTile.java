package dev.weft.kernels.jvm.tile;

import java.util.List;

/**
 * The generated form of a kernel's body, to be defined by {@link TileLoader}.
 *
 * @param loops usually one; several where the body is too large for one method
 * @param scratchValues values per element that the loops pass on to each other
 * @param outline the generated loops for people, one line a value
 */
public record RenderedTile(List<RenderedLoop> loops, int scratchValues, String outline) {
  /** Copies the list. */
  public RenderedTile {
    loops = List.copyOf(loops);
  }
}
