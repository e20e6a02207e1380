package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.TaskFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskFutureTest {
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

  @Test
  void aFutureIsThereAtOnceAndItsResultLater() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    TaskFuture<Integer> future =
        session.submit(
            () -> {
              open.await();
              return 5;
            });
    assertThat(future.isDone()).isFalse();
    assertThat(future.state()).isEqualTo(Future.State.RUNNING);
    assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    TaskFuture<Integer> next = session.submit(x -> x + 1, future);
    open.countDown();
    assertThat(next.get()).isEqualTo(6);
    assertThat(future.get()).isEqualTo(5);
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(future.exception()).isNull();
    assertThat(future.toCompletableFuture().thenApply(x -> 2 * x).get()).isEqualTo(10);
  }

  @Test
  void futuresArePartsOfComputationsAndOfArrays() {
    TaskFuture<double[]> numbers = session.submit(() -> new double[] {1, 2, 3});
    Delayed<Integer> length = session.delayed(all -> all.length, numbers);
    assertThat(length.compute()).isEqualTo(3);
    assertThat(session.compute(numbers, length).get(1)).isEqualTo(3);
  }

  @Test
  void aFailureIsToldToAllThatWait() {
    TaskFuture<Integer> bad =
        session.submit(
            () -> {
              throw new IOException("no such page");
            });
    TaskFuture<Integer> next = session.submit(x -> x + 1, bad);
    assertThatThrownBy(next::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobFailedException.class)
        .hasMessageContaining("no such page");
    assertThat(bad.exception())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("TaskFutureTest.java:")
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(bad.state()).isEqualTo(Future.State.FAILED);
  }

  @Test
  void aCancelledTaskIsInterruptedAndOthersGoOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    TaskFuture<Integer> endless =
        session.submit(
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                stopped.countDown();
              }
              return 1;
            });
    TaskFuture<Integer> next = session.submit(x -> x + 1, endless);
    begun.await();
    assertThat(endless.cancel(true)).isTrue();
    assertThat(endless.cancel(true)).isFalse();
    stopped.await();
    assertThat(endless.isCancelled()).isTrue();
    assertThatThrownBy(endless::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(next::get).isInstanceOf(ExecutionException.class);
    assertThat(session.submit(() -> 3).get()).isEqualTo(3);
  }

  @Test
  void futuresComeInTheOrderInWhichTheyEnd() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch third = new CountDownLatch(1);
    List<TaskFuture<String>> futures = new ArrayList<>();
    futures.add(session.submit(() -> wait(third, "third")));
    futures.add(session.submit(() -> wait(second, "second")));
    futures.add(session.submit(() -> "first"));
    List<String> order = new ArrayList<>();
    var ended = session.asCompleted(futures).iterator();
    order.add(ended.next().get());
    second.countDown();
    order.add(ended.next().get());
    third.countDown();
    order.add(ended.next().get());
    assertThat(order).containsExactly("first", "second", "third");
    assertThat(ended.hasNext()).isFalse();
    assertThatThrownBy(ended::next).isInstanceOf(NoSuchElementException.class);
  }

  private static String wait(CountDownLatch latch, String name) throws InterruptedException {
    latch.await();
    return name;
  }

  @Test
  void aFunctionIsMappedOverElements() {
    List<TaskFuture<Integer>> squares = session.map(x -> x * x, List.of(1, 2, 3, 4));
    assertThat(session.gather(squares)).containsExactly(1, 4, 9, 16);
  }
}
