package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.core.task.TaskFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelayedTest {
  private static final int MANY = 100_000;

  private final List<JobEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Session session = open(2);

  private static Session open(int threads) {
    return Session.open(
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(threads)
            .withMemoryLimit(1L << 26));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private int count(int value) {
    calls.incrementAndGet();
    return value;
  }

  @Test
  void nothingRunsBeforeItIsComputed() {
    Delayed<Integer> a = session.delayed(() -> count(1));
    Delayed<Integer> sum = session.delayed(Integer::sum, a, session.delayed(() -> count(2)));
    assertThat(calls).hasValue(0);
    assertThat(sum.compute()).isEqualTo(3);
    assertThat(calls).hasValue(2);
  }

  @Test
  void sharedPartsRunOnceInEachComputation() {
    Delayed<Integer> shared = session.delayed(() -> count(5));
    Delayed<Integer> doubled = shared.then(x -> 2 * x);
    Delayed<Integer> squared = shared.then(x -> x * x);
    assertThat(session.compute(doubled, squared, shared)).containsExactly(10, 25, 5);
    assertThat(calls).hasValue(1);
    assertThat(doubled.compute()).isEqualTo(10);
    assertThat(calls).hasValue(2);
  }

  @Test
  void equalCallsOfPureFunctionsRunOnce() {
    TaskFunction.Of1<Integer, Integer> function = this::count;
    List<Delayed<Integer>> same = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      same.add(session.delayed(function, Input.of(7)).pure());
    }
    Delayed<Integer> other = session.delayed(function, Input.of(8)).pure();
    assertThat(session.gather(same)).containsExactly(7, 7, 7, 7);
    assertThat(calls).hasValue(1);
    assertThat(session.compute(same.getFirst(), other)).containsExactly(7, 8);
    assertThat(calls).hasValue(3);
    Delayed<Integer> further = session.delayed(function, same.get(0)).pure();
    Delayed<Integer> equal = session.delayed(function, same.get(1)).pure();
    assertThat(session.compute(further, equal)).containsExactly(7, 7);
    assertThat(calls).hasValue(5);
  }

  @Test
  void functionsTakeUpToEightArguments() {
    Input<Integer> one = Input.of(1);
    Delayed<Integer> two = session.delayed(() -> 2);
    assertThat(
            session
                .delayed(
                    (a, b, c, d, e, f, g, h) ->
                        a
                            + 10 * b
                            + 100 * c
                            + 1000 * d
                            + 10_000 * e
                            + 100_000 * f
                            + 1_000_000 * g
                            + 10_000_000 * h,
                    one,
                    two,
                    one,
                    two,
                    one,
                    two,
                    one,
                    two)
                .compute())
        .isEqualTo(21_212_121);
    assertThat(session.delayed((a, b, c) -> a + b + c, one, two, two).compute()).isEqualTo(5);
  }

  @Test
  void aFunctionOfACollectionGetsAllResults() {
    List<Delayed<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int value = i;
      parts.add(session.delayed(() -> value));
    }
    Delayed<Integer> total =
        session.delayed(
            list -> list.stream().mapToInt(Integer::intValue).sum(), session.all(parts));
    assertThat(total.compute()).isEqualTo(4950);
    assertThat(session.all(List.of()).compute()).isEqualTo(List.of());
  }

  @Test
  void aResultMayBeNull() {
    Delayed<String> none = session.delayed(() -> null);
    assertThat(none.compute()).isNull();
    assertThat(none.then(text -> text == null).compute()).isTrue();
    assertThat(session.all(List.of(none, Input.of("b"))).compute()).containsExactly(null, "b");
  }

  @Test
  void aTaskIsTriedAgain() {
    try (Session heard = Session.open(session.config().withListener(events::add))) {
      Delayed<Integer> third =
          heard
              .<Integer>delayed(
                  () -> {
                    if (calls.incrementAndGet() < 3) {
                      throw new IOException("not yet");
                    }
                    return 9;
                  })
              .named("fetch");
      assertThat(third.retries(2).compute()).isEqualTo(9);
      assertThat(calls).hasValue(3);
      List<Integer> attempts = new ArrayList<>();
      for (JobEvent event : events) {
        if (event instanceof JobEvent.TaskRetried retried) {
          attempts.add(retried.attempt());
        }
      }
      assertThat(attempts).containsExactly(1, 2);
      calls.set(0);
      assertThatThrownBy(() -> third.retries(1).compute())
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("task 'fetch'()")
          .hasMessageContaining("failed 2 times: java.io.IOException: not yet");
      assertThat(calls).hasValue(2);
      // The attempts of the one that has failed for good, told once, before the end of its job.
      List<JobEvent> failures =
          events.stream().filter(JobEvent.TaskFailed.class::isInstance).toList();
      assertThat(failures).hasSize(1);
      JobEvent.TaskFailed failed = (JobEvent.TaskFailed) failures.getFirst();
      assertThat(failed.attempts()).isEqualTo(2);
      assertThat(failed.cause()).isInstanceOf(IOException.class).hasMessage("not yet");
      assertThat(events.indexOf(failed)).isEqualTo(events.size() - 2);
      assertThat(events.getLast()).isInstanceOf(JobEvent.Finished.class);
    }
  }

  @Test
  void aFailureNamesTheTaskItsArgumentsAndTheLine() {
    Delayed<int[]> numbers = session.delayed(() -> new int[] {1, 2, 3});
    Delayed<Integer> parsed =
        session
            .delayed(
                (int[] all, List<String> names, String text) -> Integer.parseInt(text),
                numbers,
                Input.of(List.of("a", "b")),
                Input.of("seven " + "x".repeat(100)))
            .named("parse");
    assertThatThrownBy(() -> parsed.then(x -> x + 1).compute())
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("task 'parse'(int[3], [2 elements], seven xxx")
        .hasMessageContaining("…) made at DelayedTest.java:")
        .hasMessageContaining("NumberFormatException")
        .hasCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void aFailingToStringDoesNotHideTheFailure() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    Delayed<Object> failing =
        session.delayed(
            value -> {
              throw new IOException("real reason");
            },
            Input.of(hostile));
    assertThatThrownBy(failing::compute).hasMessageContaining("real reason");
  }

  @Test
  void whatNeedsNoFailedResultIsNotRunAfterIt() {
    CountDownLatch failed = new CountDownLatch(1);
    Delayed<Integer> bad =
        session.delayed(
            () -> {
              failed.countDown();
              throw new IOException("bad");
            });
    Delayed<Integer> after = bad.then(this::count);
    assertThatThrownBy(after::compute).hasMessageContaining("bad");
    assertThat(calls).hasValue(0);
  }

  @Test
  void aChainMayBeDeeperThanAnyStack() {
    Delayed<Integer> last = session.delayed(() -> 0);
    for (int i = 0; i < MANY; i++) {
      last = last.then(x -> x + 1);
    }
    assertThat(last.compute()).isEqualTo(MANY);
  }

  @Test
  void manyTasksRunOnceEach() {
    List<Delayed<Integer>> all = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      all.add(session.delayed(() -> count(1)));
    }
    long total =
        session
            .delayed(list -> list.stream().mapToLong(Integer::longValue).sum(), session.all(all))
            .compute();
    assertThat(total).isEqualTo(MANY);
    assertThat(calls).hasValue(MANY);
  }

  @Test
  void higherPrioritiesGoFirstWithWhatTheyNeed() throws Exception {
    try (Session one = open(1)) {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      Delayed<Boolean> low = one.delayed(() -> order.add("low"));
      Delayed<Boolean> middle = one.delayed(() -> order.add("middle")).priority(1);
      CountDownLatch started = new CountDownLatch(1);
      Delayed<Boolean> first =
          one.delayed(
              () -> {
                started.await();
                return order.add("first");
              });
      Delayed<Boolean> high = first.then(done -> order.add("high")).priority(5);
      var all = one.all(List.of(low, middle, high)).submit();
      started.countDown();
      all.get();
      assertThat(order).containsExactly("first", "high", "middle", "low");
    }
  }

  @Test
  void longTasksBeginFirst() {
    try (Session one = open(1)) {
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      List<Delayed<Boolean>> tasks = new ArrayList<>();
      for (int seconds : new int[] {1, 3, 2}) {
        tasks.add(one.delayed(() -> order.add(seconds)).cost(Duration.ofSeconds(seconds)));
      }
      one.all(tasks).compute();
      assertThat(order).containsExactly(3, 2, 1);
    }
  }

  @Test
  void tasksThatWaitTakeNoCoresPlace() {
    try (Session one = open(1)) {
      int many = 50;
      CountDownLatch together = new CountDownLatch(many + 1);
      List<Delayed<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        tasks.add(one.<Boolean>delayed(() -> meet(together)).blocking());
      }
      // On the only core, while all the others wait for it.
      tasks.add(one.delayed(() -> meet(together)));
      assertThat(one.gather(tasks)).containsOnly(true).hasSize(many + 1);
    }
  }

  private static boolean meet(CountDownLatch latch) throws InterruptedException {
    latch.countDown();
    latch.await();
    return true;
  }

  @Test
  void tasksOfDifferentSlotsRunSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    Delayed<Boolean> a = session.delayed(() -> meet(both));
    Delayed<Boolean> b = session.delayed(() -> meet(both));
    assertThat(session.compute(a, b)).containsExactly(true, true);
  }

  @Test
  void aTaskMayComputeTasksAndArrays() {
    try (Session one = open(1)) {
      Delayed<Double> outer =
          one.delayed(
              () -> {
                int inner = one.delayed(() -> one.delayed(() -> 4).compute()).compute();
                return inner + one.arange(10).sum().toDouble();
              });
      assertThat(outer.compute()).isEqualTo(49);
    }
  }

  @Test
  void closingTheSessionInterruptsWhatRuns() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Session other = open(1);
    var future =
        other.submit(
            () -> {
              begun.countDown();
              try {
                Thread.sleep(Duration.ofHours(1));
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return 1;
            });
    begun.await();
    other.close();
    interrupted.await();
    assertThat(future.isDone()).isTrue();
    assertThat(future.exception()).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> other.delayed(() -> 1).compute())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the session is closed");
  }

  @Test
  void wrongOptionsAreRefused() {
    Delayed<Integer> task = session.delayed(() -> 1).named("t");
    assertThatThrownBy(() -> task.retries(-1))
        .isInstanceOf(UsageException.class)
        .hasMessage("task 't': -1 retries; give 0 or more");
    assertThatThrownBy(() -> task.cost(Duration.ofSeconds(-1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("give zero or a longer time");
  }

  @Test
  void aDelayedTellsWhatItIs() {
    Delayed<Integer> task = session.delayed(Integer::sum, Input.of(1), Input.of(2)).named("add");
    assertThat(task).hasToString("Delayed(add, 2 arguments)");
    assertThat(task.site()).startsWith("DelayedTest.java:");
    assertThat(task.options().name()).isEqualTo("add");
  }
}
