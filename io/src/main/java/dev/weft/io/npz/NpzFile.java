package dev.weft.io.npz;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.FormatException;
import dev.weft.io.SoleArray;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.npy.NpyHeader;
import dev.weft.io.npy.NpySource;
import dev.weft.io.npz.ZipEntries.Entry;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** An open npz file: arrays that are stored are mapped, deflated ones are unpacked when opened. */
final class NpzFile {
  private static final String ENDING = ".npy";
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int BLOCK = 1 << 16;

  /** Deflate packs at most so many bytes into one. */
  private static final long BEST = 1032;

  private final OpenFile file;
  private final List<Entry> entries = new ArrayList<>();

  NpzFile(OpenFile file) {
    this.file = file;
    for (Entry entry : ZipEntries.of(file)) {
      if (entry.name().endsWith(ENDING)) {
        entries.add(entry);
      }
    }
  }

  private static String name(Entry entry) {
    return entry.name().substring(0, entry.name().length() - ENDING.length());
  }

  /** The arrays, in the order of the archive. */
  List<ArrayEntry> list() {
    List<ArrayEntry> list = new ArrayList<>();
    for (Entry entry : entries) {
      String packing = entry.method() == STORED ? "" : ", deflated";
      try {
        NpyHeader header = header(entry);
        list.add(
            entry(
                entry,
                header.type().dtype().toString(),
                true,
                header.shape(),
                header.layout() + packing));
      } catch (FormatException e) {
        // What cannot be read is listed with what is known of it: opening it says why.
        list.add(entry(entry, "?", false, Shape.SCALAR, "npy" + packing));
      }
    }
    return list;
  }

  private static ArrayEntry entry(
      Entry entry, String type, boolean isReadable, Shape shape, String encoding) {
    return new ArrayEntry(
        name(entry), type, isReadable, shape, Optional.empty(), encoding, List.of(), Map.of());
  }

  /**
   * One of the arrays.
   *
   * @param wanted its name, empty for the only one
   */
  NpySource open(String wanted) {
    String name = wanted.isEmpty() ? SoleArray.of(file.path(), list()) : wanted;
    for (Entry entry : entries) {
      if (name(entry).equals(name)) {
        return open(entry);
      }
    }
    throw new UsageException(
        "read %s: it holds nothing that is called '%s', but %s. Name one of them"
            .formatted(file.path(), name, entries.stream().map(NpzFile::name).toList()));
  }

  private NpySource open(Entry entry) {
    long data = ZipEntries.data(file, entry);
    if (entry.method() == STORED) {
      if (entry.packed() != entry.size()) {
        throw damaged(entry, "is stored in %,d bytes".formatted(entry.packed()));
      }
      return NpySource.in(file, name(entry), data, entry.size());
    }
    MemorySegment bytes = file.unpacked(checkedSize(entry));
    CRC32 sum = new CRC32();
    try (Unpacking unpacking = new Unpacking(entry, data)) {
      for (long done = 0; done < entry.size(); ) {
        int block = (int) Math.min(BLOCK, entry.size() - done);
        MemorySegment next = bytes.asSlice(done, block);
        unpacking.fill(next.asByteBuffer());
        sum.update(next.asByteBuffer());
        done += block;
      }
    }
    if (sum.getValue() != entry.crc()) {
      throw damaged(entry, "has another checksum than the archive says");
    }
    return NpySource.in(file, name(entry), bytes);
  }

  private FormatException damaged(Entry entry, String what) {
    return new FormatException(
        file.name(),
        entry.header(),
        "'%s' of %,d bytes %s. Copy or write the file again"
            .formatted(entry.name(), entry.size(), what));
  }

  private long checkedSize(Entry entry) {
    if (entry.method() != DEFLATED) {
      throw new FormatException(
          file.name(),
          entry.header(),
          "'%s' is packed by method %d; what is stored or deflated is read. Save it with np.savez or np.savez_compressed"
              .formatted(entry.name(), entry.method()));
    }
    if (entry.size() / BEST > entry.packed()) {
      throw damaged(entry, "cannot be in %,d deflated ones".formatted(entry.packed()));
    }
    return entry.size();
  }

  private NpyHeader header(Entry entry) {
    long data = ZipEntries.data(file, entry);
    if (entry.method() == STORED) {
      return NpyHeader.read(
          file.name(), (target, at) -> file.read(target, data + at), entry.size());
    }
    checkedSize(entry);
    try (Unpacking unpacking = new Unpacking(entry, data)) {
      return NpyHeader.read(
          file.name(),
          (target, at) ->
              target.put(
                  unpacking
                      .upTo((int) at + target.remaining())
                      .slice((int) at, target.remaining())),
          entry.size());
    }
  }

  /** Unpacks an entry from its begin on. */
  private final class Unpacking implements AutoCloseable {
    private final Inflater inflater = new Inflater(true);
    private final Entry entry;
    private final long end;
    private long next;
    private ByteBuffer begin = ByteBuffer.allocate(0);

    Unpacking(Entry entry, long data) {
      this.entry = entry;
      this.next = data;
      this.end = data + entry.packed();
    }

    /** Fills the buffer with the bytes that follow. */
    void fill(ByteBuffer target) {
      try {
        while (target.hasRemaining()) {
          if (inflater.inflate(target) == 0) {
            if (inflater.finished() || next == end && inflater.needsInput()) {
              throw damaged(entry, "ends too early");
            }
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, end - next));
            file.read(block, next);
            next += block.limit();
            inflater.setInput(block.flip());
          }
        }
      } catch (DataFormatException e) {
        throw damaged(entry, "is no deflated data: " + e.getMessage());
      }
    }

    /** The first bytes, so many, which are kept. */
    ByteBuffer upTo(int length) {
      if (length > begin.limit()) {
        ByteBuffer longer = ByteBuffer.allocate(length).put(begin.rewind());
        fill(longer);
        begin = longer.flip();
      }
      return begin;
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
