package dev.weft.kernels.jvm;

import java.util.List;

/**
 * A generated class that implements {@link TileCode}, to be defined by {@link TileLoader}.
 *
 * @param classBytes the class file
 * @param classData the functions of the op table that the class calls
 * @param layout the arguments that the class expects
 * @param outline the generated loop for people, one line a value
 */
public record RenderedTile(
    byte[] classBytes, List<Object> classData, TileLayout layout, String outline) {
  /** Copies the list. */
  public RenderedTile {
    classData = List.copyOf(classData);
  }
}
