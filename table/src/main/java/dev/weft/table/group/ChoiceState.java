package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.TextOrder;
import java.util.Arrays;
import java.util.List;

/** One value of each group: the smallest, largest, first or last. */
final class ChoiceState implements State {
  /** Which value it is. */
  enum Rule {
    MIN,
    MAX,
    FIRST,
    LAST
  }

  private final ColumnType type;
  private final Rule rule;

  /** Rows from which the values are, and the row of each group, -1 for none. */
  private ColumnData values;

  private int[] rows = {};

  ChoiceState(ColumnType type, Rule rule) {
    this.type = type;
    this.rule = rule;
    this.values = ColumnData.nulls(type, 0);
  }

  @Override
  public void groups(int count) {
    int known = rows.length;
    if (known < count) {
      rows = Arrays.copyOf(rows, count);
      Arrays.fill(rows, known, count, -1);
    }
  }

  @Override
  public void add(int[] ids, ColumnData column) {
    values = column;
    choose(ids, column.length());
    compact();
  }

  private void choose(int[] ids, int count) {
    switch (rule) {
      case FIRST -> {
        for (int i = 0; i < count; i++) {
          if (rows[ids[i]] < 0 && !values.isNull(i)) {
            rows[ids[i]] = i;
          }
        }
      }
      case LAST -> {
        for (int i = 0; i < count; i++) {
          if (!values.isNull(i)) {
            rows[ids[i]] = i;
          }
        }
      }
      case MIN, MAX -> extremes(ids, count);
    }
  }

  private void extremes(int[] ids, int count) {
    int sign = rule == Rule.MIN ? 1 : -1;
    if (type.equals(ColumnType.TEXT)) {
      for (int i = 0; i < count; i++) {
        int old = rows[ids[i]];
        String text = values.textAt(i);
        if (text != null
            && (old < 0
                || sign * TextOrder.compare(text, values.dictionary().get(values.codes()[old]))
                    < 0)) {
          rows[ids[i]] = i;
        }
      }
      return;
    }
    long[] keys = type.stored().isFloating() ? ordered(values.doubles(), sign) : integers(sign);
    for (int i = 0; i < count; i++) {
      int old = rows[ids[i]];
      if (!values.isNull(i) && (old < 0 || keys[i] < keys[old])) {
        rows[ids[i]] = i;
      }
    }
  }

  private long[] integers(int sign) {
    long[] all = values.longs();
    long flip = type.stored() == DType.UINT64 ? Long.MIN_VALUE : 0;
    if (sign > 0 && flip == 0) {
      return all;
    }
    long[] keys = new long[all.length];
    for (int i = 0; i < keys.length; i++) {
      long key = all[i] ^ flip;
      keys[i] = sign > 0 ? key : ~key;
    }
    return keys;
  }

  /** Longs in the order of doubles, NaN before all. */
  private static long[] ordered(double[] doubles, int sign) {
    long[] keys = new long[doubles.length];
    for (int i = 0; i < keys.length; i++) {
      double value = doubles[i];
      long bits = Double.doubleToLongBits(sign * value + 0.0);
      keys[i] = Double.isNaN(value) ? Long.MIN_VALUE : bits ^ (bits >> Long.SIZE - 1) >>> 1;
    }
    return keys;
  }

  /** Keeps only the chosen values. */
  private void compact() {
    values = values.gatherOrNull(rows, rows.length);
    for (int g = 0; g < rows.length; g++) {
      rows[g] = values.isNull(g) ? -1 : g;
    }
  }

  @Override
  public void merge(int[] map, int count, State other) {
    ChoiceState theirs = (ChoiceState) other;
    int own = values.length();
    Schema schema = Schema.of(new Field("x", type));
    values =
        Batch.concat(
                schema,
                List.of(
                    new Batch(schema, List.of(values), own),
                    new Batch(schema, List.of(theirs.values), theirs.values.length())))
            .columns()
            .getFirst();
    int[] ids = new int[own + count];
    // Rows of values are groups, here and there; groups of which nothing is known are null.
    for (int g = 0; g < own; g++) {
      ids[g] = g;
    }
    System.arraycopy(map, 0, ids, own, count);
    Arrays.fill(rows, -1);
    choose(ids, ids.length);
    compact();
  }

  @Override
  public long bytes() {
    return values.bytes() + (long) rows.length * Integer.BYTES;
  }

  @Override
  public ColumnData finish(int count) {
    int[] chosen = new int[count];
    for (int g = 0; g < count; g++) {
      chosen[g] = g < values.length() ? g : -1;
    }
    return values.gatherOrNull(chosen, count);
  }
}
