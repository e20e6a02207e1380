package dev.weft.spark;

import dev.weft.core.SlicedJob;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which slices of a stage read which chunks of earlier stages. */
final class StageReaders {
  private static final int[] NONE = {};

  private final Map<Key, int[]> slices = new HashMap<>();
  private final Set<Integer> arrays = new TreeSet<>();

  /** A chunk of an array. */
  private record Key(int array, long chunk) {}

  /** The readers of a stage that is cut into so many slices. */
  StageReaders(SlicedJob job, int stage, int count) {
    Set<Integer> own = new TreeSet<>();
    for (int slice = 0; slice < count; slice++) {
      int reader = slice;
      for (long task : job.slices(stage).tasks(slice, count)) {
        job.writes(stage, task, (array, chunk) -> own.add(array));
        job.reads(stage, task, (array, chunk) -> add(new Key(array, chunk), reader));
      }
    }
    // What tasks of the stage have left for each other is in their slice.
    slices.keySet().removeIf(key -> own.contains(key.array));
    slices.keySet().forEach(key -> arrays.add(key.array));
  }

  private void add(Key key, int slice) {
    int[] known = slices.getOrDefault(key, NONE);
    if (known.length == 0 || known[known.length - 1] != slice) {
      int[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = slice;
      slices.put(key, more);
    }
  }

  /** The arrays that are read. */
  Set<Integer> arrays() {
    return arrays;
  }

  /** The slices that read a chunk, each once. */
  int[] of(int array, long chunk) {
    return slices.getOrDefault(new Key(array, chunk), NONE);
  }

  /**
   * Whether each slice reads only what the slice of the same number of another stage leaves, which
   * is cut into so many: then nothing need be sent.
   */
  boolean isLocal(SlicedJob job, int from, int count) {
    boolean[] local = {true};
    for (int slice = 0; slice < count && local[0]; slice++) {
      int[] only = {slice};
      for (long task : job.slices(from).tasks(slice, count)) {
        job.writes(
            from,
            task,
            (array, chunk) -> {
              int[] readers = of(array, chunk);
              local[0] &= readers.length == 0 || Arrays.equals(readers, only);
            });
      }
    }
    return local[0];
  }
}
