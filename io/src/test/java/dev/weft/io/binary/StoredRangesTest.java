package dev.weft.io.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StoredRangesTest {
  private static Region region(long[] start, long... extents) {
    return new Region(start, extents);
  }

  @Test
  void whatIsNearIsOneRange() {
    // 1,000 rows of 8,000 bytes: a column of them is 8 MB, most of it between the elements.
    StoredRanges rows = new StoredRanges(128, new long[] {8000, 8}, 8);
    Region column = region(new long[] {0, 7}, 1000, 1);
    assertThat(rows.parts(column)).hasSize(1);
    assertThat(rows.first(column)).isEqualTo(128 + 56);
    assertThat(rows.length(column)).isEqualTo(999 * 8000 + 8);
  }

  @Test
  void whatIsFarApartIsSeveral() {
    // Rows of 16 MB: what is wanted of each is fetched by itself.
    StoredRanges rows = new StoredRanges(128, new long[] {16L << 20, 8}, 8);
    List<Region> parts = rows.parts(region(new long[] {0, 10}, 5, 100));
    assertThat(parts).hasSize(5);
    assertThat(rows.length(parts.getFirst())).isEqualTo(800);
  }

  @Test
  void whatIsLongIsCut() {
    StoredRanges rows = new StoredRanges(0, new long[] {8000, 8}, 8);
    List<Region> parts = rows.parts(region(new long[] {0, 0}, 10_000, 1000));
    assertThat(parts).hasSize(5);
    for (Region part : parts) {
      assertThat(rows.length(part)).isLessThanOrEqualTo(StoredRanges.MOST);
    }
    assertThat(
            rows.isDirect(
                new StoredRanges.Part(parts.getFirst(), region(new long[2], 10_000, 1000))))
        .isTrue();
  }

  @Test
  void nothingIsNoRange() {
    StoredRanges rows = new StoredRanges(0, new long[] {8, 8}, 8);
    assertThat(rows.parts(region(new long[] {0, 0}, 0, 3))).isEmpty();
    assertThat(new StoredRanges(9, new long[0], 8).parts(region(new long[0]))).hasSize(1);
  }

  /** Whatever the part, the order of axes and the cuts: every element comes to its place. */
  @Test
  void partsTogetherAreTheRegion() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 300; run++) {
      long[] extents = {1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6)};
      boolean fortran = random.nextBoolean();
      // Gaps beyond what is near, in files that are not there: only offsets count.
      long gap = random.nextBoolean() ? 1 : 3 * StoredRanges.NEAR;
      long[] strides = new long[3];
      long stride = 4;
      for (int i = 0; i < 3; i++) {
        int axis = fortran ? i : 2 - i;
        strides[axis] = stride;
        stride = stride * extents[axis] + (i == 1 ? gap - 1 : 0);
      }
      StoredRanges ranges = new StoredRanges(0, strides, 4);
      Region all = region(new long[] {1, 2, 3}, extents);
      MemorySegment dense = MemorySegment.ofArray(new int[(int) all.size()]);
      dense.fill((byte) -1);
      for (Region part : ranges.parts(all)) {
        StoredRanges.Part of = new StoredRanges.Part(part, all);
        // Elements are their own places in the file.
        MemorySegment bytes = numbered(ranges, part);
        if (ranges.isDirect(of)) {
          MemorySegment.copy(bytes, 0, dense, ranges.offset(of), ranges.length(part));
        } else {
          ranges.copy(bytes, of, dense);
        }
      }
      int at = 0;
      for (long i = 0; i < extents[0]; i++) {
        for (long j = 0; j < extents[1]; j++) {
          for (long k = 0; k < extents[2]; k++) {
            long place = (i + 1) * strides[0] + (j + 2) * strides[1] + (k + 3) * strides[2];
            assertThat(dense.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * at++))
                .isEqualTo((int) (place / 4));
          }
        }
      }
    }
  }

  private static MemorySegment numbered(StoredRanges ranges, Region part) {
    byte[] bytes = new byte[(int) ranges.length(part)];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    for (long at = 0; at < bytes.length; at += 4) {
      memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) ((ranges.first(part) + at) / 4));
    }
    return memory;
  }
}
