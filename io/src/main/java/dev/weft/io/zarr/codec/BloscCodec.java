package dev.weft.io.zarr.codec;

import com.scalableminds.bloscjava.Blosc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Blosc 1: blocks, whose bytes or bits are shuffled, under one of several compressors. Reading
 * takes all from the header of the bytes; only writing uses the settings.
 *
 * @param compressor its name, such as {@code lz4}
 * @param level how hard it tries, from 0 to 9
 * @param shuffle what is shuffled: {@code noshuffle}, {@code shuffle} or {@code bitshuffle}
 * @param typeSize bytes of an element
 */
public record BloscCodec(String compressor, int level, String shuffle, int typeSize)
    implements BytesCodec.Transform {
  /** Bytes of the header. */
  static final int HEADER = 16;

  private static final int DECODED_AT = 4;
  private static final int ENCODED_AT = 12;
  private static final int RATIO = 1 << 16;

  /** A number of the container. */
  static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public String name() {
    return "blosc";
  }

  @Override
  public String label() {
    return "blosc %s, %s".formatted(compressor, shuffle);
  }

  @Override
  public long bound(long decoded) {
    return decoded + HEADER;
  }

  @Override
  public int ratio() {
    return RATIO;
  }

  @Override
  public long decode(MemorySegment encoded, MemorySegment target) throws CodecException {
    long size = encoded.byteSize();
    if (size < HEADER) {
      throw CodecException.size(
          name(), target.byteSize(), "%,d compressed ones are no header".formatted(size));
    }
    // What the library would allocate.
    long claimed = Integer.toUnsignedLong(encoded.get(WORD, DECODED_AT));
    long own = Integer.toUnsignedLong(encoded.get(WORD, ENCODED_AT));
    if (claimed > target.byteSize()) {
      throw CodecException.size(
          name(), target.byteSize(), "the header says %,d".formatted(claimed));
    }
    if (own != size || size > claimed + HEADER) {
      throw CodecException.size(
          name(),
          target.byteSize(),
          "the header says that %,d compressed ones follow, and there are %,d"
              .formatted(own, size));
    }
    if (claimed > 0 && BloscBlocks.decodes(encoded)) {
      BloscBlocks.decode(encoded, target.asSlice(0, claimed));
      return claimed;
    }
    byte[] decoded;
    try {
      decoded =
          NativeCodec.BLOSC.bytes(() -> Blosc.decompress(encoded.toArray(ValueLayout.JAVA_BYTE)));
    } catch (RuntimeException e) {
      if (e.getClass() != RuntimeException.class) {
        throw e;
      }
      throw CodecException.size(
          name(),
          target.byteSize(),
          "%,d compressed ones cannot be decoded: %s".formatted(size, e.getMessage()));
    }
    MemorySegment.copy(decoded, 0, target, ValueLayout.JAVA_BYTE, 0, decoded.length);
    return decoded.length;
  }

  @Override
  public long encode(MemorySegment decoded, MemorySegment target) {
    byte[] bytes = decoded.toArray(ValueLayout.JAVA_BYTE);
    byte[] encoded =
        NativeCodec.BLOSC.bytes(
            () ->
                Blosc.compress(
                    bytes,
                    typeSize,
                    Blosc.Compressor.valueOf(compressor.toUpperCase(Locale.ROOT)),
                    level,
                    shuffling()));
    MemorySegment.copy(encoded, 0, target, ValueLayout.JAVA_BYTE, 0, encoded.length);
    return encoded.length;
  }

  private Blosc.Shuffle shuffling() {
    return switch (shuffle) {
      case "noshuffle" -> Blosc.Shuffle.NO_SHUFFLE;
      case "shuffle" -> Blosc.Shuffle.BYTE_SHUFFLE;
      default -> Blosc.Shuffle.BIT_SHUFFLE;
    };
  }
}
