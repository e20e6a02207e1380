package dev.weft.table.column;

import dev.weft.core.error.UsageException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns one after the other as one. */
final class Joined {
  private static final int LONGEST = Integer.MAX_VALUE - 16;

  private Joined() {}

  /**
   * The number of rows of one partition.
   *
   * @throws UsageException when they are more than a Java array has elements
   */
  static int length(long rows) {
    if (rows > LONGEST) {
      throw new UsageException(
          "%,d rows in one partition: at most %,d fit. Keep the table in more partitions"
              .formatted(rows, LONGEST));
    }
    return (int) rows;
  }

  static ColumnData column(ColumnType type, List<ColumnData> parts, int length) {
    byte[] present = present(parts, length);
    if (type.equals(ColumnType.TEXT)) {
      return text(parts, length, present);
    }
    Object values = Gather.zeros(type.stored(), length);
    MemorySegment to = Gather.memory(values);
    long at = 0;
    for (ColumnData part : parts) {
      MemorySegment from = part.memory();
      MemorySegment.copy(from, 0, to, at, from.byteSize());
      at += from.byteSize();
    }
    return ColumnData.of(type, values, present);
  }

  private static byte @Nullable [] present(List<ColumnData> parts, int length) {
    if (parts.stream().allMatch(part -> part.present() == null)) {
      return null;
    }
    byte[] present = new byte[length];
    int at = 0;
    for (ColumnData part : parts) {
      byte[] own = part.present();
      if (own == null) {
        Arrays.fill(present, at, at + part.length(), (byte) 1);
      } else {
        System.arraycopy(own, 0, present, at, part.length());
      }
      at += part.length();
    }
    return present;
  }

  private static ColumnData text(List<ColumnData> parts, int length, byte @Nullable [] present) {
    int[] codes = new int[length];
    int at = 0;
    Dictionary first = parts.getFirst().dictionary();
    if (parts.stream().allMatch(part -> part.dictionary() == first)) {
      for (ColumnData part : parts) {
        System.arraycopy(part.codes(), 0, codes, at, part.length());
        at += part.length();
      }
      return ColumnData.text(codes, first, present);
    }
    Dictionary.Builder entries = new Dictionary.Builder();
    Dictionary last = null;
    int[] map = {};
    for (ColumnData part : parts) {
      Dictionary own = part.dictionary();
      if (own != last) {
        map = entries.codes(own);
        last = own;
      }
      for (int code : part.codes()) {
        codes[at++] = map[code];
      }
    }
    return ColumnData.text(codes, entries.build(), present);
  }

  /** The same columns of text with one dictionary. */
  static List<ColumnData> sharing(List<ColumnData> parts) {
    Dictionary first = parts.getFirst().dictionary();
    if (parts.stream().allMatch(part -> part.dictionary() == first)) {
      return parts;
    }
    Dictionary.Builder entries = new Dictionary.Builder();
    List<ColumnData> recoded = parts.stream().map(part -> part.recoded(entries)).toList();
    Dictionary all = entries.build();
    return recoded.stream().map(part -> part.withTexts(all)).toList();
  }
}
