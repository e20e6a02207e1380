package dev.weft.io.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteShuffleTest {
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16})
  void theBytesOfElementsStandTogetherAndComeBack(int itemSize) {
    for (int elements = 0; elements < 40; elements++) {
      for (int rest = 0; rest < itemSize; rest++) {
        byte[] bytes = new byte[elements * itemSize + rest];
        random.nextBytes(bytes);
        byte[] shuffled = new byte[bytes.length];
        ByteShuffle.shuffle(
            MemorySegment.ofArray(bytes), MemorySegment.ofArray(shuffled), itemSize);
        for (int i = 0; i < bytes.length; i++) {
          boolean left = i >= elements * itemSize;
          int at = left ? i : i % itemSize * elements + i / itemSize;
          assertThat(shuffled[at]).isEqualTo(bytes[i]);
        }
        byte[] back = new byte[bytes.length];
        ByteShuffle.unshuffle(
            MemorySegment.ofArray(shuffled), MemorySegment.ofArray(back), itemSize);
        assertThat(back).isEqualTo(bytes);
      }
    }
  }
}
