package dev.weft.bench.micro;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a dashboard with an open page costs, in turns with a session without one, so that what else
 * the machine does falls on both: prints a line for each expression, with medians and their ratio.
 *
 * <pre>{@code
 * java -cp ... dev.weft.bench.micro.ListeningCost [SECONDS]
 * }</pre>
 */
public final class ListeningCost {
  private static final long ROWS = 4000;
  private static final long COLUMNS = 5000;

  private ListeningCost() {}

  /** The arguments: seconds of turns for each expression, 15 if left out; a third is warm-up. */
  public static void main(String[] arguments) throws IOException {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 15;
    Map<String, Function<NDArray, NDArray>> expressions = new LinkedHashMap<>();
    expressions.put("x + x", x -> x.add(x));
    expressions.put("sum(x)", NDArray::sum);
    expressions.put("std over axis 1", x -> x.std(1));
    expressions.put("mean over axis 0", x -> x.mean(0));
    expressions.put("exp(-x*x) * sin(x)", x -> x.multiply(x).negative().exp().multiply(x.sin()));
    expressions.put("chunks of 32 KiB, sum", x -> x.rechunk(ChunkSpec.of(1, (int) COLUMNS)).sum(1));
    SessionConfig config = SessionConfig.defaults();
    try (Session quiet = Session.open(config);
        Session watched = Session.open(config.withDashboard(0));
        var page = DashboardBench.page(watched.dashboard().orElseThrow())) {
      List<NDArray> inputs = new ArrayList<>();
      for (Session session : List.of(quiet, watched)) {
        inputs.add(session.random(1).uniform(ROWS, COLUMNS).persist());
      }
      System.out.printf("%-24s %10s %10s %7s%n", "expression", "alone", "watched", "ratio");
      expressions.forEach((name, expression) -> compare(name, expression, inputs, seconds));
      if (page.isClosed()) {
        throw new IOException("the page was closed before the end");
      }
    }
  }

  private static void compare(
      String name, Function<NDArray, NDArray> expression, List<NDArray> inputs, double seconds) {
    List<List<Double>> times = List.of(new ArrayList<>(), new ArrayList<>());
    long begun = System.nanoTime();
    double passed = 0;
    for (int turn = 0; passed < seconds; turn++) {
      // Who comes first changes, so that neither has the warmer cache.
      for (int i = 0; i < 2; i++) {
        int which = (turn + i) % 2;
        NDArray wanted = expression.apply(inputs.get(which));
        long start = System.nanoTime();
        wanted.compute().close();
        double took = (System.nanoTime() - start) * 1e-6;
        if (passed > seconds / 3) {
          times.get(which).add(took);
        }
      }
      passed = (System.nanoTime() - begun) * 1e-9;
    }
    double alone = median(times.getFirst());
    double watched = median(times.getLast());
    System.out.printf("%-24s %7.2f ms %7.2f ms %7.3f%n", name, alone, watched, watched / alone);
  }

  private static double median(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Double.NaN);
  }
}
