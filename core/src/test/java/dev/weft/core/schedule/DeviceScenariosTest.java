package dev.weft.core.schedule;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Ten situations on simulated devices: the makespan is within 15% of what no schedule can beat, and
 * never more than that of the better device alone. Rates are those of a server core complex and of
 * a PCIe GPU, in bytes and additions a nanosecond; an array has 512 chunks of 1 MiB.
 */
class DeviceScenariosTest {
  private static final int CHUNKS = 512;
  private static final int LENGTH = 1 << 17;
  private static final long CHUNK_BYTES = 8L * LENGTH;
  private static final long BYTES = CHUNKS * CHUNK_BYTES;
  private static final long PLENTY = 1L << 40;

  /** What is promised. */
  private static final double WITHIN = 1.15;

  /** What is reached where there are many tasks: a policy that does worse has lost something. */
  private static final double REACHED = 1.03;

  private static final Rates CORES = new Rates(20, 10, 1, 1, 5_000, 0);
  private static final Place CPU = new Place("cpu", CORES, 4, PLENTY, true);

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  @BeforeAll
  static void head() {
    System.out.printf(
        Locale.ROOT,
        "%-34s %10s %12s %6s %14s  %s%n",
        "scenario",
        "bound ms",
        "makespan ms",
        "ratio",
        "best alone ms",
        "tasks per device");
  }

  private NDArray source(String name) {
    return session.array(
        Notation.source(name, DType.FLOAT64, (long) CHUNKS * LENGTH), ChunkSpec.of(LENGTH));
  }

  /** So many sines one after the other; each is worth 40 additions. */
  private static NDArray sines(NDArray x, int count) {
    NDArray result = x;
    for (int i = 0; i < count; i++) {
      result = result.sin();
    }
    return result;
  }

  private static Place gpu(String name, double memory, double arithmetic, double link, long limit) {
    return new Place(
        name, new Rates(memory, arithmetic, link, link, 10_000, 10_000), 1, limit, true);
  }

  private static double linkIn(SimulatedDevice device, int copies) {
    return copies * device.in(CHUNK_BYTES);
  }

  /** Runs with all devices, and with each alone; the host is there for its own work. */
  private static void check(String name, Plan plan, double bound, SimulatedDevice... devices) {
    check(name, plan, bound, bound, devices);
  }

  /** {@code least} is the bound where many tasks may be started as one. */
  private static void check(
      String name, Plan plan, double bound, double least, SimulatedDevice... devices) {
    SimulatedMachine all = new SimulatedMachine(plan, List.of(devices));
    double makespan = all.run();
    all.checkEnd();
    double alone = Double.POSITIVE_INFINITY;
    for (int d = 0; d < devices.length; d++) {
      List<SimulatedDevice> one = new ArrayList<>();
      if (d > 0) {
        Place host = devices[0].place();
        one.add(
            SimulatedDevice.of(
                new Place(host.name(), host.rates(), host.slots(), host.memoryLimit(), false)));
      }
      one.add(devices[d]);
      SimulatedMachine single = new SimulatedMachine(plan, one);
      double time = single.run();
      if (single.failure() == null) {
        alone = Math.min(alone, time);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-34s %10.3f %12.3f %6.3f %14.3f  %s%n",
        name,
        bound / 1e6,
        makespan / 1e6,
        makespan / bound,
        alone / 1e6,
        Arrays.toString(all.tasks));
    assertThat(makespan).isGreaterThanOrEqualTo(0.999 * least);
    double within = plan.tasks() < CHUNKS ? WITHIN : REACHED;
    assertThat(makespan).isLessThanOrEqualTo(within * bound);
    assertThat(makespan).isLessThanOrEqualTo(alone);
  }

  /** Bound: the work shared; each device by the busiest of its kernels and its link. */
  @Test
  void allOnTheGpu() {
    Plan plan = Plans.of(sines(source("x"), 20).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 12, PLENTY));
    double onGpu = Math.max(gpu.kernels(plan, 0), linkIn(gpu, CHUNKS));
    check("all on the GPU", plan, Bounds.shared(cpu.kernels(plan, 0), onGpu), cpu, gpu);
  }

  /** Bound: as above; the link is so slow that the GPU hardly helps. */
  @Test
  void allOnTheCores() {
    Plan plan = Plans.of(source("x").add(source("y")).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 0.5, PLENTY));
    double onGpu = Math.max(gpu.kernels(plan, 0), linkIn(gpu, 2 * CHUNKS));
    check("all on the cores", plan, Bounds.shared(cpu.kernels(plan, 0), onGpu), cpu, gpu);
  }

  /** Bound: the critical path, each task on the faster device, nothing moved. */
  @Test
  void tinyWork() {
    NDArray x = session.array(Notation.source("x", DType.FLOAT64, 1000), ChunkSpec.of(1000));
    NDArray e = x.exp();
    Plan plan = Plans.of(e.subtract(e.mean()).square().sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 12, PLENTY));
    double bound = 0;
    for (int stage = 0; stage < plan.graph().stages().size(); stage++) {
      // One chunk runs in one slot.
      double onCpu = CPU.slots() * cpu.kernels(plan, stage);
      bound += Math.min(onCpu, gpu.kernels(plan, stage));
    }
    check("tiny work", plan, bound, cpu, gpu);
  }

  /** Bound: the work shared; two arrays go in and one comes out, in both directions at once. */
  @Test
  void hugeTransfers() {
    Plan plan = Plans.of(source("x").add(source("y")));
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 12, PLENTY));
    double onGpu = linkIn(gpu, 2 * CHUNKS);
    check("huge transfers", plan, Bounds.shared(cpu.kernels(plan, 0), onGpu), cpu, gpu);
  }

  /** Bound: the work shared by three. */
  @Test
  void aSlowSecondGpu() {
    Plan plan = Plans.of(sines(source("x"), 20).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice fast = SimulatedDevice.of(gpu("cuda:0", 1000, 200, 12, PLENTY));
    SimulatedDevice slow = SimulatedDevice.of(gpu("cuda:1", 300, 50, 6, PLENTY));
    double bound =
        Bounds.shared(
            cpu.kernels(plan, 0),
            Math.max(fast.kernels(plan, 0), linkIn(fast, CHUNKS)),
            Math.max(slow.kernels(plan, 0), linkIn(slow, CHUNKS)));
    check("a slow second GPU", plan, bound, cpu, fast, slow);
  }

  /** Bound: two passes, of which the second finds a tenth of the data on the GPU. */
  @Test
  void memoryATenthOfTheData() {
    NDArray x = source("x");
    Plan plan = Plans.of(sines(x.subtract(x.mean()), 8).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 12, BYTES / 10));
    double bound = Bounds.passes(kernels(plan, cpu), kernels(plan, gpu), linkIn(gpu, CHUNKS), 0.1);
    assertThat(passes(plan)).hasSize(2);
    check("device memory a tenth of the data", plan, bound, cpu, gpu);
  }

  /** Bound: the work shared until the GPU is lost, the rest on the cores. */
  @Test
  void aDeviceThatDiesHalfWay() {
    Plan plan = Plans.of(sines(source("x"), 20).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 20, 12, PLENTY));
    double onCpu = cpu.kernels(plan, 0);
    double onGpu = Math.max(gpu.kernels(plan, 0), linkIn(gpu, CHUNKS));
    double half = Bounds.shared(onCpu, onGpu) / 2;
    double bound =
        Bounds.changing(
            new double[] {1 / onCpu, 1 / onGpu},
            new double[] {half, half},
            new double[] {1 / onCpu, 0});
    check("a device that dies half-way", plan, bound, cpu, gpu.failing(half));
  }

  /** Bound: the work shared, the GPU five times slower from a quarter of the way on. */
  @Test
  void aDeviceThatSlowsDown() {
    Plan plan = Plans.of(sines(source("x"), 20).sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 40, 12, PLENTY));
    double onCpu = cpu.kernels(plan, 0);
    double onGpu = gpu.kernels(plan, 0);
    double quarter = Bounds.shared(onCpu, onGpu) / 4;
    double bound =
        Bounds.changing(
            new double[] {1 / onCpu, 1 / onGpu},
            new double[] {quarter, quarter},
            new double[] {1 / onCpu, 0.2 / onGpu});
    check("a device that slows down", plan, bound, cpu, gpu.slowing(quarter, 5));
  }

  /** Bound: the work shared; the scheduler is told rates that are wrong by half and by double. */
  @Test
  void mixedOnOneReduction() {
    NDArray x = source("x");
    NDArray y = source("y");
    Plan plan = Plans.of(x.square().add(y.square()).sqrt().sum());
    SimulatedDevice cpu = SimulatedDevice.of(CPU).truly(new Rates(15, 7.5, 1, 1, 5_000, 0));
    SimulatedDevice gpu =
        SimulatedDevice.of(gpu("cuda:0", 1000, 2000, 24, PLENTY))
            .truly(new Rates(1000, 1000, 12, 12, 10_000, 10_000));
    double onGpu = linkIn(gpu, 2 * CHUNKS);
    check("mixed on one reduction", plan, Bounds.shared(cpu.kernels(plan, 0), onGpu), cpu, gpu);
  }

  /** The stages that go over all the data. */
  private static List<Integer> passes(Plan plan) {
    List<Integer> passes = new ArrayList<>();
    for (int stage = 0; stage < plan.graph().stages().size(); stage++) {
      if (plan.chunks(stage) == CHUNKS) {
        passes.add(stage);
      }
    }
    return passes;
  }

  private static double[] kernels(Plan plan, SimulatedDevice device) {
    return passes(plan).stream().mapToDouble(stage -> device.kernels(plan, stage)).toArray();
  }

  /** Bound: three passes over data that can stay where they are. */
  @Test
  void severalStagesWithReuse() {
    NDArray y = sines(source("x"), 4);
    NDArray m = y.mean();
    NDArray s = sines(y.subtract(m), 4).sum();
    Plan plan = Plans.of(sines(y.multiply(s), 4).sum());
    assertThat(passes(plan)).hasSize(3);
    SimulatedDevice cpu = SimulatedDevice.of(CPU);
    SimulatedDevice gpu = SimulatedDevice.of(gpu("cuda:0", 1000, 500, 12, PLENTY));
    double link = linkIn(gpu, CHUNKS);
    double bound = Bounds.passes(kernels(plan, cpu), kernels(plan, gpu), link, 1);
    double[] together = kernels(plan, gpu.withoutLaunches());
    double least = Bounds.passes(kernels(plan, cpu.withoutLaunches()), together, link, 1);
    check("several stages with reuse", plan, bound, least, cpu, gpu);
  }

  @AfterAll
  static void foot() {
    System.out.flush();
  }
}
