package dev.weft.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Measures memory bandwidth with vector loops, each thread on its own part of the arrays. */
final class Bandwidth {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private static final int TILE = 4096;

  private final double[] x;
  private final double[] y;
  private final double[] out;
  private final int threads;
  private volatile double sink;

  Bandwidth(int n, int threads) {
    x = new double[n];
    y = new double[n];
    out = new double[n];
    this.threads = threads;
  }

  private interface Part {
    void run(int from, int to);
  }

  /** The best rates within about {@code seconds}, in GB/s, counting every stream once. */
  Map<String, Object> measure(double seconds) throws InterruptedException, ExecutionException {
    Map<String, Object> rates = new LinkedHashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      rates.put("copy_gb_per_s", rate(pool, 2, seconds / 3, this::copy));
      rates.put("add_gb_per_s", rate(pool, 3, seconds / 3, this::add));
      rates.put("read_gb_per_s", rate(pool, 1, seconds / 3, this::read));
    }
    rates.put("threads", threads);
    return rates;
  }

  private double rate(ExecutorService pool, int streams, double seconds, Part part)
      throws InterruptedException, ExecutionException {
    double best = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int call = 0; call < 4 || System.nanoTime() < end; call++) {
      long before = System.nanoTime();
      Future<?>[] parts =
          IntStream.range(0, threads).mapToObj(i -> start(pool, i, part)).toArray(Future<?>[]::new);
      for (Future<?> done : parts) {
        done.get();
      }
      best = Math.max(best, 8.0 * streams * x.length / (System.nanoTime() - before));
    }
    return best;
  }

  private Future<?> start(ExecutorService pool, int i, Part part) {
    int from = (int) ((long) x.length * i / threads);
    int to = (int) ((long) x.length * (i + 1) / threads);
    // By tiles: a vector loop is compiled after some calls, and runs slowly until then.
    return pool.submit(
        () -> {
          for (int tile = from; tile < to; tile += TILE) {
            part.run(tile, Math.min(to, tile + TILE));
          }
        });
  }

  private void copy(int from, int to) {
    System.arraycopy(x, from, out, from, to - from);
  }

  private void add(int from, int to) {
    int i = from;
    for (; i <= to - SPECIES.length(); i += SPECIES.length()) {
      DoubleVector.fromArray(SPECIES, x, i)
          .add(DoubleVector.fromArray(SPECIES, y, i))
          .intoArray(out, i);
    }
    for (; i < to; i++) {
      out[i] = x[i] + y[i];
    }
  }

  private void read(int from, int to) {
    int lanes = SPECIES.length();
    DoubleVector a = DoubleVector.zero(SPECIES);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int i = from; i <= to - 4 * lanes; i += 4 * lanes) {
      a = a.add(DoubleVector.fromArray(SPECIES, x, i));
      b = b.add(DoubleVector.fromArray(SPECIES, x, i + lanes));
      c = c.add(DoubleVector.fromArray(SPECIES, x, i + 2 * lanes));
      d = d.add(DoubleVector.fromArray(SPECIES, x, i + 3 * lanes));
    }
    sink = a.add(b).add(c.add(d)).lane(0);
  }

  /** What the read loop added up last, so that no compiler leaves it out. */
  double sink() {
    return sink;
  }
}
