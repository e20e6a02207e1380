package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays that tasks read, and arrays whose elements tasks compute. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelayedArraysTest {
  /** Elements of chunks that are long enough not to be handed over several at a time. */
  private static final int LENGTH = 1 << 18;

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

  /** 0, 1, 2, … in chunks of 100; counts the chunks that are computed. */
  private NDArray counted(long elements) {
    return session
        .arange(elements)
        .cast(DType.FLOAT64)
        .rechunk(100)
        .mapChunks(
            DType.FLOAT64,
            (region, inputs, output) -> {
              calls.incrementAndGet();
              output.segment().copyFrom(inputs.getFirst().segment());
            });
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
    NDArray counted = counted(100);
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

  private static double sum(HostArray array) {
    double sum = 0;
    for (double element : array.toDoubleArray()) {
      sum += element;
    }
    return sum;
  }

  /** The last chunk is not computed before the function of the first has run. */
  @Test
  void functionsBeginWithTheFirstChunk() {
    CountDownLatch first = new CountDownLatch(1);
    NDArray x =
        session
            .arange(4 * LENGTH)
            .cast(DType.FLOAT64)
            .rechunk(LENGTH)
            .mapChunks(
                DType.FLOAT64,
                (region, inputs, output) -> {
                  if (region.start()[0] == 3 * LENGTH && !first.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no function has begun");
                  }
                  output.segment().copyFrom(inputs.getFirst().segment());
                });
    List<Delayed<Double>> sums = new ArrayList<>();
    for (Delayed<HostArray> chunk : x.toDelayed()) {
      sums.add(
          chunk.then(
              elements -> {
                first.countDown();
                return elements.getDouble(0);
              }));
    }
    assertThat(session.gather(sums)).containsExactly(0.0, 1.0 * LENGTH, 2.0 * LENGTH, 3.0 * LENGTH);
  }

  @Test
  void chunksOfAnArrayLargerThanMemoryPassThrough() {
    NDArray x = session.arange(1 << 25).cast(DType.FLOAT64).rechunk(1 << 17);
    List<Delayed<Double>> sums =
        x.toDelayed().stream().map(chunk -> chunk.then(DelayedArraysTest::sum)).toList();
    Delayed<Double> total =
        session.delayed(
            all -> all.stream().mapToDouble(Double::doubleValue).sum(), session.all(sums));
    assertThat(total.compute()).isEqualTo((double) (1 << 24) * ((1 << 25) - 1));
  }

  @Test
  void onlyTheChunksThatAreWantedAreComputed() {
    NDArray x = counted(400);
    List<Delayed<HostArray>> chunks = x.toDelayed();
    assertThat(session.gather(chunks.subList(1, 2)).getFirst().getDouble(5)).isEqualTo(105);
    assertThat(calls).hasValue(1);
  }

  @Test
  void chunksInTwoDimensionsKeepTheirPlaces() {
    NDArray x = session.arange(7 * 5).reshape(7, 5).rechunk(3, 2);
    List<HostArray> chunks = session.gather(x.toDelayed());
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      Region region = x.chunks().region(chunk);
      assertThat(chunks.get(chunk).shape()).isEqualTo(region.shape());
      assertThat(chunks.get(chunk).getLong(0, 0))
          .isEqualTo(region.start()[0] * 5 + region.start()[1]);
    }
    NDArray empty = session.zeros(0, 3);
    assertThat(session.gather(empty.toDelayed()).getFirst().shape()).isEqualTo(empty.shape());
    assertThat(session.gather(session.scalar(7.0).toDelayed()).getFirst().getDouble()).isEqualTo(7);
  }

  @Test
  void wholeArraysAndChunksComeFromOneJob() {
    NDArray counted = counted(200);
    List<Delayed<HostArray>> chunks = counted.toDelayed();
    Delayed<Double> apart =
        session.delayed(
            (a, b, mean) -> sum(a) - sum(b) + mean.getDouble(),
            chunks.get(0),
            chunks.get(1),
            counted.mean());
    assertThat(apart.compute()).isEqualTo(-10_000 + 99.5);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aFailedChunkFailsTheFunctionThatReadsIt() {
    NDArray bad =
        session
            .arange(400)
            .cast(DType.FLOAT64)
            .rechunk(100)
            .map(
                v -> {
                  if (v == 350) {
                    throw new IllegalStateException("bad element");
                  }
                  return v;
                });
    List<Delayed<Double>> sums =
        bad.toDelayed().stream().map(chunk -> chunk.then(DelayedArraysTest::sum)).toList();
    assertThatThrownBy(() -> session.gather(sums))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("bad element");
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
