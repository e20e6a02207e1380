package dev.weft.bench.tables;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Answers queries of {@code bench/tables/compare} with lines of JSON: the best of three after a
 * warm-up, and what the result is checked by.
 */
public final class TablesWorker {
  private static final int ROUNDS = 3;

  private TablesWorker() {}

  /**
   * Runs queries.
   *
   * @param arguments threads, folder of the files, the CSV file, and names of queries with commas
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    SessionConfig config = SessionConfig.defaults().withThreads(threads);
    System.out.printf(
        "{\"version\": \"Weft\", \"settings\": \"%d threads, Java %s\"}%n",
        threads, Runtime.version());
    try (Session session = Session.open(config)) {
      TableQueries queries = new TableQueries(session, Path.of(arguments[1]), arguments[2]);
      char loaded = ' ';
      for (String id : arguments[3].split(",")) {
        try {
          char kind = id.charAt(0) == 'a' ? 't' : id.charAt(0);
          if (kind != loaded) {
            queries.load(kind);
            loaded = kind;
          }
          System.out.println(answer(queries, id));
        } catch (RuntimeException e) {
          System.out.printf(
              "{\"query\": \"%s\", \"error\": \"%s\"}%n",
              id, e.toString().replaceAll("[\"\\\\\\p{Cntrl}]", " "));
        }
      }
    }
  }

  private static String answer(TableQueries queries, String id) {
    Object result = queries.run(id);
    Map<String, Double> check = queries.check(id, result);
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      result = null;
      long begin = System.nanoTime();
      result = queries.run(id);
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    return "{\"query\": \"%s\", \"seconds\": [%s], \"check\": {%s}}"
        .formatted(
            id,
            DoubleStream.of(seconds).mapToObj(Double::toString).collect(Collectors.joining(", ")),
            check.entrySet().stream()
                .map(each -> "\"%s\": %s".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ")));
  }
}
