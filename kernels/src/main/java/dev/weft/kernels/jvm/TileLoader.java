package dev.weft.kernels.jvm;

import dev.weft.core.error.InternalException;
import java.lang.invoke.MethodHandles;

/** Defines generated classes. Each is hidden, so that it is unloaded with its last instance. */
public final class TileLoader {
  private TileLoader() {}

  /** Defines the class and gives its only instance, which accepts any number of elements. */
  public static TileCode load(RenderedTile tile) {
    try {
      Class<?> defined =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(tile.classBytes(), tile.classData(), true)
              .lookupClass();
      TileCode loop = (TileCode) defined.getDeclaredConstructor().newInstance();
      return tile.layout().lanes() == 1 ? loop : new PaddedTile(loop, tile.layout());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InternalException("the JVM refused a generated loop:\n" + tile.outline(), e);
    }
  }
}
