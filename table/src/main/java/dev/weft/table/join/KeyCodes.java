package dev.weft.table.join;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.group.LongIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers of the values of a key of the right table, found for values of the left. */
final class KeyCodes {
  /** Tables that are looked up by number are at most so long. */
  private static final long LONGEST = 1L << 26;

  private static final int ABOVE = 8;

  private final Map<String, Integer> texts = new HashMap<>();
  private final LongIds numbers = new LongIds();

  /** Where numbers are near each other: the code of each, from the least on. */
  private int[] table = {};

  private long least;

  /** The codes of the values of this column, -1 where they are missing. */
  int[] build(ColumnData column) {
    int[] codes = new int[column.length()];
    if (column.type().equals(ColumnType.TEXT)) {
      Dictionary own = column.dictionary();
      int[] map = new int[own.size()];
      Arrays.fill(map, -1);
      // Texts that are in no row have no code: they are no partners.
      for (int i = 0; i < codes.length; i++) {
        if (column.isNull(i)) {
          codes[i] = -1;
          continue;
        }
        int entry = column.codes()[i];
        if (map[entry] < 0) {
          map[entry] = texts.computeIfAbsent(own.get(entry), text -> texts.size());
        }
        codes[i] = map[entry];
      }
      return codes;
    }
    long[] keys = column.keys();
    if (!column.type().stored().isFloating() && isDense(column, keys)) {
      int count = 0;
      for (int i = 0; i < codes.length; i++) {
        if (column.isNull(i)) {
          codes[i] = -1;
          continue;
        }
        int at = (int) (keys[i] - least);
        if (table[at] == 0) {
          table[at] = ++count;
        }
        codes[i] = table[at] - 1;
      }
      return codes;
    }
    for (int i = 0; i < codes.length; i++) {
      codes[i] = column.isNull(i) ? -1 : numbers.add(keys[i]);
    }
    return codes;
  }

  private boolean isDense(ColumnData column, long[] keys) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < keys.length; i++) {
      if (!column.isNull(i)) {
        low = Math.min(low, keys[i]);
        high = Math.max(high, keys[i]);
      }
    }
    long range = high - low;
    if (high < low || range < 0 || range >= Math.min(LONGEST, ABOVE * (keys.length + 64L))) {
      return false;
    }
    least = low;
    table = new int[(int) range + 1];
    return true;
  }

  /** The codes of values of the left table, -1 where the right has none. */
  int[] find(ColumnData column) {
    int[] codes = new int[column.length()];
    if (column.type().equals(ColumnType.TEXT)) {
      Dictionary own = column.dictionary();
      int[] map = new int[own.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = texts.getOrDefault(own.get(i), -1);
      }
      for (int i = 0; i < codes.length; i++) {
        codes[i] = column.isNull(i) ? -1 : map[column.codes()[i]];
      }
      return codes;
    }
    long[] keys = column.keys();
    byte[] present = column.present();
    boolean dense = table.length > 0;
    for (int i = 0; i < codes.length; i++) {
      if (present != null && present[i] == 0) {
        codes[i] = -1;
      } else if (dense) {
        long at = keys[i] - least;
        codes[i] = at >= 0 && at < table.length ? table[(int) at] - 1 : -1;
      } else {
        codes[i] = numbers.find(keys[i]);
      }
    }
    return codes;
  }
}
