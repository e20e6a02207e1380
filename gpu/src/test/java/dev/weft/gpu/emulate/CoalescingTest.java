package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.core.shape.Shape;
import dev.weft.testkit.Golden;
import dev.weft.testkit.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The workloads of {@code bench/peers} read and write memory as a GPU moves it: what {@link
 * CoalescingMeter} says of each is in {@code bench/results/coalescing.md}.
 */
@Tag("documents")
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(900)
class CoalescingTest {
  private static final String TABLE = "../bench/results/coalescing.md";
  private static final double LEAST = 0.9;
  private static final long MEMORY = 1L << 28;
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);

  /** A chunk of a table is 64 or 128 rows of 320 elements. */
  private static final long CHUNK_BYTES = 64 * 320 * Double.BYTES;

  private static final Shape VECTOR = Shape.of(4 * 64 * 320);
  private static final Map<String, Shape> SHAPES =
      Map.of("m", Shape.of(256, 320), "q", Shape.of(320, 320));

  private static final List<String> WORKLOADS =
      List.of(
          "sum_sqrt",
          "exp_sin",
          "black_scholes",
          "add",
          "sum",
          "mean_std",
          "min",
          "sum_axis0",
          "mean_std_axis0",
          "min_axis0",
          "sum_axis1",
          "mean_std_axis1",
          "min_axis1",
          "transpose_mean",
          "poly8",
          "where_mix",
          "stencil5",
          "softmax",
          "random_uniform_mean",
          "random_normal_mean");

  /** Workloads that move more than they ask for, and why that is borne. */
  private static final Map<String, String> EXCEPTIONS =
      new TreeMap<>(
          Map.of(
              "random_uniform_mean",
              "nothing is read but partial results, a few hundred bytes that a block joins",
              "random_normal_mean",
              "nothing is read but partial results, a few hundred bytes that a block joins",
              "softmax",
              "a warp reads one element of each row's maximum and sum, which counts as a sector every time; the next warps of the"
                  + " row find it in the cache"));

  /** One row of the table. */
  private record Row(String workload, DType dtype, Map<String, MemoryTraffic> traffic) {
    MemoryTraffic total() {
      return traffic.values().stream().reduce(MemoryTraffic::plus).orElseThrow();
    }

    String text() {
      StringBuilder text = new StringBuilder(line(workload, "**all**", total()));
      if (traffic.size() > 1) {
        traffic.forEach((entryPoint, moved) -> text.append(line("", entryPoint, moved)));
      }
      return text.toString();
    }

    private String line(String title, String entryPoint, MemoryTraffic moved) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %.1f | %.2f | %.2f | %.2f | %.1f |%n",
          title,
          dtype,
          traffic.size() == 1 ? traffic.keySet().iterator().next() : entryPoint,
          moved.all().bytes() / 1024.0,
          moved.loads().useful(),
          moved.stores().useful(),
          moved.all().useful(),
          moved.loadsInFlight());
    }
  }

  private static HostArray values(DType dtype, Shape shape) {
    SplittableRandom random = new SplittableRandom(shape.size());
    double[] values = random.doubles(shape.size(), 0.25, 2).toArray();
    if (dtype == DType.FLOAT64) {
      return HostArray.of(values, shape);
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return HostArray.of(narrow, shape);
  }

  private static List<NDArray> results(Session session, String workload, DType dtype) {
    return switch (workload) {
      case "random_uniform_mean" ->
          List.of(session.random(1).uniform(dtype, VECTOR.extents()).mean());
      case "random_normal_mean" ->
          List.of(session.random(1).normal(dtype, VECTOR.extents()).mean());
      default ->
          new Workloads(name -> session.array(values(dtype, SHAPES.getOrDefault(name, VECTOR))))
              .results(workload);
    };
  }

  /** Runs every workload on an emulated GPU alone. */
  private static List<Row> measure() {
    CoalescingMeter meter = new CoalescingMeter();
    HostKernels kernels = new HostKernels(HostCompiler.find().orElseThrow(), Optional.of(meter));
    EmulatedDriver driver = new EmulatedDriver(kernels, MEMORY, true);
    List<Row> rows = new ArrayList<>();
    try (Session session =
        Session.open(
            SessionConfig.defaults().withChunkBytes(CHUNK_BYTES),
            new DeviceGroup(
                new ReferenceDevice(MEMORY),
                false,
                List.of(EmulatedGpu.open(driver, driver, MEMORY).device()),
                (host, device) -> EQUAL))) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        for (String workload : WORKLOADS) {
          session.compute(results(session, workload, dtype)).forEach(HostArray::close);
          rows.add(new Row(workload, dtype, meter.take()));
        }
      }
    }
    return rows;
  }

  private static String table(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            """
            # Bytes asked for and bytes moved

            What the CUDA texts of the workloads of `bench/peers` ask of global memory, and what a GPU moves for it: for every
            access of a warp (32 threads) the distinct bytes, and the distinct sectors of 32 bytes in which they lie. Counted by
            the emulator of the GPU module's tests, which knows each thread's addresses (`CoalescingMeter`, which also says how);
            written by `CoalescingTest` with `-Dgolden.update=true`. Caches are left out. Nothing here was measured on a GPU.

            Vectors of 81,920 elements, a table of 256 x 320 and a square of 320 x 320, in chunks of 160 KiB. *Useful* is bytes
            asked for / bytes moved; the test holds each workload at 0.9 or better. *In flight* is the mean number of loads that a
            thread can have under way together; a load is up to 16 bytes.

            """);
    text.append("| workload | type | entry point | KiB asked for | useful of loads | of stores ");
    text.append("| of both | loads in flight |\n|---|---|---|---:|---:|---:|---:|---:|\n");
    rows.forEach(row -> text.append(row.text()));
    text.append("\nExceptions:\n\n");
    EXCEPTIONS.forEach(
        (workload, why) ->
            text.append("- ").append(workload).append(": ").append(why).append(".\n"));
    text.append("- matmul is cuBLAS's and is not counted.\n");
    return text.toString();
  }

  @Test
  void everyWorkloadUsesNineTenthsOfWhatItMoves() {
    List<Row> rows = measure();
    Map<String, Double> wasteful = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.total().all().useful() < LEAST) {
        wasteful.merge(row.workload(), row.total().all().useful(), Math::min);
      }
    }
    assertThat(wasteful.keySet()).as("%s", wasteful).isEqualTo(EXCEPTIONS.keySet());
    Golden.check(TABLE, table(rows));
  }
}
