package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where a computed array goes when it does not stay in memory. {@link #open} is called once when
 * the job starts, then exactly one of {@link #commit} and {@link #abort}. An {@code open} or {@code
 * commit} that throws has removed every trace itself.
 */
public interface ArrayTarget {
  /** Memory for the whole array, dense, in C order and native byte order; may be a mapped file. */
  MemorySegment open(DType dtype, Shape shape) throws IOException;

  /** The array is complete: makes it visible and durable, atomically. */
  void commit() throws IOException;

  /** The job failed or was cancelled: removes every trace. */
  void abort();
}
