package dev.weft.table.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.text.MomentText;
import dev.weft.table.text.ValueText;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conversions from and to text and timestamps; those between numbers are of arrays. */
final class Casts {
  private Casts() {}

  static ColumnData of(ColumnData data, ColumnType to) {
    if (data.type().equals(to)) {
      return data;
    }
    return switch (to) {
      case ColumnType.Text text -> text(data);
      case ColumnType.Timestamp timestamp -> timestamp(data, timestamp);
      case ColumnType.Number number ->
          data.type().equals(ColumnType.TEXT) ? parsed(data, number) : fromMoments(data, number);
    };
  }

  private static ColumnData fromMoments(ColumnData data, ColumnType.Number to) {
    if (to.dtype() != DType.INT64) {
      throw new UsageException(
          "cast of %s to %s: timestamps are nanoseconds in int64. Cast to int64 first"
              .formatted(data.type().label(), to.label()));
    }
    return data.as(to);
  }

  private static ColumnData timestamp(ColumnData data, ColumnType.Timestamp to) {
    if (data.type().equals(ColumnType.TEXT)) {
      Dictionary texts = data.dictionary();
      long[] known = new long[texts.size()];
      boolean[] read = new boolean[known.length];
      long[] nanos = new long[data.length()];
      for (int i = 0; i < nanos.length; i++) {
        if (!data.isNull(i)) {
          int code = data.codes()[i];
          if (!read[code]) {
            known[code] = MomentText.nanos(texts.get(code), to.zone());
            read[code] = true;
          }
          nanos[i] = known[code];
        }
      }
      return ColumnData.of(to, nanos, data.present());
    }
    if (data.type() instanceof ColumnType.Timestamp || data.type().stored() == DType.INT64) {
      // The same moment on another clock.
      return data.as(to);
    }
    throw new UsageException(
        "cast of %s to %s: numbers become timestamps from int64, as nanoseconds from 1970. Cast to int64 first"
            .formatted(data.type().label(), to.label()));
  }

  private static ColumnData text(ColumnData data) {
    Dictionary.Builder entries = new Dictionary.Builder();
    int[] codes = new int[data.length()];
    boolean any = false;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codes.length; i++) {
      if (!data.isNull(i)) {
        text.setLength(0);
        ValueText.append(data, i, text);
        codes[i] = entries.code(text.toString());
        any = true;
      }
    }
    return any || codes.length == 0
        ? ColumnData.text(codes, entries.build(), data.present())
        : ColumnData.nulls(ColumnType.TEXT, codes.length);
  }

  private static ColumnData parsed(ColumnData data, ColumnType.Number to) {
    ColumnBuilder numbers = ColumnBuilder.of(to);
    Dictionary texts = data.dictionary();
    @Nullable Object[] known = new Object[texts.size()];
    for (int i = 0; i < data.length(); i++) {
      if (data.isNull(i)) {
        numbers.addNull();
        continue;
      }
      int code = data.codes()[i];
      Object value = known[code];
      if (value == null) {
        value = number(texts.get(code), to);
        known[code] = value;
      }
      numbers.tryAdd(value);
    }
    return numbers.build();
  }

  private static Object number(String text, ColumnType.Number to) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (to.dtype() == DType.BOOL && (word.equals("true") || word.equals("false"))) {
        return word.equals("true");
      }
      if (to.dtype().isFloating()) {
        return switch (word) {
          case "nan" -> Double.NaN;
          case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
          case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(word);
        };
      }
      if (to.dtype().isInteger()) {
        Object whole =
            to.dtype() == DType.UINT64 ? (Object) new BigInteger(word) : Long.valueOf(word);
        if (ColumnBuilder.of(to).tryAdd(whole)) {
          return whole;
        }
      }
    } catch (NumberFormatException e) {
      throw refused(text, to, e);
    }
    throw refused(text, to, null);
  }

  private static UsageException refused(
      String text, ColumnType to, @Nullable NumberFormatException cause) {
    return new UsageException(
        "cast of '%s' to %s: it is no such number. Replace it first, or leave such rows out with filter"
            .formatted(text, to.label()),
        cause);
  }
}
