package dev.weft.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks against plain loops over their indices. */
final class HostBlockTest {
  /** Shorts that are their own positions. */
  private static MemorySegment numbered(int count) {
    MemorySegment memory = MemorySegment.ofArray(new short[count]);
    for (int i = 0; i < count; i++) {
      memory.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) i);
    }
    return memory;
  }

  private static short at(MemorySegment memory, long bytes) {
    return memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, bytes);
  }

  private static short[] packed(HostBlock block) {
    short[] values = new short[(int) (block.bytes() / 2)];
    block.pack(MemorySegment.ofArray(values));
    return values;
  }

  private static HostBlock block(MemorySegment memory, long base, long[] strides, long... extents) {
    return new HostBlock(memory, base, strides, extents, 2);
  }

  @Test
  void packsAnyStrides() {
    MemorySegment memory = numbered(24);
    // Rows of six numbers: a window, turned and read backwards.
    assertThat(packed(block(memory, 2 * 8, new long[] {12, 2}, 2, 3)))
        .containsExactly(8, 9, 10, 14, 15, 16);
    assertThat(packed(block(memory, 2 * 8, new long[] {2, 12}, 3, 2)))
        .containsExactly(8, 14, 9, 15, 10, 16);
    assertThat(packed(block(memory, 2 * 23, new long[] {-12, -4}, 2, 3)))
        .containsExactly(23, 21, 19, 17, 15, 13);
    assertThat(packed(block(memory, 2 * 5, new long[] {0, 2}, 2, 2))).containsExactly(5, 6, 5, 6);
    assertThat(packed(block(memory, 2 * 7, new long[0]))).containsExactly(7);
    assertThat(packed(block(memory, 0, new long[] {2, 2}, 3, 0))).isEmpty();
  }

  @Test
  void unpacksWhatItPacks() {
    MemorySegment target = MemorySegment.ofArray(new short[24]);
    HostBlock block = block(target, 2 * 8, new long[] {12, 2}, 2, 3);
    block.unpack(MemorySegment.ofArray(new short[] {1, 2, 3, 4, 5, 6}));
    assertThat(packed(block)).containsExactly(1, 2, 3, 4, 5, 6);
    short[] all = target.toArray(ValueLayout.JAVA_SHORT_UNALIGNED);
    assertThat(all[7] + all[11] + all[13] + all[17]).as("around the block").isZero();
    assertThat(at(target, 2 * 14)).isEqualTo((short) 4);
  }

  @Test
  void knowsWhatIsDense() {
    MemorySegment memory = numbered(24);
    assertThat(HostBlock.dense(memory, new long[] {4, 6}, 2).isDense()).isTrue();
    assertThat(block(memory, 12, new long[] {12, 2}, 2, 6).isDense()).isTrue();
    assertThat(block(memory, 12, new long[] {999, 2}, 1, 6).isDense())
        .as("nothing moves along an axis of extent 1")
        .isTrue();
    assertThat(block(memory, 0, new long[] {12, 2}, 2, 5).isDense()).isFalse();
    assertThat(block(memory, 0, new long[] {2, 12}, 6, 4).isDense()).isFalse();
    HostBlock rows = block(memory, 12, new long[] {12, 2}, 2, 6);
    assertThat(rows.segment().byteSize()).isEqualTo(24);
    assertThat(at(rows.segment(), 0)).isEqualTo((short) 6);
  }

  /** Pieces follow each other in C order, none is too large, together they are the block. */
  @Test
  void piecesAreTheBlock() {
    SplittableRandom random = new SplittableRandom(7);
    MemorySegment memory = numbered(4000);
    for (int round = 0; round < 500; round++) {
      long[] extents = random.longs(random.nextInt(4), 1, 7).toArray();
      long[] strides = StridedCopy.dense(extents, 2);
      for (int axis = 0; axis < strides.length; axis++) {
        strides[axis] *= random.nextInt(3);
      }
      HostBlock block = block(memory, 2L * random.nextInt(100), strides, extents);
      long most = random.nextLong(1, 60);
      List<HostBlock> pieces = block.pieces(most);
      short[] joined = new short[(int) (block.bytes() / 2)];
      int next = 0;
      for (HostBlock piece : pieces) {
        assertThat(piece.bytes()).isLessThanOrEqualTo(Math.max(2, most));
        short[] part = packed(piece);
        System.arraycopy(part, 0, joined, next, part.length);
        next += part.length;
      }
      assertThat(joined).as(Arrays.toString(extents)).isEqualTo(packed(block));
    }
    assertThat(block(memory, 0, new long[] {2, 2}, 0, 3).pieces(100)).isEmpty();
  }
}
