package dev.weft.core.memory;

import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.Plan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which chunks of a job's results have been written on the host. No result is handed over, and no
 * target committed, before all of them are: a mistake in a plan must not become zeros in a file.
 */
public final class WrittenChunks {
  private final Map<Integer, BitSet> written = new HashMap<>();
  private final Plan plan;

  public WrittenChunks(Plan plan) {
    this.plan = plan;
    for (ArrayDef result : plan.graph().results()) {
      // What stays on devices is looked at when it is taken from them.
      if (result.storage() != ArrayDef.Storage.RESIDENT) {
        written.put(result.id(), new BitSet());
      }
    }
  }

  /** A chunk has been written whole; arrays that are no results are not counted. */
  public void add(ArrayDef array, long chunk) {
    BitSet chunks = written.get(array.id());
    if (chunks != null) {
      synchronized (chunks) {
        chunks.set(Math.toIntExact(chunk));
      }
    }
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws InternalException when a chunk of a result was never written
   */
  public void requireAll() {
    int number = 0;
    for (ArrayDef result : plan.graph().results()) {
      BitSet chunks = written.get(result.id());
      if (chunks != null) {
        synchronized (chunks) {
          requireAll(number, result, chunks);
        }
      }
      number++;
    }
  }

  private static void requireAll(int number, ArrayDef result, BitSet chunks) {
    long count = result.grid().count();
    long missing = count - chunks.cardinality();
    if (missing > 0) {
      throw new InternalException(
          "result %d, %s %s, is not complete: %,d of its %,d chunks were never written, the first of them %s; nothing was handed over"
              .formatted(
                  number,
                  result.dtype(),
                  result.shape(),
                  missing,
                  count,
                  result.grid().region(chunks.nextClearBit(0))));
    }
  }
}
