package dev.weft.table.expr;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Moments;
import dev.weft.table.text.MomentText;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Whether values are among several. */
final class Membership {
  private Membership() {}

  static ColumnData of(Node.IsIn isIn, ColumnData data) {
    byte[] is = new byte[data.length()];
    switch (data.type()) {
      case ColumnType.Text text -> {
        Dictionary texts = data.dictionary();
        Set<Object> values = new HashSet<>(isIn.values());
        values.forEach(value -> require(isIn, data, value instanceof String));
        byte[] entries = new byte[texts.size()];
        for (int i = 0; i < entries.length; i++) {
          entries[i] = values.contains(texts.get(i)) ? (byte) 1 : 0;
        }
        int[] codes = data.codes();
        for (int i = 0; i < is.length; i++) {
          is[i] = entries[codes[i]];
        }
      }
      case ColumnType.Timestamp(var zone) -> {
        Set<Long> moments = new HashSet<>();
        for (Object value : isIn.values()) {
          require(isIn, data, value instanceof Instant || value instanceof String);
          moments.add(
              value instanceof Instant moment
                  ? Moments.nanos(moment)
                  : MomentText.nanos(value.toString(), zone));
        }
        for (int i = 0; i < is.length; i++) {
          is[i] = moments.contains(data.longAt(i)) ? (byte) 1 : 0;
        }
      }
      case ColumnType.Number number -> numbers(isIn, data, is);
    }
    return ColumnData.of(ColumnType.BOOL, is, data.present());
  }

  private static void numbers(Node.IsIn isIn, ColumnData data, byte[] is) {
    boolean whole = !data.type().stored().isFloating();
    Set<Object> values = new HashSet<>();
    for (Object value : isIn.values()) {
      require(isIn, data, value instanceof Number || value instanceof Boolean);
      double real =
          value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
      if (!whole) {
        values.add(real == 0 ? 0.0 : real);
      } else if (value instanceof Long exact) {
        values.add(exact);
      } else if (real == Math.rint(real)) {
        values.add((long) real);
      }
    }
    for (int i = 0; i < is.length; i++) {
      Object value = whole ? (Object) data.longAt(i) : (Object) (data.doubleAt(i) + 0.0);
      is[i] = values.contains(value) ? (byte) 1 : 0;
    }
  }

  private static void require(Node.IsIn isIn, ColumnData data, boolean fits) {
    if (!fits) {
      throw new UsageException(
          "%s: the column is %s; give values of that type".formatted(isIn, data.type().label()));
    }
  }
}
