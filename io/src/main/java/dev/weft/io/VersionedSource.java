package dev.weft.io;

import dev.weft.core.expr.ArraySource;

/** A source whose files are looked at when it is opened, and again when jobs begin and end. */
public interface VersionedSource extends ArraySource {
  /** What its files were when it was opened. */
  SourceVersion version();

  @Override
  default void requireIntact() {
    version().requireSameWhileOpen();
  }
}
