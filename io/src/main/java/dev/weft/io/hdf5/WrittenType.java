package dev.weft.io.hdf5;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.storage.HdfBackingStorage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Types that h5py reads as bool, complex and float16, which jHDF does not write. */
final class WrittenType extends DataType {
  private static final int FLOATING = 1;
  private static final int COMPOUND = 6;
  private static final int CHOICE = 8;

  /** What stands before the parts of a type: version, class, flags, size. */
  private static final int HEAD = 8;

  private static final int VERSION = 3 << 4;
  private static final int PARTS = 2;

  /** The highest bit of the fraction is left out; the sign is bit 15. */
  private static final int HALF_FLAGS = 15 << 8 | 2 << 4;

  private final int dataClass;
  private final int flags;
  private final byte[] parts;

  private WrittenType(int dataClass, int flags, int size, byte[] parts) {
    super(dataClass, size);
    this.dataClass = dataClass;
    this.flags = flags;
    this.parts = parts;
  }

  /** A choice of FALSE, which is 0, and TRUE, which is 1, in a byte. */
  static WrittenType truth() {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes(bytes(new FixedPoint(1, true)));
    parts.writeBytes("FALSE\0TRUE\0\0\1".getBytes(StandardCharsets.US_ASCII));
    return new WrittenType(CHOICE, PARTS, 1, parts.toByteArray());
  }

  /** A structure of two numbers, r and i. */
  static WrittenType complex(FloatingPoint part) {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes("r\0\0".getBytes(StandardCharsets.US_ASCII));
    parts.writeBytes(bytes(part));
    parts.writeBytes("i\0".getBytes(StandardCharsets.US_ASCII));
    parts.write(part.getSize());
    parts.writeBytes(bytes(part));
    return new WrittenType(COMPOUND, PARTS, PARTS * part.getSize(), parts.toByteArray());
  }

  /** IEEE 754 binary16, little-endian. */
  static WrittenType half() {
    ByteBuffer parts =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            // The first bit and how many; place and size of exponent and fraction; the bias.
            .putShort((short) 0)
            .putShort((short) 16)
            .put(new byte[] {10, 5, 0, 10})
            .putInt(15);
    return new WrittenType(FLOATING, HALF_FLAGS, Short.BYTES, parts.array());
  }

  private static byte[] bytes(DataType type) {
    ByteBuffer buffer = type.toBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public ByteBuffer toBuffer() {
    return ByteBuffer.allocate(HEAD + parts.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) (VERSION | dataClass))
        .putShort((short) flags)
        .put((byte) 0)
        .putInt(getSize())
        .put(parts)
        .flip();
  }

  @Override
  public Class<?> getJavaType() {
    return Object.class;
  }

  @Override
  public Object fillData(ByteBuffer buffer, int[] dimensions, HdfBackingStorage storage) {
    throw new UnsupportedOperationException("this type is written only");
  }
}
