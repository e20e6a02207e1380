package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a computed array goes when it does not stay in memory. {@link #open} is called once when
 * the job starts, then exactly one of {@link #commit} and {@link #abort}. An {@code open} or {@code
 * commit} that throws has removed every trace itself.
 *
 * <p>A target offers memory for the whole array, in which elements are then put in place, or it
 * {@linkplain #takesRegions takes regions}: those are brought to {@link #write} as soon as they are
 * computed, and the array is never whole in memory.
 */
public interface ArrayTarget {
  /**
   * Whether elements are brought to {@link #write}; otherwise {@link #open} gives memory for all of
   * them. Always the same answer.
   */
  default boolean takesRegions() {
    return false;
  }

  /**
   * The chunks of a target that takes regions and keeps its elements in chunks. Every region that
   * is written then covers whole ones, one or more; without an answer regions are the chunks of the
   * array. Asked before {@link #open}.
   */
  default Optional<Chunks> chunks(DType dtype, Shape shape) {
    return Optional.empty();
  }

  /**
   * The same of a target whose chunks may follow those of the array, which are then written without
   * being cut anew.
   *
   * @param array those in which the array is computed
   */
  default Optional<Chunks> chunks(DType dtype, Chunks array) {
    return chunks(dtype, array.shape());
  }

  /**
   * Begins.
   *
   * @return memory for the whole array, dense, in C order and native byte order; may be a mapped
   *     file. Null where the target takes regions.
   */
  @Nullable MemorySegment open(DType dtype, Shape shape) throws IOException;

  /**
   * Whether an earlier job has brought all of a region, which then need not be computed or brought
   * again. Asked between {@link #open} and the end, of the regions in which elements are brought.
   */
  default boolean has(Region region) {
    return false;
  }

  /**
   * Takes a part of the array. Several threads bring different parts at the same time, in any
   * order; together they are the array. After a failure no more are brought but those that are on
   * their way, and nothing is any more when {@link #commit} or {@link #abort} is called. A part
   * that an {@link IOException} has hindered is brought again, three times at most.
   *
   * @param elements dense, in C order and native byte order; to be read during the call only
   */
  default void write(Region region, MemorySegment elements) throws IOException {
    throw new UnsupportedOperationException(
        getClass().getName() + " says that it takes regions, but has no write method");
  }

  /** The array is complete: makes it visible and durable, atomically. */
  void commit() throws IOException;

  /**
   * The job failed or was cancelled: removes every trace, but for what a later job will find it
   * {@linkplain #has has}.
   */
  void abort();
}
