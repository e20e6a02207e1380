package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays that tasks read, and arrays whose elements tasks compute. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelayedArraysTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final Session session =
      Session.open(
          SessionConfig.defaults()
              .withDevice("reference")
              .withThreads(2)
              .withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private double[] numbers() {
    calls.incrementAndGet();
    return new double[] {1, 2, 3, 4};
  }

  @Test
  void aTaskReadsTheElementsOfAnArray() {
    NDArray x = session.arange(1000).cast(DType.FLOAT64);
    Delayed<Double> sum =
        session.delayed((a, b) -> a.getDouble(999) + b.getDouble(), x.multiply(2), x.sum());
    assertThat(sum.compute()).isEqualTo(1998 + 499_500);
    assertThat(session.compute(x.max(), sum)).element(1).isEqualTo(501_498.0);
  }

  @Test
  void whatArraysOfTasksHaveInCommonIsComputedOnce() {
    NDArray x = session.arange(100).cast(DType.FLOAT64).rechunk(100);
    NDArray counted =
        x.mapChunks(
            DType.FLOAT64,
            (region, inputs, output) -> {
              calls.incrementAndGet();
              output.segment().copyFrom(inputs.getFirst().segment());
            });
    Delayed<Double> sum = session.delayed(HostArray::getDouble, counted.sum());
    Delayed<Double> max = session.delayed(HostArray::getDouble, counted.max());
    assertThat(session.compute(sum, max)).containsExactly(4950.0, 99.0);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aTaskMakesTheElementsOfAnArray() {
    Delayed<double[]> made = session.delayed(this::numbers);
    NDArray x = session.fromDelayed(made, DType.FLOAT64, 4);
    NDArray y = x.multiply(10).add(x);
    assertThat(calls).hasValue(0);
    assertThat(y.compute().toDoubleArray()).containsExactly(11, 22, 33, 44);
    assertThat(calls).hasValue(1);
    assertThat(session.compute(x.sum(), x.max()).getLast().getDouble()).isEqualTo(4);
    assertThat(calls).hasValue(2);
    assertThat(x.persist().sum().toDouble()).isEqualTo(10);
  }

  @Test
  void arraysAndTasksFollowEachOther() {
    Delayed<double[]> made = session.delayed(this::numbers);
    NDArray x = session.fromDelayed(made, DType.FLOAT64, 4);
    Delayed<Double> mean = session.delayed(HostArray::getDouble, x.mean());
    NDArray again = session.fromDelayed(mean.then(m -> new double[] {m, -m}), DType.FLOAT64, 2);
    Delayed<Double> end = session.delayed((a, all) -> a.getDouble(1) + all.length, again, made);
    assertThat(end.compute()).isEqualTo(1.5);
    assertThat(calls).hasValue(1);
  }

  @Test
  void chunksOfAnArrayAreTasks() {
    NDArray x = session.arange(10).rechunk(4);
    List<Delayed<HostArray>> chunks = x.toDelayed();
    assertThat(chunks).hasSize(3);
    List<Delayed<Integer>> sizes = new ArrayList<>();
    chunks.forEach(chunk -> sizes.add(chunk.then(c -> (int) c.size())));
    assertThat(session.gather(sizes)).containsExactly(4, 4, 2);
    assertThat(chunks.getLast().compute().toLongArray()).containsExactly(8, 9);
  }

  @Test
  void elementsOfAnotherKindAreRefused() {
    Delayed<double[]> made = session.delayed(this::numbers).named("numbers");
    NDArray wrongShape = session.fromDelayed(made, DType.FLOAT64, 5);
    assertThatThrownBy(wrongShape::compute)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "fromDelayed: task 'numbers' returned float64 (4,), but float64 (5,)");
    NDArray wrongType = session.fromDelayed(made, DType.INT32, 4);
    assertThatThrownBy(() -> session.delayed(HostArray::size, wrongType).compute())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("but int32 (4,) was announced");
    NDArray nothing = session.fromDelayed(session.delayed(() -> null), DType.INT32, 4);
    assertThatThrownBy(nothing::compute).hasMessageContaining("returned null");
  }

  @Test
  void whatIsNoInputIsRefused() {
    Input<Integer> strange = new Input<>() {};
    assertThatThrownBy(() -> session.compute(strange))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("give a Delayed, a TaskFuture, an NDArray or Input.of(value)");
    try (Session other = Session.open(session.config())) {
      NDArray foreign = other.ones(3);
      assertThatThrownBy(() -> session.delayed(HostArray::size, foreign).compute())
          .hasMessageContaining("the arrays belong to different sessions");
    }
  }

  @Test
  void aFailedArrayFailsTheTaskThatReadsIt() {
    NDArray bad =
        session
            .ones(4)
            .map(
                v -> {
                  throw new IllegalStateException("bad element");
                });
    assertThatThrownBy(() -> session.delayed(HostArray::size, bad).compute())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("bad element");
  }
}
