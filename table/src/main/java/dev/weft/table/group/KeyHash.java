package dev.weft.table.group;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import java.util.List;

/** Pieces of a table by its keys: equal keys are in the same piece, also of other tables. */
public final class KeyHash {
  private KeyHash() {}

  /** The piece of each row. */
  public static int[] pieces(List<ColumnData> keys, int rows, int pieces) {
    long[] hashes = new long[rows];
    for (ColumnData key : keys) {
      add(hashes, key);
    }
    int[] of = new int[rows];
    for (int i = 0; i < rows; i++) {
      of[i] = (int) Math.floorMod(SplitMix64.mix(hashes[i]), (long) pieces);
    }
    return of;
  }

  private static void add(long[] hashes, ColumnData key) {
    if (key.type().equals(ColumnType.TEXT)) {
      Dictionary texts = key.dictionary();
      long[] of = new long[texts.size()];
      for (int i = 0; i < of.length; i++) {
        of[i] = texts.get(i).hashCode();
      }
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = SplitMix64.mix(hashes[i]) + (key.isNull(i) ? 0 : of[key.codes()[i]]);
      }
      return;
    }
    long[] values = key.keys();
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = SplitMix64.mix(hashes[i]) + (key.isNull(i) ? 0 : values[i]);
    }
  }
}
