package dev.weft.core.schedule;

import java.util.Arrays;
import java.util.function.IntFunction;

/** One list of numbers for each of 0, 1, ..., all in one array. */
final class IntLists {
  private final int[] starts;
  private final int[] values;

  private IntLists(int[] starts, int[] values) {
    this.starts = starts;
    this.values = values;
  }

  static IntLists of(int count, IntFunction<int[]> lists) {
    int[] starts = new int[count + 1];
    int[] values = new int[Math.max(16, count)];
    for (int i = 0; i < count; i++) {
      int[] list = lists.apply(i);
      int end = Math.addExact(starts[i], list.length);
      if (end > values.length) {
        values = Arrays.copyOf(values, Math.max(end, values.length + values.length / 2));
      }
      System.arraycopy(list, 0, values, starts[i], list.length);
      starts[i + 1] = end;
    }
    return new IntLists(starts, Arrays.copyOf(values, starts[count]));
  }

  /** For each value below {@code count}, the numbers of the lists that hold it, ascending. */
  IntLists inverse(int count) {
    int[] inverted = new int[count + 1];
    for (int value : values) {
      inverted[value + 1]++;
    }
    for (int i = 0; i < count; i++) {
      inverted[i + 1] += inverted[i];
    }
    int[] next = inverted.clone();
    int[] holders = new int[values.length];
    for (int list = 0; list + 1 < starts.length; list++) {
      for (int i = starts[list]; i < starts[list + 1]; i++) {
        holders[next[values[i]]++] = list;
      }
    }
    return new IntLists(inverted, holders);
  }

  /** Where list {@code i} begins. */
  int start(int i) {
    return starts[i];
  }

  /** Where list {@code i} ends. */
  int end(int i) {
    return starts[i + 1];
  }

  int size(int i) {
    return starts[i + 1] - starts[i];
  }

  /** The value at a place between start and end. */
  int at(int index) {
    return values[index];
  }
}
