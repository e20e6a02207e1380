package dev.weft.gpu.workload;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.testkit.workload.Workloads;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One workload in a session: timed from arrays of the host to results there, then over inputs that
 * are persisted. Inputs are files of plain elements in C order, {@code NAME.bin}; so are results,
 * {@code outI.bin}, for somebody else to check.
 *
 * @param busy hears the session's events
 * @param n how many random numbers are drawn
 * @param repeat timed runs
 */
record WorkloadRun(
    Session session, BusyTime busy, String workload, DType dtype, int n, int repeat) {
  private static final int WARM_UP = 3;

  /** Of which the variance is checked. */
  private static final int DRAWN = 1_000_000;

  private static final int ALIGNMENT = 64;

  private static final long SEED = 20260101;

  /** Runs it; what it found, by name. */
  Map<String, String> run(Path folder, Map<String, long[]> shapes) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    try (Arena arena = Arena.ofShared()) {
      Map<String, NDArray> host = new HashMap<>();
      for (Map.Entry<String, long[]> input : shapes.entrySet()) {
        Path file = folder.resolve(input.getKey() + ".bin");
        host.put(input.getKey(), read(file, input.getValue(), arena));
      }
      found.put("wall_ms", text(median(results(host::get), Math.max(3, repeat / 4), false)));
      Map<String, NDArray> kept =
          host.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().persist()));
      Supplier<List<NDArray>> results = results(kept::get);
      found.put("kernel_ms", text(median(results, repeat, true)));
      found.put("call_ms", text(median(results, repeat, false)));
      busy.reset();
      write(folder, session.compute(results.get()), found);
      found.put("tasks", Long.toString(busy.tasks()));
      found.put("tasks_elsewhere", Long.toString(busy.tasksElsewhere()));
      found.put("bytes_in", Long.toString(busy.bytesIn()));
      found.put("bytes_out", Long.toString(busy.bytesOut()));
    }
    return found;
  }

  private static String text(double value) {
    return Double.toString(value);
  }

  /** Expressions are built anew for each run, as in a program. */
  private Supplier<List<NDArray>> results(Function<String, NDArray> arrays) {
    if (!workload.startsWith("random_")) {
      return () -> new Workloads(arrays).results(workload);
    }
    RandomArrays random = session.random(SEED);
    return () -> List.of(numbers(random, n).mean());
  }

  private NDArray numbers(RandomArrays random, int count) {
    return workload.contains("uniform")
        ? random.uniform(dtype, count)
        : random.normal(dtype, count);
  }

  /** Milliseconds of a run after some to warm up: of kernels only, or of the whole call. */
  private double median(Supplier<List<NDArray>> results, int runs, boolean kernels) {
    double[] times = new double[runs];
    for (int i = -WARM_UP; i < runs; i++) {
      busy.reset();
      long before = System.nanoTime();
      List<HostArray> computed = session.compute(results.get());
      double call = (System.nanoTime() - before) / 1e6;
      computed.forEach(HostArray::close);
      if (i >= 0) {
        times[i] = kernels ? busy.millis() : call;
      }
    }
    Arrays.sort(times);
    return times[runs / 2];
  }

  /** Copied: the pages of a mapping would be made while the first run is timed. */
  private NDArray read(Path file, long[] extents, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment elements = arena.allocate(channel.size(), ALIGNMENT);
      elements.copyFrom(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      return session.array(elements, dtype, extents);
    }
  }

  private void write(Path folder, List<HostArray> results, Map<String, String> found)
      throws IOException {
    for (int i = 0; i < results.size(); i++) {
      try (HostArray result = results.get(i)) {
        found.put(
            "shape" + i,
            Arrays.stream(result.shape().extents())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "(", ")")));
        found.put("dtype" + i, result.dtype().toString());
        write(folder.resolve("out" + i + ".bin"), result);
      }
    }
    if (workload.startsWith("random_")) {
      NDArray drawn = numbers(session.random(SEED), Math.min(n, DRAWN));
      try (HostArray numbers = drawn.compute()) {
        write(folder.resolve("drawn.bin"), numbers);
      }
    }
  }

  private static void write(Path file, HostArray array) throws IOException {
    Files.deleteIfExists(file);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, array.nbytes(), arena);
      mapped.copyFrom(array.segment());
    }
  }
}
