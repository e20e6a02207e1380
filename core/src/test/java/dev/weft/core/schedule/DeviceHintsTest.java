package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Placement.Cause;
import dev.weft.core.place.Placement.Ignored.Why;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where tasks run that were asked for on a device, and what happens where it cannot be had. */
class DeviceHintsTest {
  private static final long PLENTY = 1L << 40;
  private static final Rates SLOW = new Rates(1, 1, 1, 1, 1, 0);
  private static final Rates FAST = new Rates(100, 100, 10, 10, 1, 1);

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, 400), ChunkSpec.of(10));

  @AfterEach
  void close() {
    session.close();
  }

  private static SimulatedDevice device(String name, Rates rates, long limit) {
    return SimulatedDevice.of(new Place(name, rates, 1, limit, true));
  }

  private static SimulatedMachine run(Plan plan, SimulatedDevice... devices) {
    SimulatedMachine machine = new SimulatedMachine(plan, List.of(devices));
    machine.run();
    machine.checkEnd();
    return machine;
  }

  private static Set<Why> ignored(SimulatedMachine machine) {
    Set<Why> reasons = EnumSet.noneOf(Why.class);
    for (Placement placement : machine.reasons) {
      if (placement.ignored() != null) {
        reasons.add(placement.ignored().why());
      }
    }
    return reasons;
  }

  @Test
  void aDeviceThatWasAskedForDoesItHoweverSlowItIs() {
    SimulatedDevice host = device("cpu", FAST, PLENTY);
    SimulatedDevice slow = device("cuda:0", SLOW, PLENTY);
    assertThat(run(Plans.of(x.exp()), host, slow).tasks[0]).isEqualTo(40);
    SimulatedMachine asked = run(Plans.of(x.exp().on("cuda:0")), host, slow);
    assertThat(asked.tasks).containsExactly(0, 40);
    assertThat(asked.reasons).allMatch(reason -> reason.cause() == Cause.ASKED_FOR);
    assertThat(asked.reasons.getFirst().toString())
        .matches("cuda:0: asked for, after 0\\.1 KiB of inputs, \\d+\\.\\d us");
    assertThat(ignored(asked)).isEmpty();
  }

  @Test
  void theHostCanBeAskedForToo() {
    SimulatedDevice host = device("cpu", SLOW, PLENTY);
    SimulatedDevice fast = device("cuda:0", FAST, PLENTY);
    assertThat(run(Plans.of(x.exp().on("cpu:2")), host, fast).tasks).containsExactly(40, 0);
  }

  @Test
  void aKindWithoutANumberIsTheFirstDeviceOfIt() {
    SimulatedDevice host = device("cpu", FAST, PLENTY);
    SimulatedDevice second = device("cuda:1", SLOW, PLENTY);
    SimulatedDevice third = device("cuda:2", SLOW, PLENTY);
    assertThat(run(Plans.of(x.exp().on("cuda")), host, second, third).tasks)
        .containsExactly(0, 40, 0);
    assertThat(run(Plans.of(x.exp().on("cuda:2")), host, second, third).tasks)
        .containsExactly(0, 0, 40);
  }

  @Test
  void onlyTheStagesThatWereAskedForFollowAHint() {
    // The scan and the sum of it are the fast host's; partial sums are joined on the host anyway.
    Plan plan = Plans.of(x.exp().on("cuda:0").cumsum(0).sum());
    SimulatedMachine machine =
        run(plan, device("cpu", FAST, PLENTY), device("cuda:0", SLOW, PLENTY));
    assertThat(machine.tasks[1]).isEqualTo(40);
    List<Integer> there = new ArrayList<>();
    for (JobEvent event : machine.heard) {
      if (event instanceof JobEvent.TaskStarted task && task.device().equals("cuda:0")) {
        there.add(task.stage());
      }
    }
    assertThat(new TreeSet<>(there)).containsExactly(0);
  }

  @Test
  void aDeviceThatIsNotThereChangesNothingButReasons() {
    SimulatedDevice host = device("cpu", FAST, PLENTY);
    SimulatedDevice slow = device("cuda:0", SLOW, PLENTY);
    SimulatedMachine plain = run(Plans.of(x.exp()), host, slow);
    SimulatedMachine asked = run(Plans.of(x.exp().on("cuda:3")), host, slow);
    assertThat(asked.log).isEqualTo(plain.log);
    assertThat(asked.reasons)
        .allMatch(
            reason -> reason.toString().endsWith("; asked for on cuda:3, which is not in use"));
  }

  @Test
  void aLossHalfWayLeavesTheRestToTheOthers() {
    Plan plan = Plans.of(x.exp().on("cuda:0"));
    SimulatedDevice host = device("cpu", FAST, PLENTY);
    double makespan =
        new SimulatedMachine(plan, List.of(host, device("cuda:0", SLOW, PLENTY))).run();
    int halfWay = 0;
    for (int step = 1; step < 20; step++) {
      SimulatedDevice dying = device("cuda:0", SLOW, PLENTY).failing(makespan * step / 20);
      SimulatedMachine machine = run(plan, host, dying);
      assertThat(ignored(machine)).isEqualTo(machine.tasks[0] == 0 ? Set.of() : Set.of(Why.LOST));
      halfWay += machine.tasks[0] > 0 && machine.tasks[1] > 0 ? 1 : 0;
    }
    assertThat(halfWay).isGreaterThan(10);
  }

  @Test
  void aDeviceThatIsTooSmallIsPassedOver() {
    SimulatedMachine machine =
        run(
            Plans.of(x.exp().on("cuda:0")),
            device("cpu", SLOW, PLENTY),
            device("cuda:0", FAST, 150));
    assertThat(machine.tasks).containsExactly(40, 0);
    assertThat(ignored(machine)).containsExactly(Why.TOO_SMALL);
  }

  @Test
  void aTaskThatTheDeviceRefusesGoesElsewhere() {
    NDArray one = session.array(Notation.source("x", DType.FLOAT64, 10), ChunkSpec.of(10));
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(one.exp().on("cuda:0")),
            List.of(device("cpu", FAST, PLENTY).place(), device("cuda:0", SLOW, PLENTY).place()));
    assertThat(scheduler.handle(new Event.Started(0)))
        .containsExactly(new Instruction.Copy(0, 0, 1));
    scheduler.handle(new Event.CopyDone(0, 0, 1, 10, 10));
    List<Instruction> refused =
        scheduler.handle(new Event.TaskRefused(0, 1, 20, new DeviceException("no memory")));
    assertThat(refused)
        .filteredOn(Instruction.Run.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Instruction.Run.class,
            run -> {
              assertThat(run.place()).isEqualTo(Place.HOST);
              assertThat(run.reason().toString())
                  .isEqualTo(
                      "cpu: no other device can run it; asked for on cuda:0, which has refused it");
            });
  }

  @Test
  void workOfTheHostStaysThere() {
    SimulatedMachine machine =
        run(
            Plans.of(x.map(value -> value + 1).on("cuda:0")),
            device("cpu", SLOW, PLENTY),
            device("cuda:0", FAST, PLENTY));
    assertThat(machine.tasks).containsExactly(40, 0);
    assertThat(machine.reasons)
        .allMatch(
            reason ->
                reason
                    .toString()
                    .equals(
                        "cpu: work of the host; asked for on cuda:0, which cannot do work of the host"));
  }

  @Test
  void aHostThatRunsNoKernelsIsAskedInVain() {
    SimulatedDevice host = SimulatedDevice.of(new Place("cpu", FAST, 1, PLENTY, false));
    SimulatedMachine machine =
        run(Plans.of(x.exp().on("cpu")), host, device("cuda:0", SLOW, PLENTY));
    assertThat(machine.tasks).containsExactly(0, 40);
    assertThat(ignored(machine)).containsExactly(Why.NO_KERNELS);
  }

  /** Many more tasks than are looked at wait for each device: none may hide those of another. */
  @Test
  void devicesThatWereAskedForWorkAtTheSameTime() {
    NDArray[] arrays = new NDArray[3];
    String[] names = {"cuda:0", "cuda:1", "cpu"};
    for (int i = 0; i < arrays.length; i++) {
      NDArray source =
          session.array(Notation.source("s" + i, DType.FLOAT64, 3000), ChunkSpec.of(10));
      arrays[i] = source.exp().on(names[i]);
    }
    SimulatedDevice[] devices = {
      device("cpu", SLOW, PLENTY), device("cuda:0", SLOW, PLENTY), device("cuda:1", SLOW, PLENTY)
    };
    double alone = 0;
    for (NDArray array : arrays) {
      SimulatedMachine one = new SimulatedMachine(Plans.of(array), List.of(devices));
      alone = Math.max(alone, one.run());
    }
    SimulatedMachine machine = new SimulatedMachine(Plans.of(arrays), List.of(devices));
    double together = machine.run();
    machine.checkEnd();
    assertThat(machine.tasks).containsExactly(300, 300, 300);
    assertThat(together / alone).isBetween(0.99, 1.1);
  }

  @Test
  void whatWasAskedForOnTwoDevicesMeetsOnTheLast() {
    NDArray both = x.exp().on("cuda:0").sin().on("cuda:1");
    SimulatedMachine machine =
        run(
            Plans.of(both),
            device("cpu", FAST, PLENTY),
            device("cuda:0", SLOW, PLENTY),
            device("cuda:1", SLOW, PLENTY));
    assertThat(machine.tasks).containsExactly(0, 40, 40);
    assertThat(machine.reasons).noneMatch(reason -> Objects.nonNull(reason.ignored()));
  }
}
