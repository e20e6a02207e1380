package dev.weft.cli;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.error.WeftException;
import dev.weft.core.task.Delayed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Jobs that keep cores, memory and disk at work, one of which fails: what a dashboard is for.
 * Results are small; all numbers are random.
 */
final class DashboardDemo {
  private static final long ROWS = 3_000;
  private static final long LONG_SIDE = 8_000_000;
  private static final long PRODUCT = 1_200;
  private static final int STATIONS = 60;
  private static final int STATION_MILLIS = 60;
  private static final int STATION_VALUES = 500_000;
  private static final String MESSAGE = "the demo's sensor 7 has sent no number";

  private final Session session;
  private final PrintStream out;

  /** A job, and what it is called. */
  private record Step(String name, Runnable work) {}

  DashboardDemo(Session session, PrintStream out) {
    this.session = session;
    this.out = out;
  }

  void run(int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Step> steps =
        List.of(
            new Step("statistics of random points", this::statistics),
            new Step("a table and its transposed, which find no room in memory", this::spilling),
            new Step("standardised rows", this::rows),
            new Step("a product of matrices", this::product),
            new Step("tasks, one of which is tried again", this::tasks),
            new Step("a function that fails", this::failing));
    for (int i = 0; System.nanoTime() < end; i++) {
      Step step = steps.get(i % steps.size());
      out.println("  " + step.name());
      out.flush();
      step.work().run();
    }
  }

  private RandomArrays random() {
    return session.random(2016);
  }

  private void statistics() {
    NDArray x = random().uniform(LONG_SIDE);
    NDArray y = random().normal(LONG_SIDE);
    NDArray distance = x.square().add(y.square()).sqrt();
    compute(distance.mean(), distance.max(), distance.sin().multiply(y.exp()).std());
  }

  /** Each chunk of the transposed table needs chunks from all over the table. */
  private void spilling() {
    NDArray table = random().normal(ROWS, ROWS).persist();
    try {
      NDArray both = table.add(table.transpose()).multiply(0.5);
      compute(both.sum(0).max(), both.cumsum(1).mean(), both.abs().sqrt().mean(1).min());
    } finally {
      table.close();
    }
  }

  private void rows() {
    NDArray table = random().uniform(ROWS, ROWS);
    NDArray centred = table.subtract(table.mean(1).keepdims(table.shape(), 1));
    compute(
        centred
            .divide(centred.square().mean(1).keepdims(table.shape(), 1).sqrt())
            .exp()
            .sum(1)
            .max());
  }

  private void product() {
    NDArray a = random().normal(PRODUCT, PRODUCT);
    NDArray b = random().normal(PRODUCT, PRODUCT);
    compute(a.matmul(b).tanh().mean(0).max());
  }

  /** Stations that answer after some time, one of them at the second attempt only. */
  private void tasks() {
    AtomicInteger asked = new AtomicInteger();
    List<Delayed<Double>> means = new ArrayList<>();
    for (int i = 0; i < STATIONS; i++) {
      int station = i;
      means.add(
          session
              .delayed(() -> read(station, asked))
              .named("read station")
              .retries(1)
              .blocking()
              .then(DashboardDemo::mean)
              .named("mean of a station"));
    }
    session
        .delayed(
            values -> values.stream().mapToDouble(Double::doubleValue).max(), session.all(means))
        .named("highest mean")
        .compute();
  }

  private static double[] read(int station, AtomicInteger asked) throws InterruptedException {
    Thread.sleep(STATION_MILLIS);
    if (station == STATIONS / 2 && asked.getAndIncrement() == 0) {
      throw new IllegalStateException("station " + station + " does not answer");
    }
    return new SplittableRandom(station).doubles(STATION_VALUES).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).map(Math::cbrt).average().orElse(0);
  }

  private void failing() {
    NDArray measured =
        random()
            .uniform(LONG_SIDE / 10)
            .map(
                value -> {
                  if (value > 0.999_9) {
                    throw new IllegalStateException(MESSAGE);
                  }
                  return Math.cbrt(value);
                });
    try {
      compute(measured.mean());
    } catch (WeftException e) {
      out.println(
          "    failed, as it was to: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void compute(NDArray... arrays) {
    try {
      session.compute(arrays).forEach(HostArray::close);
    } catch (CancellationException e) {
      out.println("    cancelled from the page");
    }
  }
}
