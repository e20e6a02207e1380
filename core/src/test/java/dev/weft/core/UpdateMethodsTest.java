package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arrays with other values in slices: chunks of any length, one kernel where a slice takes what
 * broadcasts, errors. All forms of slices are compared with NumPy's assignment in
 * EvaluatorFixtureTest.
 */
class UpdateMethodsTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toDoubleArray();
    }
  }

  private static void refused(ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  /** Steps of a stencil with fixed borders, beside a plain loop. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9})
  void stencil(int length) {
    double[][] grid = new double[8][9];
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 9; j++) {
        grid[i][j] = (7 * i + 3 * j) % 10;
      }
    }
    NDArray x = session.array(grid).rechunk(length, length);
    for (int step = 0; step < 4; step++) {
      NDArray sum = x.slice(":-2, 1:-1").add(x.slice("2:, 1:-1"));
      NDArray across = x.slice("1:-1, :-2").add(x.slice("1:-1, 2:"));
      x = x.with("1:-1, 1:-1", sum.add(across).multiply(0.25));
      double[][] next = new double[8][];
      for (int i = 0; i < 8; i++) {
        next[i] = grid[i].clone();
        for (int j = 1; i > 0 && i < 7 && j < 8; j++) {
          double vertical = grid[i - 1][j] + grid[i + 1][j];
          next[i][j] = (vertical + (grid[i][j - 1] + grid[i][j + 1])) * 0.25;
        }
      }
      grid = next;
    }
    double[] found = values(x);
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 9; j++) {
        assertThat(found[9 * i + j]).isEqualTo(grid[i][j]);
      }
    }
  }

  @Test
  void whatBroadcastsIsChosenInOneKernel() {
    NDArray x = session.random(1).uniform(50, 60);
    NDArray row = session.random(2).uniform(60);
    NDArray changed = x.with("1:-1, ::3", 0.0).with("5", row).withWhere(x.less(0.1), 1.0);
    String text = changed.multiply(2.0).explain();
    // Other stages are over the positions of one axis.
    assertThat(text.lines().filter(line -> line.matches("\\s*stage \\d+:.*where.*")))
        .containsExactly("  stage 3: logical_and_where_where_less_where_multiply");
  }

  @Test
  void typesAreTheArraysOwn() {
    NDArray x = session.array(new int[] {1, 2, 3, 4});
    NDArray y = x.with("1:3", session.array(new double[] {2.9, -2.9}));
    assertThat(y.dtype()).isEqualTo(DType.INT32);
    assertThat(values(y)).containsExactly(1, 2, -2, 4);
    assertThat(values(x.with("0", 7.9))).containsExactly(7, 2, 3, 4);
    assertThat(values(x.with("::-1", x))).containsExactly(4, 3, 2, 1);
    assertThat(values(x.with(new Index[] {Index.of(-1, 0, 0)}, session.array(new int[] {7, 8, 9}))))
        .containsExactly(9, 2, 3, 7);
    assertThat(values(x.withWhere(x.greater(2), x.negative()))).containsExactly(1, 2, -3, -4);
    NDArray truths = session.array(new boolean[] {false, false});
    assertThat(values(truths.with("0", 5))).containsExactly(1, 0);
    assertThat(values(session.zeros(0, 3).with("0:1", 5.0))).isEmpty();
    assertThat(session.scalar(1.0).with("...", 2.0).toDouble()).isEqualTo(2);
  }

  @Test
  void refusals() {
    NDArray x = session.zeros(DType.INT8, 3, 4);
    refused(() -> x.with("3", 1.0), "index 3 is out of bounds for axis 0 of shape (3, 4)");
    refused(() -> x.with("0, 0, 0", 1.0), "index: 3 items for shape (3, 4)");
    refused(() -> x.with("0", 300), "integer 300 is out of bounds for int8");
    refused(
        () -> x.with("1:", session.ones(3)),
        "with: values of shape (3,) do not broadcast to the slice, whose shape is (2, 4)");
    Index[] two = {Index.of(0, 1), Index.of(1, 2)};
    refused(() -> x.with(two, session.ones(2)), "with: an index of 2 arrays");
    Index[] beside = {Index.at(0), Index.of(1, 2)};
    refused(() -> x.with(beside, session.ones(2)), "with: an index of 1 arrays, or of one beside");
    Index[] mask = {Index.of(x.equal(0))};
    refused(() -> x.with(mask, session.ones(12)), "with: values of shape (12,) where a mask of");
    refused(() -> x.withWhere(x, 1.0), "with: the mask is int8; compare or cast it to bool");
    refused(
        () -> x.withWhere(session.zeros(DType.BOOL, 3), 1.0),
        "with: shape (3,) does not broadcast to (3, 4), that of the array");
  }
}
