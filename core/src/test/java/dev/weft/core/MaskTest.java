package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Masks and index arrays, against plain loops. */
class MaskTest {
  private final SplittableRandom random = new SplittableRandom(41);

  /** Bits put in by chunks, in any order and twice, and read from anywhere, are the mask's. */
  @Test
  void positionsAreThoseOfThePlainLoop() {
    for (int round = 0; round < 300; round++) {
      Shape shape =
          round % 20 == 0
              ? Shape.of(100_000 + random.nextInt(100))
              : Shape.of(random.ints(random.nextInt(4), 0, 90).asLongStream().toArray());
      double share = List.of(0.0, 0.001, 0.5, 1.0).get(random.nextInt(4));
      boolean[] mask = new boolean[(int) shape.size()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < share;
      }
      try (HostArray words = HostArray.allocate(DType.INT64, Shape.of(TrueBits.words(shape)))) {
        TrueBits bits = new TrueBits(words, shape);
        put(bits, mask, shape);
        long[] expected = LongStream.range(0, mask.length).filter(i -> mask[(int) i]).toArray();
        assertThat(bits.count()).isEqualTo(expected.length);
        for (int read = 0; read < 5; read++) {
          int from = random.nextInt(expected.length + 1);
          int length =
              read == 0 ? expected.length - from : random.nextInt(expected.length - from + 1);
          assertThat(positions(bits, from, length))
              .isEqualTo(LongStream.of(expected).skip(from).limit(length).toArray());
        }
      }
    }
  }

  private void put(TrueBits bits, boolean[] mask, Shape shape) {
    long[] lengths = LongStream.range(0, shape.rank()).map(a -> 1 + random.nextInt(90)).toArray();
    Chunks grid = Chunks.regular(shape, lengths);
    List<Long> order = new ArrayList<>(LongStream.range(0, grid.count()).boxed().toList());
    order.add(random.nextLong(grid.count()));
    order.reversed().parallelStream().forEach(chunk -> put(bits, mask, shape, grid.region(chunk)));
  }

  private static void put(TrueBits bits, boolean[] mask, Shape shape, Region region) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(region.size());
      for (long i = 0; i < region.size(); i++) {
        long rest = i;
        long position = 0;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
          long extent = region.extents()[axis];
          position += (region.start()[axis] + rest % extent) * shape.strides()[axis];
          rest /= extent;
        }
        // Any byte but 0 is true.
        chunk.set(ValueLayout.JAVA_BYTE, i, (byte) (mask[(int) position] ? 1 + i % 255 : 0));
      }
      bits.put(region, chunk);
    }
  }

  private static long[] positions(TrueBits bits, int from, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(8L * length, 8);
      bits.positions(from, length, target);
      return target.toArray(ValueLayout.JAVA_LONG);
    }
  }

  private static Session session(long limit) {
    return Session.open(
        SessionConfig.defaults()
            .withDevice("reference")
            .withMemoryLimit(limit)
            .withChunkBytes(1 << 15));
  }

  @Test
  void masksSelectWhatThePlainLoopSelects() {
    double[] values = new double[30_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble();
    }
    try (Session session = session(1 << 24)) {
      NDArray x = session.array(values);
      NDArray grid = x.reshape(150, 200).rechunk(40, 70);
      for (double bound : new double[] {-1, 0.1, 0.9, 0.9999, 2}) {
        double[] expected = Arrays.stream(values).filter(v -> v > bound).toArray();
        for (NDArray chosen :
            List.of(x.select(x.greater(bound)), grid.select(grid.greater(bound)))) {
          try (HostArray result = chosen.compute()) {
            assertThat(result.toDoubleArray()).isEqualTo(expected);
          }
        }
      }
      NDArray rows = grid.select(session.arange(150).remainder(50).equal(7));
      assertThat(rows.shape()).isEqualTo(Shape.of(3, 200));
      assertThat(rows.slice("2, 3").toDouble()).isEqualTo(values[107 * 200 + 3]);
      NDArray above = x.select(x.greater(x.mean()));
      double mean = x.mean().toDouble();
      assertThat(above.size()).isEqualTo(Arrays.stream(values).filter(v -> v > mean).count());
    }
  }

  /** The mask alone has more bytes than the session may use, its bits have not. */
  @Test
  void aMaskLargerThanTheLimitIsNeverWhole() {
    long limit = 1 << 20;
    try (Session session = session(limit)) {
      NDArray x = session.arange(3 << 20);
      NDArray few = x.select(x.remainder(1 << 20).equal(5));
      try (HostArray result = few.add(1).compute()) {
        assertThat(result.toLongArray()).containsExactly(6, (1 << 20) + 6, (2 << 20) + 6);
      }
      assertThat(session.memory().peak()).isLessThanOrEqualTo(limit);
    }
  }

  /** What is computed element by element is computed of the chosen ones alone. */
  @Test
  void computedArraysAreNeverWhole() {
    double[] values = new double[200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble();
    }
    for (double bound : new double[] {0.5, 0.9999, 0.99999999}) {
      double[] expected = Arrays.stream(values).filter(v -> v > bound).map(v -> v + 1).toArray();
      List<Chunks> grids = new ArrayList<>();
      for (long limit : new long[] {1 << 21, 1 << 22, 1 << 26}) {
        try (Session session = session(limit)) {
          NDArray x = session.array(values);
          NDArray chosen = x.add(1).select(x.greater(bound));
          grids.add(chosen.chunks());
          try (HostArray result = chosen.compute()) {
            assertThat(result.toDoubleArray()).isEqualTo(expected);
          }
          NDArray rows = x.reshape(20_000, 10);
          NDArray first = rows.slice(":, 0");
          NDArray some = rows.add(1).select(first.greater(bound));
          long count =
              LongStream.range(0, 20_000).filter(i -> values[(int) i * 10] > bound).count();
          assertThat(some.shape()).isEqualTo(Shape.of(count, 10));
          assertThat(some.sum().toDouble())
              .isEqualTo(rows.select(first.greater(bound)).add(1).sum().toDouble());
        }
      }
      assertThat(grids).containsOnly(grids.getFirst());
    }
  }

  @Test
  void indexArraysAreCheckedInPlace() {
    try (Session session = session(1 << 24)) {
      NDArray x = session.arange(1000).multiply(3);
      long[] indices = random.longs(50_000, -1000, 1000).toArray();
      long[] expected = LongStream.of(indices).map(i -> 3 * (i < 0 ? i + 1000 : i)).toArray();
      NDArray list = session.array(indices);
      try (HostArray result = x.take(list, 0).compute()) {
        assertThat(result.toLongArray()).isEqualTo(expected);
      }
      try (HostArray unchanged = list.compute()) {
        assertThat(unchanged.toLongArray()).isEqualTo(indices);
      }
      int[] narrow = IntStream.of(-1, 0, 5).toArray();
      try (HostArray result = x.take(session.array(narrow), 0).compute()) {
        assertThat(result.toLongArray()).containsExactly(2997, 0, 15);
      }
    }
  }
}
