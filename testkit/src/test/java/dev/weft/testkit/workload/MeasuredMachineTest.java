package dev.weft.testkit.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import dev.weft.core.schedule.SimulatedDevice;
import dev.weft.core.schedule.SimulatedMachine;
import dev.weft.testkit.LongSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The workloads of {@code bench/peers}, from a thousand to a billion numbers, on a machine with 16
 * cores and an H200 whose rates were measured through Weft: the real scheduler decides, the clock
 * is simulated. Cores and GPU together ({@code auto}, {@code cpu+cuda}) are never slower than the
 * better one alone by more than 5 %.
 */
@Tag("long")
@Timeout(900)
class MeasuredMachineTest {
  private static final double NEVER_SLOWER = 1.05;

  /** Softmax has 24,000 tasks beyond this, and each takes a while to be played. */
  private static final long SLOW_TO_PLAY = 100_000_000;

  private static final long GIB = 1L << 30;

  private static final List<String> VECTORS =
      List.of(
          "sum_sqrt",
          "exp_sin",
          "black_scholes",
          "add",
          "sum",
          "mean_std",
          "min",
          "poly8",
          "where_mix");
  private static final List<String> TABLES =
      List.of(
          "sum_axis0",
          "sum_axis1",
          "mean_std_axis0",
          "mean_std_axis1",
          "min_axis0",
          "min_axis1",
          "transpose_mean",
          "stencil5",
          "softmax");

  /** 800 MB in 7.6 ms, and the arithmetic of 16 cores with vectors of 512 bits. */
  private static final Place CPU =
      new Place("cpu", new Rates(105, 300, 1, 1, 5_000, 0), 16, 192 * GIB, true);

  /**
   * Measured at commit 08b7893: memory, the link from memory that is not pinned, launches and small
   * copies. The arithmetic is that of float64 without tensor cores.
   */
  private static final Place H200 =
      new Place("cuda:0", new Rates(2874, 17_000, 24.5, 24.5, 37_000, 56_000), 4, 128 * GIB, true);

  /**
   * What launches and small copies take once nothing is waited for on the way, and pinned copies.
   */
  private static final Place PINNED =
      new Place("cuda:0", new Rates(3400, 17_000, 55, 55, 6_000, 10_000), 4, 128 * GIB, true);

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void anH200AsItWasMeasured() {
    check("H200 as measured", H200, 10, 1_000_000_000L);
  }

  @Test
  void anH200WithPinnedCopies() {
    check("H200, pinned", PINNED, 100, 10_000_000);
  }

  private void check(String machine, Place gpu, long step, long largest) {
    List<String> slower = new ArrayList<>();
    double worst = 0;
    for (long size = 1_000; size <= largest / LongSuites.EVERY; size *= step) {
      for (String workload : workloads(size)) {
        double ratio = ratio(plan(workload, size), gpu);
        worst = Math.max(worst, ratio);
        if (ratio > NEVER_SLOWER) {
          slower.add(String.format(Locale.ROOT, "%s of %,d: %.3f", workload, size, ratio));
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%s: together at most %.3f of the better one alone%n", machine, worst);
    assertThat(slower).isEmpty();
  }

  private static List<String> workloads(long size) {
    List<String> workloads = new ArrayList<>(VECTORS);
    workloads.addAll(TABLES);
    if (size > SLOW_TO_PLAY) {
      workloads.remove("softmax");
    }
    workloads.add("matmul_" + Math.round(Math.sqrt(size)));
    return workloads;
  }

  /** Time of both together by that of the better one alone. */
  private static double ratio(Plan plan, Place gpu) {
    Place joining = new Place(CPU.name(), CPU.rates(), CPU.slots(), CPU.memoryLimit(), false);
    double cores = time(plan, CPU);
    double alone = time(plan, joining, gpu);
    return time(plan, CPU, gpu) / Math.min(cores, alone);
  }

  private static double time(Plan plan, Place... places) {
    List<SimulatedDevice> devices = new ArrayList<>();
    for (Place place : places) {
      devices.add(SimulatedDevice.of(place));
    }
    SimulatedMachine machine = new SimulatedMachine(plan, devices);
    double time = machine.run();
    machine.checkEnd();
    return time;
  }

  private Plan plan(String workload, long size) {
    Workloads workloads = new Workloads(name -> source(name, size));
    return Plans.of(workloads.results(workload).toArray(new NDArray[0]));
  }

  /**
   * Vectors, and tables as square as can be, in chunks of 2 MiB as a cache of that size makes; of a
   * hundred million numbers in chunks of 8 MiB, the largest that are made automatically, and of a
   * billion in chunks of 32 MiB.
   */
  private NDArray source(String name, long size) {
    long side = Math.round(Math.sqrt(size));
    long cut = size < 100_000_000 ? 512 : size < 1_000_000_000 ? 1024 : 2048;
    boolean vector = List.of("x", "y", "s", "k", "t").contains(name);
    return vector
        ? session.array(Notation.source(name, DType.FLOAT64, size), ChunkSpec.of(cut * cut))
        : session.array(Notation.source(name, DType.FLOAT64, side, side), ChunkSpec.of(cut, cut));
  }
}
