package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chunk grids of loops stay about as fine as they were. */
class IterationGridsTest {
  private static final int ROWS = 200;
  private static final int COLUMNS = 100;

  /** Automatic chunks of 32 rows. */
  private final Session session =
      Session.open(
          SessionConfig.defaults()
              .withDevice("reference")
              .withMemoryLimit(1L << 27)
              .withChunkBytes(1 << 15));

  private final NDArray x = session.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS);

  @AfterEach
  void close() {
    session.close();
  }

  private static long[] values(NDArray array) {
    try (HostArray computed = array.compute()) {
      return computed.toLongArray();
    }
  }

  /** Element (i, j) of x, whose indices go round. */
  private static long at(long i, long j) {
    return Math.floorMod(i, (long) ROWS) * COLUMNS + Math.floorMod(j, COLUMNS);
  }

  @Test
  void rolledAndPersistedArraysKeepTheirGrid() {
    assertThat(x.chunks()).hasToString("[7*32 x 100]");
    NDArray z = x.persist();
    int down = 0;
    int right = 0;
    for (int step = 1; step <= 40; step++) {
      z = z.roll(step, 0).roll(-3, 1).persist();
      down += step;
      right -= 3;
      // Two neighbours within a part are longer than its longest chunk, so that there are less than
      // twice as many as of equal ones, and one more at the seam.
      assertThat(z.chunks().axis(0).count()).as("step %d", step).isLessThanOrEqualTo(15);
      assertThat(z.chunks().axis(1).count()).as("step %d", step).isLessThanOrEqualTo(5);
      assertThat(z.chunks().axis(0).longest()).isBetween(16L, 32L);
    }
    long[] computed = values(z);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        assertThat(computed[i * COLUMNS + j]).isEqualTo(at(i - down, j - right));
      }
    }
  }

  @Test
  void stencilsKeepTheirGrid() {
    for (UnaryOperator<NDArray> after : List.<UnaryOperator<NDArray>>of(z -> z, NDArray::persist)) {
      NDArray z = x;
      long[] expected = IntStream.range(0, ROWS * COLUMNS).mapToLong(i -> i).toArray();
      for (int step = 0; step < 12; step++) {
        NDArray around = z.roll(1, 0).add(z.roll(-1, 0)).add(z.roll(1, 1)).add(z.roll(-1, 1));
        z = after.apply(z.add(around.remainder(1000)));
        expected = stencil(expected);
        assertThat(z.chunks().count()).as("step %d", step).isLessThanOrEqualTo(40);
      }
      assertThat(values(z)).containsExactly(expected);
    }
  }

  private static long[] stencil(long[] z) {
    long[] next = new long[z.length];
    Arrays.setAll(
        next,
        k -> {
          int i = k / COLUMNS;
          int j = k % COLUMNS;
          long around =
              z[(int) at(i - 1, j)]
                  + z[(int) at(i + 1, j)]
                  + z[(int) at(i, j - 1)]
                  + z[(int) at(i, j + 1)];
          return z[k] + Math.floorMod(around, 1000L);
        });
    return next;
  }

  @Test
  void paddedStencilsKeepTheirGrid() {
    NDArray z = session.arange(5000).rechunk(500);
    long[] expected = IntStream.range(0, 5000).mapToLong(i -> i).toArray();
    for (int step = 0; step < 30; step++) {
      NDArray middle = z.slice("1:-1").add(z.slice(":-2")).add(z.slice("2:")).remainder(1000);
      z = session.concatenate(0, z.slice(":1"), middle, z.slice("-1:"));
      long[] was = expected;
      long[] next = was.clone();
      for (int i = 1; i < 4999; i++) {
        next[i] = (was[i] + was[i - 1] + was[i + 1]) % 1000;
      }
      expected = next;
      assertThat(z.chunks().count()).as("step %d", step).isLessThanOrEqualTo(20);
    }
    assertThat(values(z)).containsExactly(expected);
  }

  @Test
  void manySmallPartsAreJoined() {
    NDArray[] parts = new NDArray[1000];
    Arrays.setAll(parts, i -> session.full(DType.INT64, i, 10));
    NDArray joined = session.concatenate(0, parts);
    assertThat(joined.chunks()).hasToString("[3*4090]");
    assertThat(joined.explain())
        .contains("rechunk (1,000 chunks are more than 64 for each of the 3 automatic ones)");
    long[] computed = values(joined.multiply(2));
    for (int i = 0; i < computed.length; i++) {
      assertThat(computed[i]).isEqualTo(2L * (i / 10));
    }
    NDArray few = session.concatenate(0, Arrays.copyOf(parts, 50));
    assertThat(few.chunks()).hasToString("[50*10]");
  }

  @Test
  void whatIsPersistedIsNotMuchFinerThanAutomatic() {
    NDArray fine = session.arange(1 << 14).rechunk(32);
    NDArray next = fine.add(1);
    assertThat(next.chunks()).hasToString("[512*32]");
    assertThat(next.explain())
        .contains(
            "persist would keep [4*4096], since its 512 chunks are more than 64 for each of the 4 automatic ones");
    NDArray kept = next.persist();
    assertThat(kept.chunks()).hasToString("[4*4096]");
    assertThat(values(kept)).containsExactly(values(next));
    // Asked for, or not that fine.
    assertThat(fine.persist().chunks()).hasToString("[512*32]");
    assertThat(fine.explain()).doesNotContain("persist would");
    assertThat(session.arange(1 << 14).rechunk(64).add(1).persist().chunks())
        .hasToString("[256*64]");
  }
}
