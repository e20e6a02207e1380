package dev.weft.core.expr;

/**
 * Stands for elements that do not change: sources of equal identity and shape have equal elements.
 * Copies of them may be used again by it.
 */
public sealed interface Identity {
  /** What copies are remembered under. Keeps nothing alive but itself. */
  Object mark();

  /**
   * Elements in memory, the same as long as somebody refers to this object: equal to itself only.
   */
  final class OfMemory implements Identity {
    private final Object mark = new Object();

    @Override
    public Object mark() {
      return mark;
    }
  }

  /**
   * A file as it was found. Whoever writes to it makes another one of it, as far as times tell.
   *
   * @param path where it is
   * @param key tells it from other files that are or were there
   * @param modified when it was written last, in nanoseconds
   * @param size in bytes
   */
  record OfFile(String path, Object key, long modified, long size) implements Identity {
    @Override
    public Object mark() {
      return this;
    }
  }
}
