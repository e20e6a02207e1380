package dev.weft.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private static final int ROUNDS = 1000;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void anAxisIsCutWhereItsOffsetsSay() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Long> lengths = lengths();
      long[] offsets = new long[lengths.size() + 1];
      for (int i = 0; i < lengths.size(); i++) {
        offsets[i + 1] = offsets[i] + lengths.get(i);
      }
      AxisChunks axis = AxisChunks.at(offsets);
      long extent = offsets[offsets.length - 1];
      assertThat(axis.extent()).isEqualTo(extent);
      assertThat(axis.offset(axis.count())).isEqualTo(extent);
      assertThat(axis.longest())
          .isEqualTo(lengths.stream().mapToLong(Long::longValue).max().orElse(0));
      for (long index = 0; index < extent; index++) {
        int chunk = axis.find(index);
        assertThat(axis.offset(chunk)).isLessThanOrEqualTo(index);
        assertThat(axis.offset(chunk) + axis.length(chunk)).isGreaterThan(index);
      }
    }
  }

  private List<Long> lengths() {
    List<Long> lengths = new ArrayList<>();
    long usual = 1L + random.nextInt(4);
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      lengths.add(random.nextInt(3) == 0 ? random.nextLong(5) : usual);
    }
    return lengths;
  }

  @Test
  void equalPiecesAreARegularCut() {
    assertThat(AxisChunks.at(new long[] {0, 3, 6, 8})).isEqualTo(AxisChunks.regular(8, 3));
    assertThat(AxisChunks.at(new long[] {0, 8})).isEqualTo(AxisChunks.regular(8, 8));
    assertThat(AxisChunks.at(new long[] {0, 3, 5, 8})).isNotEqualTo(AxisChunks.regular(8, 3));
    assertThat(AxisChunks.at(new long[] {0})).isEqualTo(AxisChunks.regular(0, 1));
    assertThat(AxisChunks.regular(0, 5).count()).isOne();
    assertThat(AxisChunks.regular(5, 100).count()).isOne();
  }

  @Test
  void moreChunksThanCanBeCountedAreRefused() {
    assertThatThrownBy(() -> AxisChunks.regular(1L << 40, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "an axis of 1099511627776 in chunks of 1 has 1099511627776 of them; at most 2147483646"
                + " are possible, use longer chunks");
    AxisChunks most = AxisChunks.regular(1L << 30, 1);
    assertThatThrownBy(() -> new Chunks(List.of(most, most, most)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("more than 2^63-1");
  }

  @Test
  void chunksCoverTheArrayOnceInCOrder() {
    for (int round = 0; round < ROUNDS; round++) {
      List<AxisChunks> axes = new ArrayList<>();
      for (int rank = random.nextInt(4); rank > 0; rank--) {
        axes.add(AxisChunks.regular(random.nextInt(7), 1 + random.nextInt(4)));
      }
      Chunks chunks = new Chunks(axes);
      boolean[] covered = new boolean[(int) chunks.shape().size()];
      long largest = 0;
      for (long chunk = 0; chunk < chunks.count(); chunk++) {
        Region region = chunks.region(chunk);
        largest = Math.max(largest, region.size());
        assertThat(chunks.number(chunks.position(chunk))).isEqualTo(chunk);
        cover(region, chunks.shape(), covered);
      }
      assertThat(covered).doesNotContain(false);
      assertThat(chunks.largest()).isEqualTo(largest);
    }
  }

  private static void cover(Region region, Shape shape, boolean[] covered) {
    long[] strides = shape.strides();
    for (long i = 0; i < region.size(); i++) {
      long rest = i;
      long position = 0;
      for (int axis = region.rank() - 1; axis >= 0; axis--) {
        position += (region.start()[axis] + rest % region.extents()[axis]) * strides[axis];
        rest /= region.extents()[axis];
      }
      assertThat(covered[(int) position]).isFalse();
      covered[(int) position] = true;
    }
  }

  @Test
  void gridsAreShownInShort() {
    assertThat(Chunks.regular(Shape.of(10, 5), 3, 5)).hasToString("[4*3 x 5]");
    assertThat(new Chunks(List.of(AxisChunks.at(new long[] {0, 1, 4, 6})))).hasToString("[1+3+2]");
    assertThat(new Chunks(List.of(AxisChunks.at(new long[] {0, 1, 4, 6, 7, 9}))))
        .hasToString("[1+3+2+1+...]");
  }

  @Test
  void automaticChunksAreOfAboutTheTargetSizeAndPowersOfTwo() {
    ChunkSize size = new ChunkSize(1 << 20);
    assertThat(size.auto(Shape.of(10_000_000), DType.FLOAT64)).hasToString("[77*131072]");
    assertThat(size.auto(Shape.of(4000, 3000), DType.FLOAT64)).hasToString("[125*32 x 3000]");
    assertThat(size.auto(Shape.of(3, 10_000_000), DType.FLOAT32)).hasToString("[3*1 x 39*262144]");
    assertThat(size.auto(Shape.of(0, 7), DType.INT8)).hasToString("[0 x 7]");
    assertThat(size.auto(Shape.SCALAR, DType.INT8)).hasToString("[]");
    assertThat(new ChunkSize(1).auto(Shape.of(10_000), DType.FLOAT64)).hasToString("[3*4096]");
  }

  private static String follow(long bytes, DType dtype, Chunks own) {
    return new ChunkSize(bytes).follow(own, dtype).toString();
  }

  @Test
  void automaticChunksConsistOfWholeOnesOfTheirSource() {
    Shape cube = Shape.of(1000, 1000, 1000);
    // A chunk of 10 x 10 x 10 has 8,000 bytes: 131 fit into 1 MiB, 100 along the last axis.
    assertThat(follow(1 << 20, DType.FLOAT64, Chunks.regular(cube, 10, 10, 10)))
        .isEqualTo("[100*10 x 100*10 x 1000]");
    assertThat(follow(8 << 20, DType.FLOAT64, Chunks.regular(cube, 10, 10, 10)))
        .isEqualTo("[100*10 x 13*80 x 1000]");
    assertThat(follow(8 << 20, DType.FLOAT64, Chunks.regular(cube, 100, 100, 100)))
        .isEqualTo("[10*100 x 10*100 x 10*100]");
    assertThat(follow(8 << 20, DType.INT8, Chunks.regular(cube, 100, 100, 100)))
        .isEqualTo("[10*100 x 10*100 x 2*800]");
    assertThat(follow(1 << 20, DType.FLOAT64, Chunks.regular(Shape.of(7, 1_000_000), 7, 999_999)))
        .as("a chunk that is larger stays one")
        .isEqualTo("[7 x 2*999999]");
    assertThat(follow(1 << 20, DType.FLOAT64, Chunks.whole(Shape.SCALAR))).isEqualTo("[]");
    assertThat(follow(1 << 20, DType.FLOAT64, Chunks.regular(Shape.of(0, 7), 3, 3)))
        .isEqualTo("[0 x 7]");
    Chunks uneven = new Chunks(List.of(AxisChunks.at(new long[] {0, 3000, 3001, 5000, 5003})));
    assertThat(follow(1, DType.FLOAT64, uneven)).isEqualTo("[3000+1+1999+3]");
    assertThat(follow(6000 * 8, DType.FLOAT64, uneven)).isEqualTo("[2*3001]");
  }

  @Test
  void followedGridsAreMultiplesAndNoLargerThanTheTarget() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 500; round++) {
      List<AxisChunks> axes = new ArrayList<>();
      for (int rank = random.nextInt(4); rank > 0; rank--) {
        axes.add(
            random.nextBoolean()
                ? AxisChunks.regular(random.nextInt(200), 1 + random.nextInt(30))
                : AxisChunks.at(new long[] {0, 1 + random.nextInt(9), 12, 40, 41, 90}));
      }
      Chunks own = new Chunks(axes);
      ChunkSize size = new ChunkSize(1L << (15 + random.nextInt(6)));
      Chunks grid = size.follow(own, DType.FLOAT64);
      assertThat(grid.shape()).isEqualTo(own.shape());
      assertThat(grid.largest())
          .isLessThanOrEqualTo(Math.max(own.largest(), size.targetBytes() / 8));
      for (int axis = 0; axis < axes.size(); axis++) {
        for (int i = 0; i < grid.axis(axis).count(); i++) {
          long cut = grid.axis(axis).offset(i);
          assertThat(IntStream.range(0, axes.get(axis).count()).mapToLong(axes.get(axis)::offset))
              .contains(cut);
        }
      }
    }
  }

  @Test
  void cutsOfTheLongestAxesAreRight() {
    AxisChunks axis = AxisChunks.regular(Long.MAX_VALUE, 1L << 33);
    assertThat(axis.count()).isEqualTo(1 << 30);
    assertThat(axis.offset(axis.count())).isEqualTo(Long.MAX_VALUE);
    assertThat(axis.length(axis.count() - 1)).isEqualTo((1L << 33) - 1);
    assertThat(AxisChunks.regular(Long.MAX_VALUE, Long.MAX_VALUE).count()).isOne();
    assertThat(AxisChunks.at(new long[] {0, 1L << 62, Long.MAX_VALUE}))
        .isEqualTo(AxisChunks.regular(Long.MAX_VALUE, 1L << 62));
  }

  @Test
  void automaticChunksStayCountable() {
    for (long extent : new long[] {1L << 31, 1L << 48, (1L << 60) - 1, 1L << 60}) {
      ChunkSize size = new ChunkSize(1 << 20);
      assertThat(size.auto(Shape.of(extent), DType.FLOAT64).count()).isLessThanOrEqualTo(1 << 30);
      assertThat(size.auto(Shape.of(extent >> 9, 1 << 9), DType.FLOAT64).count())
          .isLessThanOrEqualTo(1 << 30);
    }
    assertThat(new ChunkSize(1 << 20).auto(Shape.of(1L << 47), DType.FLOAT64))
        .isEqualTo(Chunks.regular(Shape.of(1L << 47), 1 << 17));
  }
}
