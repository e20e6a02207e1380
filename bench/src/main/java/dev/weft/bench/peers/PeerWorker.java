package dev.weft.bench.peers;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The worker process for the Java systems: JSON lines in, JSON lines out. */
public final class PeerWorker {

  private static final int VARIANCE_COUNT = 1_000_000;

  private final PeerSystem system;
  private final int threads;
  private final Map<String, Map<String, Supplier<PeerSystem.Result>>> prepared =
      new LinkedHashMap<>();

  private PeerWorker(PeerSystem system, int threads) {
    this.system = system;
    this.threads = threads;
  }

  /** {@code --system NAME --threads N [--cold X.npy Y.npy]}. */
  public static void main(String[] args) throws IOException {
    // Libraries may print: keep the protocol's stream for the protocol.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    List<String> words = Arrays.asList(args);
    int threads = Integer.parseInt(after(words, "--threads", 1));
    try (PeerSystem system = PeerSystems.open(after(words, "--system", 1), threads)) {
      if (words.contains("--cold")) {
        system.load("x", Path.of(after(words, "--cold", 1)));
        system.load("y", Path.of(after(words, "--cold", 2)));
        Supplier<PeerSystem.Result> run =
            system.prepare("sum_sqrt", "float64", 0).values().iterator().next();
        out.println(run.get().read().getFirst().get(0));
        return;
      }
      new PeerWorker(system, threads).serve(out);
    } catch (UnsupportedOperationException | LinkageError e) {
      out.println(WorkerJson.write(Map.of("error", "cannot start: " + e)));
    }
  }

  private static String after(List<String> words, String option, int offset) {
    int at = words.indexOf(option);
    if (at < 0 || at + offset >= words.size()) {
      throw new IllegalArgumentException(option + " is missing in " + words);
    }
    return words.get(at + offset);
  }

  private void serve(PrintStream out) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println(WorkerJson.write(Map.of("ready", true)));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<String, Object> request = WorkerJson.read(line);
      if ("quit".equals(request.get("cmd"))) {
        return;
      }
      out.println(WorkerJson.write(answer(request)));
    }
  }

  private Map<String, Object> answer(Map<String, Object> request) {
    try {
      return switch (String.valueOf(request.get("cmd"))) {
        case "info" -> Map.of("info", system.info());
        case "load" -> load(request);
        case "unload" -> unload();
        case "run" -> run(request);
        case "bandwidth" ->
            new Bandwidth((int) number(request, "n", 2e7), threads)
                .measure(number(request, "seconds", 1));
        default -> Map.of("error", "unknown command " + request.get("cmd"));
      };
    } catch (UnsupportedWorkload e) {
      return Map.of("unsupported", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of("error", e.toString());
    } catch (IOException | ExecutionException | RuntimeException | LinkageError e) {
      e.printStackTrace();
      return Map.of("error", e.toString());
    } catch (OutOfMemoryError e) {
      unload();
      return Map.of("error", e.toString());
    }
  }

  private Map<String, Object> load(Map<String, Object> request) throws IOException {
    if (request.get("arrays") instanceof Map<?, ?> arrays) {
      for (Map.Entry<?, ?> entry : arrays.entrySet()) {
        system.load(String.valueOf(entry.getKey()), Path.of(String.valueOf(entry.getValue())));
      }
    }
    if (request.get("files") instanceof Map<?, ?> files) {
      files.forEach(
          (name, file) -> system.keep(String.valueOf(name), Path.of(String.valueOf(file))));
    }
    return Map.of("ok", true);
  }

  private Map<String, Object> unload() {
    prepared.clear();
    system.unload();
    return Map.of("ok", true);
  }

  private Map<String, Object> run(Map<String, Object> request) {
    String workload = String.valueOf(request.get("workload"));
    String dtype = String.valueOf(request.get("dtype"));
    int n = (int) number(request, "n", 0);
    Map<String, Supplier<PeerSystem.Result>> variants =
        prepared.computeIfAbsent(
            workload + " " + dtype + " " + n, key -> system.prepare(workload, dtype, n));
    List<?> wanted = request.get("variants") instanceof List<?> list ? list : null;
    boolean digest = Boolean.TRUE.equals(request.get("digest"));
    Map<String, Object> times = new LinkedHashMap<>();
    Map<String, Object> digests = new LinkedHashMap<>();
    String best = "";
    double bestMedian = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, Supplier<PeerSystem.Result>> variant : variants.entrySet()) {
      if (wanted != null && !wanted.contains(variant.getKey())) {
        continue;
      }
      Timed timed = timed(variant.getValue(), request, 1.0 / variants.size());
      times.put(variant.getKey(), timed.millis());
      if (digest) {
        digests.put(variant.getKey(), digest(timed.last(), workload, dtype, n));
      }
      timed.last().release();
      double median = timed.millis().stream().sorted().toList().get(timed.millis().size() / 2);
      if (median < bestMedian) {
        bestMedian = median;
        best = variant.getKey();
      }
    }
    return Map.of(
        "variant", best, "times_ms", times.get(best), "variants_ms", times, "digests", digests);
  }

  private Map<String, Object> digest(
      PeerSystem.Result result, String workload, String dtype, int n) {
    if (!workload.startsWith("random_")) {
      return Digest.of(result.read());
    }
    int count = Math.min(n, VARIANCE_COUNT);
    DenseArray variance = DenseArray.scalar(Digest.variance(system.draw(workload, dtype, count)));
    Map<String, Object> digest = Digest.of(List.of(result.read().getFirst(), variance));
    digest.put("variance_count", count);
    return digest;
  }

  private record Timed(List<Double> millis, PeerSystem.Result last) {}

  /** Untimed calls first, then up to {@code repeat} timed ones within {@code seconds}. */
  private static Timed timed(
      Supplier<PeerSystem.Result> run, Map<String, Object> request, double share) {
    long warmEnd = System.nanoTime() + nanos(request, "warmup_seconds", share);
    for (int i = 0; i < number(request, "warmup", 1) || System.nanoTime() < warmEnd; i++) {
      run.get().release();
    }
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + nanos(request, "seconds", share);
    PeerSystem.Result last = null;
    do {
      if (last != null) {
        last.release();
      }
      long before = System.nanoTime();
      last = run.get();
      millis.add((System.nanoTime() - before) / 1e6);
    } while (millis.size() < number(request, "repeat", 5) && System.nanoTime() < end);
    return new Timed(millis, last);
  }

  private static long nanos(Map<String, Object> request, String name, double share) {
    return (long) (number(request, name, 0) * share * 1e9);
  }

  private static double number(Map<String, Object> request, String name, double otherwise) {
    return request.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }
}
