package dev.weft.io.npz;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.MappedTarget;
import dev.weft.io.npy.NpyHeader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * What stands around the elements in an archive of one stored array: the headers of the archive and
 * of npy before them, padded so that elements are 64-byte aligned, and the directory behind them.
 * Sizes stand in 64 bits whatever they are, so that the headers have one length.
 */
final class NpzFrame implements MappedTarget.Header {
  private static final int LOCAL = 0x0403_4b50;
  private static final int CENTRAL = 0x0201_4b50;
  private static final int END = 0x0605_4b50;
  private static final int END_64 = 0x0606_4b50;
  private static final int LOCATOR_64 = 0x0706_4b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22 + 56 + 20;
  private static final short VERSION = 45;
  private static final short UTF_8 = 1 << 11;

  /** 1 January 1980, the first day that archives know: the same array gives the same bytes. */
  private static final short DAY = 1 << 5 | 1;

  private static final short EXTRA_64 = 1;

  /** A field of zeros that others skip, as the zipalign tool makes it. */
  private static final short PADDING = (short) 0xD935;

  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 1 << 20;

  private final byte[] name;

  NpzFrame(Path file, String inside) {
    this.name = (inside + ".npy").getBytes(StandardCharsets.UTF_8);
    if (name.length > 0xFFF0 || inside.startsWith("/") || inside.contains("..")) {
      throw new UsageException(
          "write %s#%s: an array in an archive cannot have this name. Use a shorter name without '..' and without a '/' at its begin"
              .formatted(file, inside));
    }
  }

  @Override
  public byte[] of(DType dtype, Shape shape) {
    byte[] npy = NpyHeader.write(dtype, shape);
    int fields = 4 + 2 * Long.BYTES + 4;
    int padding = -(LOCAL_BYTES + name.length + fields + npy.length) & ALIGNMENT - 1;
    ByteBuffer header = buffer(LOCAL_BYTES + name.length + fields + padding + npy.length);
    header.putInt(LOCAL).putShort(VERSION).putShort(UTF_8).putShort((short) 0);
    header.putShort((short) 0).putShort(DAY);
    // The checksum follows when it is known.
    header.putInt(0).putInt(-1).putInt(-1);
    header.putShort((short) name.length).putShort((short) (fields + padding)).put(name);
    header.putShort(EXTRA_64).putShort((short) (2 * Long.BYTES)).putLong(0).putLong(0);
    header.putShort(PADDING).putShort((short) padding).position(header.position() + padding);
    return header.put(npy).array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int npyAt(byte[] header) {
    return LOCAL_BYTES + name.length + (buffer(header).getShort(28) & 0xFFFF);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public byte[] complete(byte[] header, MemorySegment data) {
    int npy = npyAt(header);
    CRC32 sum = new CRC32();
    sum.update(header, npy, header.length - npy);
    for (long at = 0; at < data.byteSize(); at += BLOCK) {
      sum.update(data.asSlice(at, Math.min(BLOCK, data.byteSize() - at)).asByteBuffer());
    }
    long size = header.length - npy + data.byteSize();
    byte[] complete = header.clone();
    ByteBuffer buffer = buffer(complete);
    buffer.putInt(14, (int) sum.getValue());
    int sizes = LOCAL_BYTES + name.length + 4;
    buffer.putLong(sizes, size).putLong(sizes + Long.BYTES, size);
    return complete;
  }

  @Override
  public byte[] after(byte[] header, MemorySegment data) {
    int entry = CENTRAL_BYTES + name.length + 4 + 2 * Long.BYTES;
    ByteBuffer after = buffer(entry + END_BYTES);
    long size = header.length - npyAt(header) + data.byteSize();
    long directory = header.length + data.byteSize();
    after.putInt(CENTRAL).putShort(VERSION).putShort(VERSION).putShort(UTF_8).putShort((short) 0);
    after.putShort((short) 0).putShort(DAY).putInt(buffer(header).getInt(14)).putInt(-1).putInt(-1);
    after.putShort((short) name.length).putShort((short) (4 + 2 * Long.BYTES));
    after.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0).put(name);
    after.putShort(EXTRA_64).putShort((short) (2 * Long.BYTES)).putLong(size).putLong(size);
    after.putInt(END_64).putLong(44).putShort(VERSION).putShort(VERSION).putInt(0).putInt(0);
    after.putLong(1).putLong(1).putLong(entry).putLong(directory);
    after.putInt(LOCATOR_64).putInt(0).putLong(directory + entry).putInt(1);
    after.putInt(END).putShort((short) 0).putShort((short) 0).putShort((short) 1);
    after.putShort((short) 1).putInt(entry).putInt(-1).putShort((short) 0);
    return after.array();
  }
}
