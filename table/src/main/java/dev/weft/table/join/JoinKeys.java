package dev.weft.table.join;

import dev.weft.table.column.Batch;
import dev.weft.table.group.LongIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a right table by their keys, which have numbers from 0. Missing keys have none; of no
 * keys all rows have the number 0.
 */
final class JoinKeys {
  private final List<KeyCodes> codes = new ArrayList<>();

  /** Pairs of codes of several keys; one for each key after the first. */
  private final List<LongIds> pairs = new ArrayList<>();

  private final int[] begins;
  private final int[] rows;

  JoinKeys(Batch right, List<String> names) {
    int[] keys = build(right, names);
    int count = 0;
    for (int key : keys) {
      count = Math.max(count, key + 1);
    }
    begins = new int[count + 1];
    for (int key : keys) {
      if (key >= 0) {
        begins[key + 1]++;
      }
    }
    for (int k = 0; k < count; k++) {
      begins[k + 1] += begins[k];
    }
    int[] next = Arrays.copyOf(begins, count);
    rows = new int[begins[count]];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] >= 0) {
        rows[next[keys[i]]++] = i;
      }
    }
  }

  private int[] build(Batch right, List<String> names) {
    int[] keys = new int[right.rows()];
    for (int k = 0; k < names.size(); k++) {
      KeyCodes of = new KeyCodes();
      int[] own = of.build(right.column(names.get(k)));
      codes.add(of);
      if (k == 0) {
        keys = own;
        continue;
      }
      LongIds both = new LongIds();
      pairs.add(both);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = keys[i] < 0 || own[i] < 0 ? -1 : both.add(pair(keys[i], own[i]));
      }
    }
    return keys;
  }

  private static long pair(int a, int b) {
    return (long) a << Integer.SIZE | b;
  }

  /** Where the rows of each key begin among {@link #rows}; one more for the end. */
  int[] begins() {
    return begins;
  }

  /** The rows by key, and in their order. */
  int[] rows() {
    return rows;
  }

  /** The keys of the rows of a left table, -1 where the right table has none. */
  int[] find(Batch left, List<String> names) {
    int[] keys = new int[left.rows()];
    if (rows.length == 0) {
      Arrays.fill(keys, -1);
      return keys;
    }
    for (int k = 0; k < names.size(); k++) {
      int[] own = codes.get(k).find(left.column(names.get(k)));
      if (k == 0) {
        keys = own;
        continue;
      }
      LongIds both = pairs.get(k - 1);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = keys[i] < 0 || own[i] < 0 ? -1 : both.find(pair(keys[i], own[i]));
      }
    }
    return keys;
  }
}
