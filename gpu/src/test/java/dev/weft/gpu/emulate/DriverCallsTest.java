package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.gpu.workload.CountingDriver;
import dev.weft.testkit.Golden;
import dev.weft.testkit.workload.LibraryWorkloads;
import dev.weft.testkit.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** How often each workload of {@code bench/peers} calls the driver. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(600)
class DriverCallsTest {
  private static final Path CATALOGUE = Path.of("../bench/peers/weft_peers/catalogue.py");
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);
  private static final int CHUNKS = 9;
  private static final int LENGTH = CHUNKS * 4096;
  private static final int SIDE = 192;
  private static final int WARM_UP = 2;

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
          "matmul_192",
          "random_uniform_mean",
          "random_normal_mean");

  /**
   * Goes on row by row of chunks as soon as the host has joined one: how many go on together
   * depends on time. So often at most for each of the driver's functions.
   */
  private static final Map<String, Integer> BY_ROWS = Map.of("mean_std_axis1", 100);

  /** The columns, by the names of the driver's functions. */
  private static final List<String> COUNTED = List.of("launch", "copyIn", "copyOut", "record");

  private static Session session(EmulatedGpu gpu) {
    return Session.open(
        SessionConfig.defaults().withChunkBytes(8 * LENGTH / CHUNKS),
        new DeviceGroup(
            new ReferenceDevice(1L << 28), false, List.of(gpu.device()), (host, device) -> EQUAL));
  }

  /** Arrays of the names that the workloads read, on the device. */
  private static Map<String, NDArray> inputs(Session session) {
    Map<String, NDArray> inputs = new HashMap<>();
    RandomArrays random = session.random(3);
    for (String name : List.of("x", "y", "s", "k", "t")) {
      inputs.put(name, random.uniform(LENGTH).add(0.5).persist());
    }
    for (String name : List.of("m", "q", "a192", "b192")) {
      inputs.put(name, random.uniform(SIDE, SIDE).persist());
    }
    return inputs;
  }

  private static Supplier<List<NDArray>> results(
      Session session, String workload, Map<String, NDArray> inputs) {
    RandomArrays random = session.random(20260101);
    return switch (workload) {
      case "random_uniform_mean" -> () -> List.of(random.uniform(LENGTH).mean());
      case "random_normal_mean" -> () -> List.of(random.normal(DType.FLOAT64, LENGTH).mean());
      default -> () -> new Workloads(inputs::get).results(workload);
    };
  }

  private static String cell(String workload, String function, int calls) {
    Integer most = BY_ROWS.get(workload);
    if (most == null || calls == 0) {
      return Integer.toString(calls);
    }
    assertThat(calls).as("%s of %s", function, workload).isLessThanOrEqualTo(most);
    return "≤ " + most;
  }

  private static Map<String, Integer> calls(
      Session session, CountingDriver counts, Supplier<List<NDArray>> results) {
    for (int run = 0; run < WARM_UP; run++) {
      session.compute(results.get()).forEach(HostArray::close);
    }
    counts.taken();
    List<HostArray> computed = session.compute(results.get());
    Map<String, Integer> calls = counts.taken();
    computed.forEach(HostArray::close);
    return calls;
  }

  @Test
  @Tag("documents")
  void everyWorkloadCallsTheDriverAsOftenAsIsWrittenDown() {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
    CountingDriver counts = new CountingDriver(driver);
    EmulatedGpu gpu = EmulatedGpu.open(driver, counts.driver(), EmulatedGpu.MEMORY);
    List<String> rows = new ArrayList<>();
    try (Session session = session(gpu)) {
      Map<String, NDArray> inputs = inputs(session);
      for (String workload : WORKLOADS) {
        Map<String, Integer> calls = calls(session, counts, results(session, workload, inputs));
        List<String> cells = new ArrayList<>(List.of(workload));
        COUNTED.forEach(name -> cells.add(cell(workload, name, calls.getOrDefault(name, 0))));
        rows.add("| " + String.join(" | ", cells) + " |");
      }
    }
    assertThat(driver.misuses()).isEmpty();
    Golden.check(
        "../bench/results/driver-calls.md",
        """
        # Calls of the CUDA driver

        What a warm job asks of the driver for each workload of `bench/peers`, on the emulated GPU, with its inputs on the
        device in %d chunks (tables: 12) and its results on the host. Asking whether an event has happened, and memory that the
        pool lacks, are not counted: how often depends on time. Copies out that begin together have one event; those of partial
        results are one copy. `mean_std_axis1` goes on row by row as the host joins rows, so that its counts depend on time (22 to
        25 launches were seen). Written and checked by `DriverCallsTest`.

        | workload | launches | copies in | copies out | events |
        |---|---:|---:|---:|---:|
        %s
        """
            .formatted(CHUNKS, String.join("\n", rows)));
  }

  /** One fused kernel whose inputs and result stay on the device. */
  @Test
  void aFusedKernelThatStaysOnTheDeviceIsALaunchAndAnEvent() {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
    CountingDriver counts = new CountingDriver(driver);
    EmulatedGpu gpu = EmulatedGpu.open(driver, counts.driver(), EmulatedGpu.MEMORY);
    try (Session session = session(gpu)) {
      Map<String, NDArray> inputs = inputs(session);
      Workloads workloads = new Workloads(inputs::get);
      for (int run = 0; run < WARM_UP; run++) {
        workloads.results("exp_sin").getFirst().persist().close();
      }
      counts.taken();
      workloads.results("exp_sin").getFirst().persist().close();
      Map<String, Integer> calls = counts.taken();
      calls.keySet().removeAll(List.of("happened", "streamOrdered"));
      // The context, on a thread that is not Weft's.
      calls.remove("makeCurrent");
      assertThat(calls).isEqualTo(Map.of("launch", 1, "record", 1));
    }
    assertThat(driver.misuses()).isEmpty();
  }

  @Test
  @Tag("documents")
  void noWorkloadIsLeftOut() throws IOException {
    List<String> named =
        Pattern.compile("Workload\\(f?\"([a-z_0-9]+)")
            .matcher(Files.readString(CATALOGUE))
            .results()
            .map((MatchResult found) -> found.group(1))
            // Jobs over files: sum_sqrt behind each format.
            .filter(name -> !name.equals("file_"))
            // Routines of the host: the driver is asked for copies alone.
            .filter(name -> !name.equals("solve_") && !LibraryWorkloads.NAMES.contains(name))
            .toList();
    assertThat(named).hasSizeGreaterThan(15);
    for (String name : named) {
      assertThat(WORKLOADS).anyMatch(workload -> workload.startsWith(name));
    }
  }
}
