package dev.weft.io.zarr.codec;

import dev.weft.io.codec.ByteShuffle;
import dev.weft.io.codec.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Decodes the container of Blosc 1 where it holds LZ4, Zstandard or copies, shuffled by bytes or
 * not: what most stores have. Blocks go from memory to memory outside the heap; blosc-java copies a
 * chunk four times on its way through Java's arrays.
 *
 * <p>The layout is that of c-blosc's <a
 * href="https://github.com/Blosc/c-blosc/blob/main/README_CHUNK_FORMAT.rst">README_CHUNK_FORMAT</a>:
 * a header of 16 bytes, where each block begins, and blocks, which are one part, or one for each
 * byte of an element.
 */
final class BloscBlocks {
  private static final int HEADER = BloscCodec.HEADER;
  private static final int VERSION = 2;
  private static final int SHUFFLED = 1;
  private static final int COPIED = 2;
  private static final int BITS_SHUFFLED = 4;
  private static final int NOT_SPLIT = 0x10;
  private static final int LZ4 = 1;
  private static final int ZSTD = 4;

  /** Elements of more bytes are not split, nor are blocks of fewer elements. */
  private static final int MOST_PARTS = 16;

  private static final int LEAST_PART = 128;

  private static final ValueLayout.OfInt WORD = BloscCodec.WORD;

  private final MemorySegment encoded;
  private final MemorySegment target;
  private final int flags;
  private final int typeSize;
  private final long blockSize;
  private final long blocks;

  private BloscBlocks(MemorySegment encoded, MemorySegment target) throws CodecException {
    this.encoded = encoded;
    this.target = target;
    this.flags = flags(encoded);
    this.typeSize = Byte.toUnsignedInt(encoded.get(ValueLayout.JAVA_BYTE, 3));
    this.blockSize = encoded.get(WORD, 8);
    if (typeSize < 1 || blockSize < 1 || blockSize > target.byteSize()) {
      throw damaged("blocks are of %,d bytes and elements of %d".formatted(blockSize, typeSize));
    }
    this.blocks = Math.ceilDiv(target.byteSize(), blockSize);
    if (blocks > (encoded.byteSize() - HEADER) / Integer.BYTES) {
      throw damaged(
          "%,d compressed ones cannot hold %,d blocks".formatted(encoded.byteSize(), blocks));
    }
  }

  private CodecException damaged(String found) {
    return CodecException.size("blosc", target.byteSize(), found);
  }

  private static int flags(MemorySegment encoded) {
    return encoded.get(ValueLayout.JAVA_BYTE, 2);
  }

  private static int compressor(int flags) {
    return flags >> 5 & 7;
  }

  /** Whether it can decode such bytes, which have at least a header. */
  static boolean decodes(MemorySegment encoded) {
    int flags = flags(encoded);
    int compressor = compressor(flags);
    return encoded.get(ValueLayout.JAVA_BYTE, 0) == VERSION
        && ((flags & COPIED) != 0
            || (flags & BITS_SHUFFLED) == 0 && (compressor == LZ4 || compressor == ZSTD));
  }

  /**
   * Decodes.
   *
   * @param encoded as many bytes as its header says
   * @param target as many as its header says that there are decoded, 1 or more
   */
  static void decode(MemorySegment encoded, MemorySegment target) throws CodecException {
    if ((flags(encoded) & COPIED) != 0) {
      copy(encoded, target);
      return;
    }
    BloscBlocks all = new BloscBlocks(encoded, target);
    try (Scratch.Use scratch = Scratch.begin()) {
      boolean shuffled = (all.flags & SHUFFLED) != 0 && all.typeSize > 1;
      MemorySegment room = shuffled ? scratch.take(all.blockSize) : MemorySegment.NULL;
      for (long block = 0; block < all.blocks; block++) {
        long start = block * all.blockSize;
        MemorySegment to =
            target.asSlice(start, Math.min(all.blockSize, target.byteSize() - start));
        MemorySegment plain = shuffled ? room.asSlice(0, to.byteSize()) : to;
        all.decode(block, plain);
        if (shuffled) {
          ByteShuffle.unshuffle(plain, to, all.typeSize);
        }
      }
    }
  }

  /** What did not get smaller. */
  private static void copy(MemorySegment encoded, MemorySegment target) throws CodecException {
    long count = encoded.byteSize() - HEADER;
    if (count != target.byteSize()) {
      throw CodecException.size(
          "blosc", target.byteSize(), "%,d follow the header as they are".formatted(count));
    }
    target.copyFrom(encoded.asSlice(HEADER));
  }

  private void decode(long block, MemorySegment to) throws CodecException {
    int parts = parts(to.byteSize());
    long length = to.byteSize() / parts;
    long at = encoded.get(WORD, HEADER + block * Integer.BYTES);
    if (at < HEADER + blocks * Integer.BYTES || length * parts != to.byteSize()) {
      throw damaged("block %,d begins at %,d, and has %d parts".formatted(block, at, parts));
    }
    for (int part = 0; part < parts; part++) {
      if (at > encoded.byteSize() - Integer.BYTES) {
        throw damaged("block %,d goes beyond the end".formatted(block));
      }
      long size = encoded.get(WORD, at);
      at += Integer.BYTES;
      if (size < 1 || size > encoded.byteSize() - at) {
        throw damaged("block %,d has %,d compressed ones at %,d".formatted(block, size, at));
      }
      part(encoded.asSlice(at, size), to.asSlice(part * length, length));
      at += size;
    }
  }

  private int parts(long length) {
    boolean split =
        (flags & NOT_SPLIT) == 0
            && typeSize <= MOST_PARTS
            && length / typeSize >= LEAST_PART
            && length == blockSize;
    return split ? typeSize : 1;
  }

  private void part(MemorySegment from, MemorySegment to) throws CodecException {
    if (from.byteSize() == to.byteSize()) {
      to.copyFrom(from);
    } else if (compressor(flags) == ZSTD) {
      long count = new Zstd(0, false).decode(from, to);
      if (count != to.byteSize()) {
        throw damaged("a part has %,d instead of %,d".formatted(count, to.byteSize()));
      }
    } else {
      lz4(from, to);
    }
  }

  private void lz4(MemorySegment from, MemorySegment to) throws CodecException {
    int count;
    try {
      count =
          Lz4.DECOMPRESSOR.decompress(
              from.asByteBuffer(),
              0,
              (int) from.byteSize(),
              to.asByteBuffer(),
              0,
              (int) to.byteSize());
    } catch (LZ4Exception e) {
      throw damaged("a part of %,d compressed ones is not LZ4's".formatted(from.byteSize()));
    }
    if (count != to.byteSize()) {
      throw damaged("a part has %,d instead of %,d".formatted(count, to.byteSize()));
    }
  }

  /** Unpacked and loaded when it is first called; in Java where that cannot be. */
  private static final class Lz4 {
    static final LZ4SafeDecompressor DECOMPRESSOR = LZ4Factory.fastestInstance().safeDecompressor();
  }
}
