package dev.weft.core.file;

import dev.weft.core.expr.ArraySource;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a session has opened. They are closed with it; those of arrays that are forgotten
 * earlier close themselves.
 */
public final class LoadedFiles {
  private static final int FEW = 16;

  private final List<WeakReference<ArraySource>> open = new ArrayList<>();
  private int sweepAt = FEW;

  /** Opens a file of any format that is installed. */
  public ArraySource open(Path file) {
    ArraySource source = FileAccess.installed().source(file);
    synchronized (open) {
      if (open.size() >= sweepAt) {
        open.removeIf(reference -> reference.get() == null);
        sweepAt = Math.max(FEW, 2 * open.size());
      }
      open.add(new WeakReference<>(source));
    }
    return source;
  }

  /** Closes all files that are still used. */
  public void close() {
    synchronized (open) {
      for (WeakReference<ArraySource> reference : open) {
        ArraySource source = reference.get();
        if (source != null) {
          source.close();
        }
      }
      open.clear();
    }
  }
}
