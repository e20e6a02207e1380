package dev.weft.cpu.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cpu.vector.Lanes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TileRandomTest {
  private static final long SEED = 0x1234_5678_9ABC_DEF0L;
  private static final long STREAM = 3;

  /** What can be drawn, by the bytes of an element. */
  enum Draw {
    UNIFORM64(8) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.uniformFloat64(start, count, address);
      }
    },
    UNIFORM32(4) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.uniformFloat32(start, count, address);
      }
    },
    NORMAL64(8) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.normalFloat64(start, count, address);
      }
    },
    NORMAL32(4) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.normalFloat32(start, count, address);
      }
    },
    WORDS(8) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.words64(start, count, address);
      }
    },
    NARROW_RANGE(8) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.boundedInt64(start, count, -5, 1L << 32, address);
      }
    },
    WIDE_RANGE(8) {
      @Override
      void write(TileRandom random, long start, long count, long address) {
        random.boundedInt64(start, count, Long.MIN_VALUE, 0x8000_0000_0000_0001L, address);
      }
    };

    final int bytes;

    Draw(int bytes) {
      this.bytes = bytes;
    }

    abstract void write(TileRandom random, long start, long count, long address);

    byte[] bytes(TileRandom random, long start, int count) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment to = arena.allocate((long) bytes * count + 8, 64);
        to.fill((byte) 0x5A);
        write(random, start, count, to.address());
        assertThat(to.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) bytes * count))
            .as("what follows the elements")
            .isEqualTo(0x5A5A5A5A5A5A5A5AL);
        return to.asSlice(0, (long) bytes * count).toArray(ValueLayout.JAVA_BYTE);
      }
    }
  }

  static Stream<TileRandom> forms() {
    return Stream.concat(
        Stream.of(TileRandom.scalar(0, 0)),
        Lanes.all().stream().map(lanes -> TileRandom.vector(lanes, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void givesTheNumbersOfAnIndependentGenerator(TileRandom form) throws IOException {
    for (String line : fixture()) {
      String[] field = line.split(",");
      TileRandom random =
          form.with(Long.parseUnsignedLong(field[0]), Long.parseUnsignedLong(field[1]));
      long index = Long.parseLong(field[2]);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment to = arena.allocate(8, 8);
        random.words64(index, 1, to.address());
        assertThat(Long.toUnsignedString(to.get(ValueLayout.JAVA_LONG, 0))).isEqualTo(field[3]);
        random.uniformFloat32(index, 1, to.address());
        float uniform32 = (Long.parseLong(field[4]) >>> 8) * 0x1p-24f;
        assertThat(to.get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(uniform32);
        random.uniformFloat64(index, 1, to.address());
        assertThat(to.get(ValueLayout.JAVA_DOUBLE, 0)).isEqualTo(Double.parseDouble(field[5]));
        random.normalFloat64(index, 1, to.address());
        double normal = Double.parseDouble(field[6]);
        assertThat(to.get(ValueLayout.JAVA_DOUBLE, 0))
            .as("normal at %d", index)
            .isCloseTo(normal, within(3 * Math.ulp(normal)));
        random.normalFloat32(index, 1, to.address());
        assertThat(to.get(ValueLayout.JAVA_FLOAT, 0)).isCloseTo((float) normal, within(1e-7f));
      }
    }
  }

  private static List<String> fixture() throws IOException {
    try (InputStream in = TileRandomTest.class.getResourceAsStream("philox.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameBitsForEveryFormAndRange(Draw draw) {
    byte[] all = draw.bytes(TileRandom.scalar(SEED, STREAM), 0, 3000);
    for (TileRandom form : forms().toList()) {
      TileRandom random = form.with(SEED, STREAM);
      int[][] ranges = {{0, 3000}, {0, 0}, {1, 1}, {63, 66}, {100, 2900}, {128, 256}, {129, 1151}};
      for (int[] range : ranges) {
        byte[] expected =
            Arrays.copyOfRange(all, range[0] * draw.bytes, (range[0] + range[1]) * draw.bytes);
        assertThat(draw.bytes(random, range[0], range[1])).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameBitsColdAndCompiled(Draw draw) {
    TileRandom random = TileRandom.vector(Lanes.preferred(), SEED, STREAM);
    TileRandom scalar = TileRandom.scalar(SEED, STREAM);
    byte[] cold = draw.bytes(random, 0, 4096);
    try (Arena arena = Arena.ofConfined()) {
      long to = arena.allocate(4096 * 8, 64).address();
      for (int i = 0; i < 2000; i++) {
        draw.write(random, 4096L * i, 4096, to);
      }
      for (int i = 0; i < 300; i++) {
        draw.write(scalar, 4096L * i, 4096, to);
      }
    }
    assertThat(draw.bytes(random, 0, 4096)).isEqualTo(cold);
    assertThat(draw.bytes(scalar, 0, 4096)).isEqualTo(cold);
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    int n = 1 << 20;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(8L * n, 64);
      TileRandom.vector(Lanes.preferred(), 1, 0).normalFloat64(0, n, to.address());
      double[] x = to.toArray(ValueLayout.JAVA_DOUBLE);
      double m1 = Arrays.stream(x).average().orElseThrow();
      double m2 = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
      double m4 = Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow();
      double neighbours = 0;
      for (int i = 1; i < n; i++) {
        neighbours += x[i] * x[i - 1];
      }
      assertThat(m1).isCloseTo(0, within(0.005));
      assertThat(m2).isCloseTo(1, within(0.01));
      assertThat(m4).isCloseTo(3, within(0.05));
      assertThat(neighbours / n).isCloseTo(0, within(0.005));
    }
  }

  @Test
  void boundedNumbersFillTheirRange() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocate(8L * 60_000, 64);
      TileRandom.vector(Lanes.preferred(), 9, 0).boundedInt64(0, 60_000, 10, 6, to.address());
      long[] count = new long[6];
      for (long value : to.toArray(ValueLayout.JAVA_LONG)) {
        count[(int) value - 10]++;
      }
      for (long c : count) {
        assertThat(c).isBetween(9_600L, 10_400L);
      }
    }
  }

  @Test
  void refusesNegativeRanges() {
    assertThatThrownBy(() -> TileRandom.scalar(0, 0).words64(-1, 5, 0))
        .hasMessage("random: range of 5 elements from -1; neither may be negative");
  }
}
