package dev.weft.core.schedule;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.plan.Plan;
import java.util.List;

/** Counts how many reads of each chunk are still to come. */
final class Readers {
  private final List<ArrayDef> arrays;
  private final int[][] left;

  Readers(Plan plan) {
    this.arrays = plan.graph().arrays();
    this.left = new int[arrays.size()][];
    for (ArrayDef array : arrays) {
      boolean counted = array.storage() == Storage.CHUNKED || array.storage() == Storage.PARTIALS;
      left[array.id()] = new int[counted ? Math.toIntExact(array.grid().count()) : 0];
    }
    for (int stage = 0; stage < plan.graph().stages().size(); stage++) {
      if (plan.isIndependent(stage)) {
        continue;
      }
      for (long chunk = 0; chunk < plan.chunks(stage); chunk++) {
        plan.dependencies(
            stage,
            chunk,
            (array, read, producer, task) -> {
              if (read >= 0 && left[array].length > 0) {
                left[array][(int) read]++;
              }
            });
      }
    }
  }

  /** One read is over; true when it was the last. */
  boolean oneLess(int array, long chunk) {
    return left[array].length > 0 && --left[array][(int) chunk] == 0;
  }

  /** Bytes of one chunk of the array. */
  long bytes(int array, long chunk) {
    return arrays.get(array).chunkBytes(chunk);
  }
}
