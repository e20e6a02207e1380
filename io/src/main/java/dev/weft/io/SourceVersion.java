package dev.weft.io;

import dev.weft.core.expr.ArraySource;

/**
 * What the files of a source were when it was opened, by which it is noticed later that one has
 * changed: their sizes, times and keys. Outlives the source. Safe for many threads.
 */
public interface SourceVersion {
  /** That of a source of which nothing is known. */
  SourceVersion UNKNOWN = () -> {};

  /**
   * Checks that all files are as they were.
   *
   * @throws dev.weft.core.error.DeviceException naming the file, what has changed, and the remedy
   */
  void requireSame();

  /**
   * The same of files that are held open: one that has left its place, for another or for none, is
   * still what it was.
   */
  default void requireSameWhileOpen() {
    requireSame();
  }

  /** Whether it covers more files the more of the source is read. */
  default boolean isGrowing() {
    return false;
  }

  /** That of a source. */
  static SourceVersion of(ArraySource source) {
    return source instanceof VersionedSource versioned ? versioned.version() : UNKNOWN;
  }
}
