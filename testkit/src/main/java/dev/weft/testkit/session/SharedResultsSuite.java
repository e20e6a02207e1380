package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results that are one array after optimisation: each of them is written. */
@Timeout(60)
public abstract class SharedResultsSuite extends SessionSuite {
  private static final double[] DOUBLED = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22};

  /** The numbers 0 to 11 in 3 rows, in several chunks. */
  private NDArray rows() {
    return session.array(new RecordingSource(3, 4), ChunkSpec.of(2, 3));
  }

  /** Computes to targets, and to memory, and expects the same values of every result. */
  private void assertAll(double[] values, NDArray... results) {
    List<NDArray> arrays = List.of(results);
    List<RecordingTarget> targets = new ArrayList<>();
    arrays.forEach(array -> targets.add(new RecordingTarget("")));
    session.computeTo(arrays, List.copyOf(targets));
    for (RecordingTarget target : targets) {
      assertThat(target.calls()).containsExactly("open", "commit");
      assertThat(target.values()).containsExactly(values);
    }
    for (HostArray array : session.compute(arrays)) {
      try (array) {
        assertThat(array.toDoubleArray()).containsExactly(values);
      }
    }
  }

  @Test
  void twoNamesOfEqualExpressions() {
    assertAll(DOUBLED, rows().multiply(2.0), rows().multiply(2.0), rows().multiply(2.0));
  }

  @Test
  void theSameArrayTwice() {
    NDArray y = rows().multiply(2.0);
    assertAll(DOUBLED, y, y);
  }

  @Test
  void moreResultsThanAKernelHas() {
    NDArray[] same = new NDArray[40];
    Arrays.fill(same, rows().multiply(2.0));
    assertAll(DOUBLED, same);
  }

  @Test
  void anInputBesideItsCast() {
    NDArray x = rows();
    double[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    assertAll(values, x, x.cast(DType.FLOAT64), x);
    NDArray inMemory = session.array(values).rechunk(5);
    assertAll(values, inMemory, inMemory.cast(DType.FLOAT64));
  }

  @Test
  void reductionsThatAreTheSame() {
    NDArray x = session.array(new RecordingSource(10), ChunkSpec.of(3));
    assertAll(new double[] {4.5}, x.mean(0), x.mean());
    NDArray whole = session.arange(10).rechunk(3);
    List<HostArray> sums = session.compute(whole.sum(), whole.nansum());
    assertThat(sums).extracting(HostArray::item).containsExactly(45.0, 45.0);
  }

  @Test
  void viewsThatTurnBack() {
    NDArray y = rows().multiply(2.0);
    assertAll(
        DOUBLED,
        y,
        y.flip(0).flip(0),
        y.t().t(),
        y.slice("::"),
        y.multiply(1.0),
        y.reshape(3, 4),
        y.reshape(12).reshape(3, 4));
  }

  @Test
  void otherShapesOfTheSameElements() {
    NDArray y = rows().multiply(2.0);
    assertAll(DOUBLED, y, y.reshape(12), y.reshape(2, 6), y.reshape(12), y.reshape(4, 3));
    NDArray x = session.arange(12).rechunk(5).cast(DType.FLOAT64).multiply(2.0);
    assertAll(DOUBLED, x.reshape(3, 4), x.reshape(3, 4), x);
  }

  @Test
  void whatNoKernelComputesTwice() {
    NDArray x = rows();
    double[] running = {0, 1, 3, 6, 4, 9, 15, 22, 8, 17, 27, 38};
    assertAll(running, x.cumsum(1), x.cumsum(1));
    NDArray one = session.eye(3);
    assertAll(DOUBLED, one.matmul(x.multiply(2.0)), one.matmul(x.multiply(2.0)));
    NDArray mapped = x.map(value -> 2 * value);
    assertAll(DOUBLED, mapped, mapped);
    NDArray taken = x.multiply(2.0).take(new long[] {0, 1, 2}, 0);
    assertAll(DOUBLED, taken, taken);
    NDArray joined = session.concatenate(0, x.slice(":1"), x.slice("1:")).multiply(2.0);
    assertAll(DOUBLED, joined, joined);
  }

  @Test
  void numbersAndArraysWithoutElements() {
    assertAll(new double[] {7}, session.scalar(7.0), session.scalar(7.0));
    NDArray none = session.zeros(3, 0);
    assertAll(new double[0], none, none, none.add(0.0));
  }

  @Test
  void wishesForOtherDevicesAreNoOtherResults() {
    NDArray y = rows().multiply(2.0);
    assertAll(DOUBLED, y.on("cpu"), y, y.on("cuda"), y.on("cpu"));
  }

  @Test
  void largeResultsAreWholeEverywhere() {
    NDArray y = session.arange(500_000).cast(DType.FLOAT64).add(1.0);
    List<RecordingTarget> targets = List.of(new RecordingTarget(""), new RecordingTarget(""));
    session.computeTo(List.of(y, y), List.copyOf(targets));
    for (RecordingTarget target : targets) {
      assertThat(Arrays.stream(target.values()).sum()).isEqualTo(500_000L * 500_001 / 2);
    }
  }

  @Test
  void oneTargetTakesOneResult() {
    RecordingTarget target = new RecordingTarget("");
    NDArray y = rows();
    assertThatThrownBy(() -> session.computeTo(List.of(y, y), List.of(target, target)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "computeTo: results 0 and 1 have the same target; give each result a target of its own");
    assertThat(target.calls()).isEmpty();
  }
}
