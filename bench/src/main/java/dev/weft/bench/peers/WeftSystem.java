package dev.weft.bench.peers;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.io.ArrayFiles;
import dev.weft.io.npy.Npy;
import dev.weft.io.npy.NpySource;
import dev.weft.testkit.workload.Workloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The subject: Weft's public API, one session for all workloads. Expressions are built anew in each
 * timed call, and results are closed after it, so that the next call finds their memory pooled.
 */
final class WeftSystem implements PeerSystem {

  private final Session session;
  private final Map<String, HostArray> copies = new HashMap<>();
  private final Map<String, NDArray> arrays = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final RandomArrays random;
  private final Programs programs;

  /** Computes a workload anew from the arrays of a name; n is what the request says. */
  interface Programs {
    List<HostArray> compute(
        Session session, String workload, int n, Function<String, NDArray> arrays);
  }

  WeftSystem(int threads, Programs programs) {
    this.programs = programs;
    session = Session.open(SessionConfig.defaults().withThreads(threads));
    random = session.random(20260101);
  }

  @Override
  public Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    session.devices().forEach(device -> info.put(device.name(), device.description()));
    info.put("threads", session.config().threads());
    info.put("java", System.getProperty("java.vm.version"));
    return info;
  }

  /** Copies the file to memory, as the peers do, where huge pages make it quicker to read. */
  @Override
  public void load(String name, Path file) {
    try (NpySource source = Npy.read(file)) {
      HostArray copy = session.array(source).compute();
      copies.put(name, copy);
      arrays.put(name, session.array(copy));
    }
  }

  @Override
  public void load(String name, DenseArray array) {
    int[] shape = array.shape();
    HostArray copy = HostArray.of(array.data());
    copies.put(name, copy);
    arrays.put(name, session.array(copy).reshape(Arrays.stream(shape).asLongStream().toArray()));
  }

  @Override
  public void keep(String name, Path file) {
    files.put(name, file);
  }

  @Override
  public void unload() {
    files.clear();
    arrays.clear();
    copies.values().forEach(HostArray::close);
    copies.clear();
  }

  @Override
  public void close() {
    unload();
    session.close();
  }

  @Override
  public Map<String, Supplier<Result>> prepare(String workload, String dtype, int n) {
    if (workload.startsWith("file_")) {
      return Map.of("default", this::fromFiles);
    }
    Supplier<List<HostArray>> results =
        workload.startsWith("random_")
            ? () -> session.compute(numbers(workload, dtype, n).mean())
            : () -> programs.compute(session, workload, n, this::array);
    return Map.of("default", () -> result(results.get()));
  }

  @Override
  public DenseArray draw(String workload, String dtype, int count) {
    try (HostArray drawn = numbers(workload, dtype, count).compute()) {
      return read(drawn);
    }
  }

  private Result fromFiles() {
    try (ArraySource x = source("x");
        ArraySource y = source("y")) {
      Map<String, NDArray> opened = Map.of("x", session.array(x), "y", session.array(y));
      return result(session.compute(new Workloads(opened::get).results("sum_sqrt")));
    }
  }

  private ArraySource source(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new IllegalStateException("file " + name + " was not named");
    }
    return ArrayFiles.source(file);
  }

  private NDArray numbers(String workload, String dtype, int count) {
    DType type = dtype.equals("float64") ? DType.FLOAT64 : DType.FLOAT32;
    return workload.contains("uniform") ? random.uniform(type, count) : random.normal(type, count);
  }

  private NDArray array(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("array " + name + " was not loaded");
    }
    return array;
  }

  private static Result result(List<HostArray> results) {
    return new Result() {
      @Override
      public List<DenseArray> read() {
        List<DenseArray> read = new ArrayList<>();
        results.forEach(result -> read.add(WeftSystem.read(result)));
        return read;
      }

      @Override
      public void release() {
        results.forEach(HostArray::close);
      }
    };
  }

  private static DenseArray read(HostArray array) {
    int[] shape = Arrays.stream(array.shape().extents()).mapToInt(Math::toIntExact).toArray();
    Object elements = array.dtype() == DType.FLOAT32 ? array.toFloatArray() : array.toDoubleArray();
    return new DenseArray(shape, elements);
  }
}
