package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the elements of an array come from: memory, a file, a store. Safe for many threads. */
public interface ArraySource extends AutoCloseable {
  /** Extents of the array. */
  Shape shape();

  /** Element type. */
  DType dtype();

  /** What the source is, for people: a path, or "memory". */
  String description();

  /**
   * The elements as memory in native byte order that kernels may read in place, or null when they
   * must be {@link #read}.
   */
  default @Nullable Layout memory() {
    return null;
  }

  /**
   * The chunks in which the elements are kept, if they are: reading whole ones is cheapest.
   * Automatic chunks of an array then consist of them.
   */
  default Optional<Chunks> chunks() {
    return Optional.empty();
  }

  /**
   * Whether the elements lie in chunks on devices of the session, as those of a persisted array do.
   */
  default boolean isResident() {
    return false;
  }

  /**
   * Stands for the elements as they are now, so that devices may keep copies of them from job to
   * job; null where they may change without anybody noticing.
   */
  default @Nullable Identity identity() {
    return null;
  }

  /**
   * Checks that the elements are still what they were when the source was opened, where others may
   * change them: in a file. Asked when a job begins, and when its last task has ended: then before
   * results are handed out and targets are committed. Should not read elements.
   *
   * @throws dev.weft.core.error.WeftException saying what has become of them, and what to do
   */
  default void requireIntact() {}

  /**
   * Begins a use of the elements, by a job: until it has ended, {@link #close} gives nothing back.
   *
   * @return ends the use; run once
   * @throws dev.weft.core.error.UsageException when the source is closed
   */
  default Runnable lease() {
    return () -> {};
  }

  /**
   * Copies {@code region} to {@code target}, dense, in C order and native byte order.
   *
   * @throws IOException when the elements cannot be read; jobs try again, three times at most
   */
  void read(Region region, MemorySegment target) throws IOException;

  /**
   * Gives back what the source holds, such as an open file, when the last job that reads it has
   * ended; no other job reads it any more.
   */
  @Override
  default void close() {}

  /**
   * Elements in place.
   *
   * @param memory the memory
   * @param offset byte offset of element (0, ..., 0)
   * @param strides bytes between neighbours on each axis
   */
  record Layout(MemorySegment memory, long offset, long[] strides) {
    /** Whether elements of an array of this shape and type lie without gaps, in C order. */
    public boolean isDense(Shape shape, DType dtype) {
      long[] dense = shape.strides();
      for (int axis = 0; axis < dense.length; axis++) {
        boolean matters = shape.extent(axis) > 1;
        if (matters && strides[axis] != dense[axis] * dtype.itemSize()) {
          return false;
        }
      }
      return true;
    }
  }
}
