package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.binary.StoredType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What precedes the data of an npy file, format versions 1.0 to 3.0.
 *
 * @param version the major version
 * @param fortranOrder whether the first axis varies fastest
 * @param dataOffset where the data begins, in bytes
 */
public record NpyHeader(
    int version, StoredType type, boolean fortranOrder, Shape shape, long dataOffset) {
  /** Longer headers are refused; NumPy's own are a few hundred bytes. */
  public static final int LONGEST = 1 << 20;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy pads headers to a multiple of this, so that mapped data is aligned. */
  private static final int ALIGNMENT = 64;

  /** Room that NumPy leaves for the first extent to grow in place. */
  private static final int GROWTH = 21;

  /** Where the bytes come from: fills the buffer from a position of the file. */
  @FunctionalInterface
  public interface Bytes {
    /** Fills the buffer. */
    void read(ByteBuffer target, long position);
  }

  /** The order of elements and bytes, for people. */
  public String layout() {
    String order = type.order() == ByteOrder.BIG_ENDIAN ? "big" : "little";
    return (fortranOrder ? "Fortran order" : "C order")
        + (type.numberSize() == 1 ? "" : ", " + order + "-endian");
  }

  /** Bytes of data. */
  public long dataBytes() {
    return shape.size() * type.dtype().itemSize();
  }

  /**
   * Reads and checks the header of a file of {@code size} bytes, which must hold all of the data.
   *
   * @throws FormatException for everything that does not fit
   */
  public static NpyHeader read(String file, Bytes bytes, long size) {
    ByteBuffer preamble =
        ByteBuffer.allocate((int) Math.min(12, size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.read(preamble, 0);
    checkMagic(file, preamble.array());
    if (size < 10) {
      throw new FormatException(
          file, size, "the file ends within the first 10 bytes. Copy or write it again");
    }
    int major = preamble.get(6);
    int minor = preamble.get(7);
    if (major < 1 || major > 3 || minor != 0) {
      throw new FormatException(
          file,
          6,
          "format version %d.%d is unknown; 1.0, 2.0 and 3.0 are read. Save the array with np.save"
              .formatted(major & 0xFF, minor & 0xFF));
    }
    int start = major == 1 ? 10 : 12;
    if (size < start) {
      throw new FormatException(
          file, size, "the file ends within the first 12 bytes. Copy or write it again");
    }
    long length = major == 1 ? preamble.getShort(8) & 0xFFFF : preamble.getInt(8) & 0xFFFF_FFFFL;
    checkLength(file, length, size - start);
    byte[] text = new byte[(int) length];
    bytes.read(ByteBuffer.wrap(text), start);
    return new HeaderParser(file, text, start).parse(major).checkData(file, size);
  }

  /** Whether these are the first bytes of an npy file, or all bytes of one that breaks off. */
  static boolean isMagic(byte[] begin) {
    int common = Math.min(begin.length, MAGIC.length);
    return common > 0 && Arrays.equals(begin, 0, common, MAGIC, 0, common);
  }

  private static void checkMagic(String file, byte[] begin) {
    if (!isMagic(begin)) {
      boolean zip = begin.length > 1 && begin[0] == 'P' && begin[1] == 'K';
      throw new FormatException(
          file,
          0,
          begin.length == 0
              ? "the file is empty. Copy or write it again"
              : zip
                  ? "this is a zip archive, such as an npz file. Extract the npy files in it first"
                  : "the file does not begin with \\x93NUMPY, so it is no npy file");
    }
  }

  private static void checkLength(String file, long length, long rest) {
    if (length > LONGEST) {
      throw new FormatException(
          file,
          8,
          "header length %,d is beyond the limit of %,d bytes. Write the file again"
              .formatted(length, LONGEST));
    }
    if (length > rest) {
      throw new FormatException(
          file,
          8,
          "header length %,d runs past the end of the file, which has %,d bytes left."
                  .formatted(length, rest)
              + " Copy or write it again");
    }
  }

  private NpyHeader checkData(String file, long size) {
    long rest = size - dataOffset;
    if (dataBytes() > rest) {
      throw new FormatException(
          file,
          dataOffset,
          "data ends after %,d of %,d bytes (%s %s). The file is truncated; copy or write it again"
              .formatted(rest, dataBytes(), type.dtype(), shape));
    }
    return this;
  }

  /**
   * The header of a file in C order and native byte order, padded so that data is 64-byte aligned.
   * The same bytes as NumPy writes.
   */
  public static byte[] write(DType dtype, Shape shape) {
    StringBuilder text = new StringBuilder();
    text.append("{'descr': '").append(NpyDescr.of(dtype));
    text.append("', 'fortran_order': False, 'shape': ").append(shape).append(", }");
    if (shape.rank() > 0) {
      text.append(" ".repeat(GROWTH - Long.toString(shape.extent(0)).length()));
    }
    // Version 1.0 counts to 65,535: enough for 3,000 axes.
    int unpadded = MAGIC.length + 4 + text.length() + 1;
    if (unpadded + ALIGNMENT > 0xFFFF) {
      throw new UsageException(
          "write npy: a shape with %,d axes has no room in the header".formatted(shape.rank()));
    }
    text.append(" ".repeat(ALIGNMENT - unpadded % ALIGNMENT)).append('\n');
    ByteBuffer header =
        ByteBuffer.allocate(MAGIC.length + 4 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
    header.put(text.toString().getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
