package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What moves where, what is freed, what a loss does, and how jobs end. */
class DeviceSchedulerTest {
  private static final long PLENTY = 1L << 40;
  private static final Rates SLOW = new Rates(1, 1, 1, 1, 1, 0);
  private static final Rates FAST = new Rates(100, 100, 10, 10, 1, 1);

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, 40), ChunkSpec.of(10));

  @AfterEach
  void close() {
    session.close();
  }

  private static SimulatedDevice host(boolean kernels) {
    return SimulatedDevice.of(new Place("cpu", SLOW, 1, PLENTY, kernels));
  }

  private static SimulatedDevice far(String name, long limit) {
    return SimulatedDevice.of(new Place(name, FAST, 1, limit, true));
  }

  @Test
  void inputsGoInAndResultsComeOut() {
    NDArray one = session.array(Notation.source("x", DType.FLOAT64, 10), ChunkSpec.of(10));
    SimulatedMachine machine =
        new SimulatedMachine(Plans.of(one.exp()), List.of(host(false), far("cuda:0", PLENTY)));
    machine.run();
    assertThat(machine.log)
        .containsExactly(
            "copy a0/0 from 0 to 1",
            "run 0/0 on 1",
            "copy a1/0 from 1 to 0",
            "free a0/0 on 1",
            "free a1/0 on 1",
            "finish");
  }

  @Test
  void whatOneFarDeviceHasGoesToAnotherOverTheHost() {
    // Two devices share chunks that the gathering must join.
    Plan plan = Plans.of(x.exp().take(new long[] {39, 0}, 0));
    SimulatedMachine machine =
        new SimulatedMachine(
            plan, List.of(host(false), far("cuda:0", PLENTY), far("cuda:1", PLENTY)));
    machine.run();
    machine.checkEnd();
    assertThat(machine.log).noneMatch(line -> line.contains("from 1 to 2"));
  }

  @Test
  void reasonsReadAsSentences() {
    NDArray y = x.exp().sin();
    Plan plan = Plans.of(y.subtract(y.mean()).square().sum());
    SimulatedMachine machine =
        new SimulatedMachine(plan, List.of(host(true), far("cuda:0", PLENTY)));
    machine.run();
    List<String> reasons = machine.reasons.stream().map(Placement::toString).toList();
    assertThat(reasons).anyMatch(text -> text.equals("cpu: work of the host"));
    assertThat(reasons)
        .anyMatch(text -> text.matches("cuda:0: after 0\\.1 KiB of inputs, .* on cpu"));
    assertThat(new Placement("cuda:0", Placement.Cause.EARLIEST, 0, 4e5, "cpu", 3.1e6).toString())
        .isEqualTo("cuda:0: inputs resident, 0.4 ms against 3.1 ms on cpu");
    assertThat(new Placement("cpu", Placement.Cause.HELPS, 8 << 20, 3.1e6, null, 12.4e6).toString())
        .isEqualTo(
            "cpu: after 8.0 MiB of inputs, 3.1 ms while the others have 12.4 ms of work left");
  }

  @Test
  void aTaskThatADeviceRefusesGoesElsewhere() {
    NDArray one = session.array(Notation.source("x", DType.FLOAT64, 10), ChunkSpec.of(10));
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(one.exp()), List.of(host(true).place(), far("cuda:0", PLENTY).place()));
    assertThat(scheduler.handle(new Event.Started(0)))
        .containsExactly(new Instruction.Copy(0, 0, 1));
    assertThat(scheduler.handle(new Event.CopyDone(0, 0, 1, 10, 10)))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(Instruction.Run.class, run -> assertThat(run.place()).isEqualTo(1));
    var refused =
        scheduler.handle(new Event.TaskRefused(0, 1, 20, new DeviceException("no memory")));
    assertThat(refused).anyMatch(i -> i instanceof Instruction.Run run && run.place() == 0);
    assertThat(scheduler.handle(new Event.TaskDone(0, 0, 30, 10)))
        .contains(new Instruction.Free(0, 1), new Instruction.Finish(null));
  }

  @Test
  void chunksThatALostDeviceHeldAreMadeAgain() {
    // Four chunks are made and kept on the device; it is lost while the second stage runs.
    NDArray y = x.exp().sin();
    Plan plan = Plans.of(y.subtract(y.mean()).square().sum());
    SimulatedMachine whole = new SimulatedMachine(plan, List.of(host(true), far("cuda:0", PLENTY)));
    double makespan = whole.run();
    boolean again = false;
    for (int step = 0; step <= 50; step++) {
      SimulatedMachine machine =
          new SimulatedMachine(
              plan, List.of(host(true), far("cuda:0", PLENTY).failing(makespan * step / 50)));
      machine.run();
      machine.checkEnd();
      again |=
          machine.log.stream().filter(line -> line.startsWith("run")).count() > machine.wanted();
    }
    assertThat(again).isTrue();
  }

  @Test
  void theHostTakesWhatTheOnlyOtherDeviceRefuses() {
    Scheduler scheduler = refusedByTheOnlyDevice();
    assertThat(scheduler.handle(new Event.TaskDone(0, 0, 30, 10)))
        .contains(new Instruction.Free(0, 1), new Instruction.Finish(null));
  }

  /** A job of one task that was refused, and that the host, which runs no kernels else, has. */
  private Scheduler refusedByTheOnlyDevice() {
    NDArray one = session.array(Notation.source("x", DType.FLOAT64, 10), ChunkSpec.of(10));
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(one.exp()), List.of(host(false).place(), far("cuda:0", PLENTY).place()));
    scheduler.handle(new Event.Started(0));
    scheduler.handle(new Event.CopyDone(0, 0, 1, 10, 10));
    DeviceException full = new DeviceException("no memory");
    assertThat(scheduler.handle(new Event.TaskRefused(0, 1, 20, full)))
        .filteredOn(Instruction.Run.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Instruction.Run.class,
            run -> {
              assertThat(run.place()).isEqualTo(Place.HOST);
              assertThat(run.reason()).hasToString("cpu: no other device can run it");
            });
    return scheduler;
  }

  @Test
  void whatNoDeviceRunsFailsTheJobWithTheFirstReason() {
    Scheduler scheduler = refusedByTheOnlyDevice();
    DeviceException full = new DeviceException("none either");
    for (int tries = 0; tries < 3; tries++) {
      // The host may find memory when other chunks have left.
      assertThat(scheduler.handle(new Event.TaskRefused(0, Place.HOST, 30, full)))
          .hasOnlyElementsOfType(Instruction.Run.class);
    }
    assertThat(scheduler.handle(new Event.TaskRefused(0, Place.HOST, 30, full)))
        .last()
        .isInstanceOfSatisfying(
            Instruction.Finish.class,
            finish ->
                assertThat(finish.failure().cause())
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("no device is left that can run 'exp'")
                    .hasRootCauseMessage("no memory"));
  }

  @Test
  void theHostTakesWhatIsTooLargeForTheOnlyOtherDevice() {
    // A task reads and writes 80 bytes each.
    SimulatedMachine machine =
        new SimulatedMachine(Plans.of(x.exp()), List.of(host(false), far("cuda:0", 100)));
    machine.run();
    machine.checkEnd();
    assertThat(machine.reasons)
        .extracting(Placement::toString)
        .containsOnly("cpu: no other device can run it");
  }

  @Test
  void theHostFinishesWhatTheOnlyOtherDeviceWasLostWith() {
    NDArray y = x.exp().sin();
    Plan plan = Plans.of(y.subtract(y.mean()).square().sum());
    double makespan = new SimulatedMachine(plan, List.of(host(false), far("cuda:0", PLENTY))).run();
    long onHost = 0;
    for (int step = 0; step <= 50; step++) {
      SimulatedMachine machine =
          new SimulatedMachine(
              plan, List.of(host(false), far("cuda:0", PLENTY).failing(makespan * step / 50)));
      machine.run();
      machine.checkEnd();
      onHost += machine.log.stream().filter(line -> line.matches("run .* on 0")).count();
    }
    assertThat(onHost).isGreaterThan(50);
  }

  @Test
  void whatIsNeededLastIsEvictedFirst() {
    // Two passes over ten chunks, of which six fit. By least recent use all would come twice.
    NDArray many = session.array(Notation.source("x", DType.FLOAT64, 100), ChunkSpec.of(10));
    Plan plan = Plans.of(many.subtract(many.mean()).sin().sum());
    SimulatedMachine machine =
        new SimulatedMachine(plan, List.of(host(false), far("cuda:0", 6 * 80)));
    machine.run();
    machine.checkEnd();
    long copies = machine.log.stream().filter(line -> line.startsWith("copy a0/")).count();
    assertThat(copies).isBetween(14L, 16L);
  }

  @Test
  void aDeviceTooSmallForATaskIsLeftOut() {
    Plan plan = Plans.of(x.exp());
    SimulatedMachine machine = new SimulatedMachine(plan, List.of(host(true), far("cuda:0", 150)));
    machine.run();
    machine.checkEnd();
    assertThat(machine.tasks).containsExactly(4, 0);
  }

  @Test
  void cancellingWaitsForTasksAndCopies() {
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(x.exp()), List.of(host(false).place(), far("cuda:0", PLENTY).place()));
    assertThat(scheduler.handle(new Event.Started(0))).hasSize(2);
    assertThat(scheduler.handle(new Event.Cancelled(1))).isEmpty();
    assertThat(scheduler.handle(new Event.CopyDone(0, 0, 1, 10, 10))).isEmpty();
    var end = scheduler.handle(new Event.CopyDone(1, 0, 1, 20, 10));
    assertThat(end).containsExactly(new Instruction.Finish(new Instruction.Failure(-1, null)));
  }

  @Test
  void randomJobsOnRandomMachinesAreDoneWithinTheirMemory() {
    int failed = 0;
    int again = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      Plan plan = randomPlan(random);
      List<SimulatedDevice> devices = new ArrayList<>();
      int far = random.nextInt(4);
      long largest = plan.largestTask().bytes();
      boolean tight = random.nextInt(4) == 0;
      long slab = seed % 2 == 0 ? 0 : 1L << 5 + seed % 10;
      long hostLimit = tight ? (long) (largest * (1 + 3 * random.nextDouble())) : PLENTY;
      devices.add(
          SimulatedDevice.of(
              new Place("cpu", rates(random), 1 + random.nextInt(3), hostLimit, true)));
      for (int i = 0; i < far; i++) {
        long limit =
            random.nextBoolean() ? PLENTY : (long) (largest * (1 + 3 * random.nextDouble()));
        SimulatedDevice device =
            SimulatedDevice.of(
                    new Place("far:" + i, rates(random), 1 + random.nextInt(2), limit, true, slab))
                .truly(rates(random));
        if (random.nextInt(3) == 0) {
          device = device.failing(random.nextInt(5000));
          failed++;
        }
        devices.add(device);
      }
      SimulatedMachine machine = new SimulatedMachine(plan, devices);
      if (tight) {
        machine.withoutHostLimit();
      }
      try {
        machine.run();
        machine.checkEnd();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      for (int d = 0; d < devices.size(); d++) {
        assertThat(machine.peak(d)).isLessThanOrEqualTo(machine.scheduler.peak(d));
      }
      again +=
          machine.log.stream().filter(l -> l.startsWith("run")).count() > machine.wanted() ? 1 : 0;
    }
    System.out.println(failed + " devices lost in 2000 jobs, " + again + " jobs made chunks again");
    assertThat(again).isGreaterThan(50);
  }

  @Test
  void everyTaskOfALongPlanRunsOnce() {
    measure();
    double micros = measure();
    System.out.printf(Locale.ROOT, "two devices: %.2f us a task, copies included%n", micros);
  }

  private double measure() {
    int chunks = 20_000;
    NDArray many = session.array(Notation.source("x", DType.FLOAT64, chunks), ChunkSpec.of(1));
    Plan plan = Plans.of(many.exp().sin().sum());
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            plan, List.of(host(true).place(), far("cuda:0", PLENTY).place()));
    long start = System.nanoTime();
    ArrayDeque<Instruction> todo = new ArrayDeque<>(scheduler.handle(new Event.Started(0)));
    long clock = 0;
    int ran = 0;
    boolean finished = false;
    while (!todo.isEmpty()) {
      clock += 10;
      switch (todo.remove()) {
        case Instruction.Run run -> {
          ran += run.count();
          todo.addAll(scheduler.handle(new Event.TaskDone(run.task(), run.place(), clock, 10)));
        }
        case Instruction.Copy copy ->
            todo.addAll(
                scheduler.handle(
                    new Event.CopyDone(copy.item(), copy.from(), copy.to(), clock, 10)));
        case Instruction.Free free -> {}
        case Instruction.Finish finish -> finished = true;
      }
    }
    double micros = (System.nanoTime() - start) / 1e3 / ran;
    assertThat(finished).isTrue();
    assertThat(ran).isEqualTo(chunks + 1);
    return micros;
  }

  private static Rates rates(Random random) {
    return new Rates(
        1 + 9 * random.nextDouble(),
        1 + 9 * random.nextDouble(),
        0.5 + 3 * random.nextDouble(),
        0.5 + 3 * random.nextDouble(),
        random.nextInt(20),
        random.nextInt(20));
  }

  /** Some arrays of some chunks, combined at random; results, reductions, slices, scans. */
  private Plan randomPlan(Random random) {
    long extent = 10L + random.nextInt(100);
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      arrays.add(
          session.array(
              Notation.source("s" + i, DType.FLOAT64, extent),
              ChunkSpec.of(1 + random.nextInt((int) extent))));
    }
    int steps = 1 + random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      NDArray a = arrays.get(random.nextInt(arrays.size()));
      NDArray b = arrays.get(random.nextInt(arrays.size()));
      arrays.add(
          switch (random.nextInt(10)) {
            case 0 -> a.exp();
            case 1 -> a.sin().subtract(b);
            case 2 -> a.multiply(b).add(1.0);
            case 3 -> a.subtract(a.mean());
            case 4 -> a.exp().cumsum(0);
            case 5 -> a.slice("::-1").multiply(b);
            case 6 -> a.divide(b.exp().sum());
            case 7 -> session.concatenate(0, a, b.exp()).slice(":" + extent);
            case 8 -> a.multiply(b).on(random.nextInt(4) == 0 ? "cpu" : "far:" + random.nextInt(3));
            default -> a.exp().reshape(1, extent).reshape(extent).add(b);
          });
    }
    NDArray last = arrays.getLast();
    NDArray other = arrays.get(random.nextInt(arrays.size()));
    return random.nextBoolean()
        ? Plans.of(last.exp(), other.sin().sum())
        : Plans.of(last.add(other).exp().sum());
  }
}
