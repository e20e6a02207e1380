package dev.weft.io.npz;

import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a zip archive (APPNOTE 6.3, sections 4.3.6 to 4.5.3), with the places of the
 * entries, which the JDK's does not tell: what is stored is mapped where it lies. Nothing in the
 * archive is trusted: all places and sizes are checked against the file.
 */
final class ZipEntries {
  private static final int END = 0x0605_4b50;
  private static final int END_64 = 0x0606_4b50;
  private static final int LOCATOR_64 = 0x0706_4b50;
  private static final int CENTRAL = 0x0201_4b50;
  private static final int LOCAL = 0x0403_4b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_BYTES = 20;
  private static final int END_64_BYTES = 56;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int EXTRA_64 = 1;
  private static final long IN_EXTRA = 0xFFFF_FFFFL;
  private static final int ENCRYPTED = 1;

  /** Longer directories are refused; a million arrays take less. */
  private static final long LONGEST = 1 << 27;

  /**
   * One file of the archive.
   *
   * @param method 0 for stored, 8 for deflated
   * @param packed its bytes in the archive
   * @param size its bytes
   * @param header where its own header lies
   */
  record Entry(String name, int method, long crc, long packed, long size, long header) {}

  private final OpenFile file;

  private ZipEntries(OpenFile file) {
    this.file = file;
  }

  /**
   * The entries of an archive, in its order.
   *
   * @throws FormatException when it is damaged, or encrypted
   */
  static List<Entry> of(OpenFile file) {
    return new ZipEntries(file).all();
  }

  /** Where the bytes of an entry begin; they are known to lie in the file. */
  static long data(OpenFile file, Entry entry) {
    ZipEntries entries = new ZipEntries(file);
    ByteBuffer local = entries.at(entry.header, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL) {
      throw entries.damaged(entry.header, "there is no header of '" + entry.name + "'");
    }
    long begin = entry.header + LOCAL_BYTES + u16(local, 26) + u16(local, 28);
    if (entry.packed > file.size() - begin) {
      throw entries.damaged(
          begin,
          "'%s' has %,d bytes, and the file has %,d left"
              .formatted(entry.name, entry.packed, file.size() - begin));
    }
    return begin;
  }

  private FormatException damaged(long offset, String what) {
    return new FormatException(file.name(), offset, what + ". Copy or write the file again");
  }

  private ByteBuffer at(long offset, int bytes) {
    if (offset < 0 || bytes > file.size() - offset) {
      throw damaged(offset, "the zip archive breaks off");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.read(buffer, offset);
    return buffer;
  }

  private static int u16(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xFFFF;
  }

  private static long u32(ByteBuffer buffer, int at) {
    return buffer.getInt(at) & IN_EXTRA;
  }

  private List<Entry> all() {
    long tail = Math.min(file.size(), END_BYTES + LONGEST_COMMENT);
    ByteBuffer end = at(file.size() - tail, (int) tail);
    int found = (int) tail - END_BYTES;
    while (found >= 0 && end.getInt(found) != END) {
      found--;
    }
    if (found < 0) {
      throw damaged(file.size(), "the zip archive has no directory at its end");
    }
    long count = u16(end, found + 10);
    long bytes = u32(end, found + 12);
    long offset = u32(end, found + 16);
    long place = file.size() - tail + found;
    if (count == 0xFFFF || bytes == IN_EXTRA || offset == IN_EXTRA) {
      ByteBuffer locator = at(place - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR_64) {
        ByteBuffer large = at(locator.getLong(8), END_64_BYTES);
        if (large.getInt(0) != END_64) {
          throw damaged(locator.getLong(8), "there is no end of the directory");
        }
        count = large.getLong(32);
        bytes = large.getLong(40);
        offset = large.getLong(48);
      }
    }
    if (offset < 0 || bytes < 0 || offset > file.size() || bytes > file.size() - offset) {
      throw damaged(
          place, "its directory of %,d bytes at %,d is not in it".formatted(bytes, offset));
    }
    if (bytes > LONGEST) {
      throw damaged(
          place, "its directory of %,d bytes is beyond the limit of %,d".formatted(bytes, LONGEST));
    }
    return entries(at(offset, (int) bytes), offset, count);
  }

  private List<Entry> entries(ByteBuffer directory, long offset, long count) {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    for (long i = 0; i < count; i++) {
      if (directory.limit() - at < CENTRAL_BYTES || directory.getInt(at) != CENTRAL) {
        throw damaged(offset + at, "entry %,d of %,d is missing".formatted(i + 1, count));
      }
      int nameBytes = u16(directory, at + 28);
      int extraBytes = u16(directory, at + 30);
      int next = at + CENTRAL_BYTES + nameBytes + extraBytes + u16(directory, at + 32);
      if (next > directory.limit()) {
        throw damaged(offset + at, "entry %,d of %,d breaks off".formatted(i + 1, count));
      }
      byte[] name = new byte[nameBytes];
      directory.get(at + CENTRAL_BYTES, name);
      String text = new String(name, StandardCharsets.UTF_8);
      if ((u16(directory, at + 8) & ENCRYPTED) != 0) {
        throw new FormatException(
            file.name(), offset + at, "'" + text + "' is encrypted. Unpack it first");
      }
      entries.add(entry(directory, at, at + CENTRAL_BYTES + nameBytes, extraBytes, text, offset));
      at = next;
    }
    return entries;
  }

  /** Sizes of 2^32 and more stand in an extra field, in this order, those that need it. */
  private Entry entry(
      ByteBuffer directory, int at, int extra, int extraBytes, String name, long offset) {
    long size = u32(directory, at + 24);
    long packed = u32(directory, at + 20);
    long header = u32(directory, at + 42);
    for (int e = extra; e + 4 <= extra + extraBytes; e += 4 + u16(directory, e + 2)) {
      if (u16(directory, e) == EXTRA_64) {
        int end = Math.min(e + 4 + u16(directory, e + 2), extra + extraBytes);
        int next = e + 4;
        if (size == IN_EXTRA && next + Long.BYTES <= end) {
          size = directory.getLong(next);
          next += Long.BYTES;
        }
        if (packed == IN_EXTRA && next + Long.BYTES <= end) {
          packed = directory.getLong(next);
          next += Long.BYTES;
        }
        if (header == IN_EXTRA && next + Long.BYTES <= end) {
          header = directory.getLong(next);
        }
        break;
      }
    }
    if (size < 0 || packed < 0 || header < 0 || header > file.size() || packed > file.size()) {
      throw damaged(
          offset + at, "'%s' says that it has %,d bytes at %,d".formatted(name, packed, header));
    }
    return new Entry(name, u16(directory, at + 10), u32(directory, at + 16), packed, size, header);
  }
}
