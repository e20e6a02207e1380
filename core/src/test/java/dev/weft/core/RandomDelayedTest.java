package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.core.task.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random graphs of tasks beside a plain evaluation of the same numbers: whatever the names, the
 * priorities, the costs, the failures that are tried again and the threads, results are the same
 * and each task runs once; tasks that fail for good, and cancelled ones, end the computation.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomDelayedTest {
  private static final int GRAPHS = 1000;
  private static final int LARGEST = 60;

  private final AtomicLong retried = new AtomicLong();

  /** A task as a number, and how often it fails before it goes well. */
  private record Plain(long own, List<Integer> reads, int failures) {}

  private static final class Graph {
    private final SplittableRandom random;
    private final Session session;
    private final List<Plain> plain = new ArrayList<>();
    private final List<AtomicInteger> calls = new ArrayList<>();
    private final List<Input<Long>> tasks = new ArrayList<>();

    Graph(Session session, long seed, boolean withFutures) {
      this.session = session;
      this.random = new SplittableRandom(seed);
      int size = random.nextInt(1, LARGEST);
      for (int i = 0; i < size; i++) {
        add(withFutures);
      }
    }

    private void add(boolean withFutures) {
      List<Integer> reads = new ArrayList<>();
      int most = Math.min(tasks.size(), random.nextInt(5));
      for (int i = 0; i < most; i++) {
        reads.add(random.nextInt(tasks.size()));
      }
      int failures = random.nextInt(8) == 0 ? random.nextInt(1, 3) : 0;
      Plain own = new Plain(random.nextInt(1000), reads, failures);
      AtomicInteger called = new AtomicInteger();
      plain.add(own);
      calls.add(called);
      List<Input<Long>> inputs = reads.stream().map(tasks::get).toList();
      Delayed<Long> task =
          session
              .delayed(values -> evaluate(own, called, values), session.all(inputs))
              .named("t" + random.nextInt(4))
              .retries(failures)
              .priority(random.nextInt(-2, 3))
              .cost(Duration.ofMillis(random.nextInt(3)));
      task = random.nextInt(5) == 0 ? task.blocking() : task;
      tasks.add(withFutures && random.nextBoolean() ? task.submit() : task);
    }

    private static long evaluate(Plain own, AtomicInteger called, List<Long> values)
        throws IOException {
      if (called.incrementAndGet() <= own.failures()) {
        throw new IOException("attempt " + called);
      }
      return combine(own.own(), values);
    }

    private static long combine(long own, List<Long> values) {
      long result = own;
      for (long value : values) {
        result = 31 * result + value;
      }
      return result;
    }

    private long[] expected() {
      long[] values = new long[plain.size()];
      for (int i = 0; i < values.length; i++) {
        Plain own = plain.get(i);
        values[i] = combine(own.own(), own.reads().stream().map(read -> values[read]).toList());
      }
      return values;
    }

    /** Computes some of the tasks; all that they need ran once, however often it failed before. */
    int check(long seed) {
      List<Input<Long>> wanted = new ArrayList<>();
      List<Long> expected = new ArrayList<>();
      long[] all = expected();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int which = random.nextInt(all.length);
        wanted.add(tasks.get(which));
        expected.add(all[which]);
      }
      assertThat(session.gather(wanted)).as("seed %d", seed).isEqualTo(expected);
      int ran = 0;
      for (int i = 0; i < all.length; i++) {
        int count = calls.get(i).get();
        assertThat(count).as("seed %d, task %d", seed, i).isIn(0, 1 + plain.get(i).failures());
        ran += count > 0 ? 1 : 0;
      }
      return ran;
    }
  }

  private Session open(int threads) {
    return Session.open(
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(threads)
            .withMemoryLimit(1L << 26)
            .withListener(
                event -> {
                  if (event instanceof JobEvent.TaskRetried) {
                    retried.incrementAndGet();
                  }
                }));
  }

  @Test
  void resultsAreThoseOfAPlainEvaluation() {
    long ran = 0;
    for (int threads = 1; threads <= 4; threads++) {
      try (Session session = open(threads)) {
        for (long seed = threads; seed <= GRAPHS; seed += 4) {
          ran += new Graph(session, seed, false).check(seed);
        }
      }
    }
    System.out.printf("%d random graphs, %d tasks, %d tried again%n", GRAPHS, ran, retried.get());
    assertThat(retried.get()).isGreaterThan(GRAPHS / 10);
    assertThat(ran).isGreaterThan(5L * GRAPHS);
  }

  /** Submitted tasks run on their own; what reads them must not run them again. */
  @Test
  void futuresAreReadAndNotRunAgain() throws Exception {
    long ran = 0;
    try (Session session = open(3)) {
      for (long seed = 0; seed < GRAPHS / 2; seed++) {
        Graph graph = new Graph(session, seed, true);
        for (Input<Long> task : graph.tasks) {
          if (task instanceof TaskFuture<Long> future) {
            // A task that futures have in common runs in each of their computations.
            future.get();
          }
        }
        graph.calls.forEach(count -> count.set(LARGEST));
        int last = graph.tasks.size() - 1;
        long value = session.gather(List.of(graph.tasks.get(last))).getFirst();
        assertThat(value).as("seed %d", seed).isEqualTo(graph.expected()[last]);
        for (int i = 0; i <= last; i++) {
          if (graph.tasks.get(i) instanceof TaskFuture) {
            assertThat(graph.calls.get(i)).as("seed %d, task %d", seed, i).hasValue(LARGEST);
          }
        }
        ran += graph.tasks.size();
      }
    }
    System.out.printf("%d graphs with futures, %d tasks%n", GRAPHS / 2, ran);
  }

  /** One task of each graph fails for good, or the computation is cancelled from another thread. */
  @Test
  void failuresAndCancelsEndTheComputation() throws Exception {
    int failed = 0;
    int cancelled = 0;
    int wentWell = 0;
    try (Session session = open(2)) {
      for (long seed = 0; seed < GRAPHS; seed++) {
        Graph graph = new Graph(session, seed, false);
        SplittableRandom random = new SplittableRandom(seed);
        int victim = random.nextInt(graph.tasks.size());
        Delayed<Long> bad =
            session.delayed(
                value -> {
                  throw new IllegalArgumentException("value " + value);
                },
                graph.tasks.get(victim));
        List<Input<Long>> wanted = new ArrayList<>(graph.tasks);
        wanted.add(bad);
        if (seed % 2 == 0) {
          assertThatThrownBy(() -> session.gather(wanted))
              .as("seed %d", seed)
              .isInstanceOf(JobFailedException.class)
              .hasMessageContaining("value " + graph.expected()[victim]);
          failed++;
          continue;
        }
        TaskFuture<List<Long>> future = session.all(graph.tasks).submit();
        future.cancel(true);
        try {
          assertThat(future.get()).isEqualTo(Arrays.stream(graph.expected()).boxed().toList());
          wentWell++;
        } catch (CancellationException e) {
          cancelled++;
        } catch (ExecutionException e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
    System.out.printf(
        "%d failed, %d cancelled, %d ended before the cancel%n", failed, cancelled, wentWell);
    assertThat(failed).isEqualTo(GRAPHS / 2);
    assertThat(cancelled).isPositive();
  }
}
