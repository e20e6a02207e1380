package dev.weft.kernels.jvm.tile;

import dev.weft.kernels.jvm.loop.LoopArgument;
import dev.weft.kernels.jvm.loop.TileLayout;
import java.util.List;

/**
 * A generated class that implements {@link TileCode} for whole steps of its loop.
 *
 * @param classBytes the class file
 * @param classData the functions of the op table that the class calls
 * @param layout the arguments that the class expects
 * @param arguments where these come from, in order; empty when they are the tile's own
 */
public record RenderedLoop(
    byte[] classBytes, List<Object> classData, TileLayout layout, List<LoopArgument> arguments) {
  /** Copies the lists. */
  public RenderedLoop {
    classData = List.copyOf(classData);
    arguments = List.copyOf(arguments);
  }
}
