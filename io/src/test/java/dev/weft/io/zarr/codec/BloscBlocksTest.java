package dev.weft.io.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.scalableminds.bloscjava.Blosc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What c-blosc has encoded, by blosc-java. */
class BloscBlocksTest {
  private static final int[] TYPE_SIZES = {1, 2, 3, 4, 8, 12, 16, 17, 32};
  private static final Blosc.Compressor[] COMPRESSORS = {
    Blosc.Compressor.LZ4, Blosc.Compressor.LZ4HC, Blosc.Compressor.ZSTD
  };

  private final SplittableRandom random = new SplittableRandom(12);

  /** Some of it repeats, some of it does not. */
  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    int step = 1 + random.nextInt(16);
    int noise = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      if (i % 4 >= noise) {
        bytes[i] = (byte) (i / step);
      }
    }
    return bytes;
  }

  private byte[] encoded(byte[] bytes, int typeSize, Blosc.Shuffle shuffle, int blockSize) {
    return Blosc.compress(
        bytes,
        typeSize,
        COMPRESSORS[random.nextInt(COMPRESSORS.length)],
        random.nextInt(10),
        shuffle,
        blockSize);
  }

  private static MemorySegment outside(Arena arena, byte[] bytes) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  @Test
  void decodesWhatTheLibraryEncodes() throws CodecException {
    int own = 0;
    for (int round = 0; round < 1500; round++) {
      int typeSize = TYPE_SIZES[random.nextInt(TYPE_SIZES.length)];
      byte[] bytes = bytes(1 + random.nextInt(random.nextBoolean() ? 2_000 : 300_000));
      Blosc.Shuffle shuffle =
          random.nextBoolean() ? Blosc.Shuffle.BYTE_SHUFFLE : Blosc.Shuffle.NO_SHUFFLE;
      int blockSize = random.nextBoolean() ? 0 : 1 << 7 + random.nextInt(12);
      byte[] encoded = encoded(bytes, typeSize, shuffle, blockSize);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment from = outside(arena, encoded);
        MemorySegment to = arena.allocate(bytes.length);
        own += BloscBlocks.decodes(from) ? 1 : 0;
        assertThat(new BloscCodec("lz4", 5, "shuffle", typeSize).decode(from, to))
            .isEqualTo(bytes.length);
        assertThat(to.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
      }
    }
    assertThat(own).isGreaterThan(1400);
  }

  @Test
  void leavesOthersToTheLibrary() throws CodecException {
    byte[] bytes = new byte[40_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / 100);
    }
    for (Blosc.Compressor compressor : Blosc.Compressor.values()) {
      byte[] encoded = Blosc.compress(bytes, 8, compressor, 5, Blosc.Shuffle.BIT_SHUFFLE);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment from = outside(arena, encoded);
        MemorySegment to = arena.allocate(bytes.length);
        assertThat(BloscBlocks.decodes(from)).isFalse();
        new BloscCodec("lz4", 5, "bitshuffle", 8).decode(from, to);
        assertThat(to.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void damagedBytesAreDecodedOrRefused() {
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = bytes(1 + random.nextInt(5_000));
      byte[] encoded = encoded(bytes, 8, Blosc.Shuffle.BYTE_SHUFFLE, 1024);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(Math.min(encoded.length, random.nextBoolean() ? 40 : 5_000));
        // The sizes in the header are compared before.
        if (at < 4 || at > 7 && at < 12 || at > 15) {
          encoded[at] = (byte) random.nextInt();
        }
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment to = arena.allocate(bytes.length);
        MemorySegment from = outside(arena, encoded);
        if (BloscBlocks.decodes(from)) {
          BloscBlocks.decode(from, to);
        }
      } catch (CodecException e) {
        assertThat(e).hasMessageContaining("bytes are expected, but");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void aBlockBeyondTheEndIsRefused() {
    byte[] bytes = bytes(50_000);
    byte[] encoded = Blosc.compress(bytes, 8, Blosc.Compressor.LZ4, 5, Blosc.Shuffle.BYTE_SHUFFLE);
    encoded[19] = 0x70;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(bytes.length);
      MemorySegment from = outside(arena, encoded);
      assertThatThrownBy(() -> new BloscCodec("lz4", 5, "shuffle", 8).decode(from, to))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining(
              "blosc: 50,000 bytes are expected, but block 0 goes beyond the end");
    }
  }
}
