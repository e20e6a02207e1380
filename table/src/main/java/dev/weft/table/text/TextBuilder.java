package dev.weft.table.text;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Text: each of the different texts is kept once, and becomes a String in the end. */
final class TextBuilder extends FieldBuilder {
  private static final int FIRST = 64;
  private static final int LONGEST = Integer.MAX_VALUE - 16;

  /** The bytes of all entries, one behind the other. */
  private byte[] bytes = new byte[FIRST];

  /** Where entries end in the bytes, and before them where the first begins. */
  private int[] ends = new int[FIRST];

  private int entries;

  /** By hash, which is in the upper half: the number of an entry and one; 0 where there is none. */
  private long[] slots = new long[2 * FIRST];

  private int[] codes = {};

  TextBuilder() {
    super(ColumnType.TEXT);
  }

  @Override
  void grow(int most) {
    codes = Arrays.copyOf(codes, most);
  }

  @Override
  boolean put(int row, char[] buffer, int offset, int length) {
    int hash = hash(buffer, offset, length);
    long[] all = slots;
    int mask = all.length - 1;
    int slot = hash & mask;
    for (long held = all[slot]; held != 0; held = all[slot]) {
      int entry = (int) held - 1;
      if ((int) (held >>> 32) == hash && isEntry(entry, buffer, offset, length)) {
        codes[row] = entry;
        return true;
      }
      slot = (slot + 1) & mask;
    }
    codes[row] = entries;
    return insert(slot, hash, buffer, offset, length);
  }

  private boolean isEntry(int entry, char[] buffer, int offset, int length) {
    byte[] own = bytes;
    int begin = ends[entry];
    if (ends[entry + 1] - begin != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((own[begin + i] & 0xFF) != buffer[offset + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(char[] buffer, int offset, int length) {
    int hash = length;
    int i = offset;
    int end = offset + length;
    for (; i + 4 <= end; i += 4) {
      hash =
          923_521 * hash
              + 29_791 * buffer[i]
              + 961 * buffer[i + 1]
              + 31 * buffer[i + 2]
              + buffer[i + 3];
    }
    for (; i < end; i++) {
      hash = 31 * hash + buffer[i];
    }
    hash *= 0x9E37_79B9;
    return hash ^ hash >>> 15;
  }

  private boolean insert(int slot, int hash, char[] buffer, int offset, int length) {
    int begin = ends[entries];
    if (length > LONGEST - begin) {
      throw new UsageException(
          "the different texts of a column in one partition have more than %,d bytes. Read smaller partitions, for which a compressed file must be unpacked"
              .formatted(LONGEST));
    }
    if (begin + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * begin, begin + length, LONGEST));
    }
    int all = 0;
    for (int i = 0; i < length; i++) {
      char c = buffer[offset + i];
      bytes[begin + i] = (byte) c;
      all |= c;
    }
    if (all >= 0x80 && Utf8.decoded(buffer, offset, length) == null) {
      return false;
    }
    entries++;
    if (entries == ends.length) {
      ends = Arrays.copyOf(ends, 2 * entries);
    }
    ends[entries] = begin + length;
    slots[slot] = (long) hash << Integer.SIZE | entries;
    if (2 * entries > slots.length) {
      spread();
    }
    return true;
  }

  private void spread() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long held : old) {
      if (held != 0) {
        int slot = (int) (held >>> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = held;
      }
    }
  }

  @Override
  public String wanted() {
    return "text in UTF-8";
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    if (entries == 0) {
      return ColumnData.nulls(ColumnType.TEXT, count);
    }
    String[] texts = new String[entries];
    for (int i = 0; i < entries; i++) {
      texts[i] = new String(bytes, ends[i], ends[i + 1] - ends[i], StandardCharsets.UTF_8);
    }
    return ColumnData.text(Arrays.copyOf(codes, count), Dictionary.of(Arrays.asList(texts)), there);
  }
}
