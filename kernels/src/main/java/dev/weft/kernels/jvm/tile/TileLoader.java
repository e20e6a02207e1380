package dev.weft.kernels.jvm.tile;

import dev.weft.core.error.InternalException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** Defines generated classes. Each is hidden, so that it is unloaded with its last instance. */
public final class TileLoader {
  private TileLoader() {}

  /** Defines the classes; the result accepts any number of elements. */
  public static TileCode load(RenderedTile tile) {
    try {
      List<TileCode> loops = new ArrayList<>();
      for (RenderedLoop loop : tile.loops()) {
        loops.add(load(loop));
      }
      return loops.size() == 1 ? loops.getFirst() : new SplitTile(loops, tile);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InternalException("the JVM refused a generated loop:\n" + tile.outline(), e);
    }
  }

  private static TileCode load(RenderedLoop loop) throws ReflectiveOperationException {
    Class<?> defined =
        MethodHandles.lookup()
            .defineHiddenClassWithClassData(loop.classBytes(), loop.classData(), true)
            .lookupClass();
    TileCode code = (TileCode) defined.getDeclaredConstructor().newInstance();
    return loop.layout().lanes() == 1 ? code : new PaddedTile(code, loop.layout());
  }
}
