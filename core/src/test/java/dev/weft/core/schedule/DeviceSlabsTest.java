package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many tasks a device that likes pieces of some size starts as one. */
class DeviceSlabsTest {
  private static final Rates RATES = new Rates(1, 1, 1, 1, 10, 10);
  private static final long PLENTY = 1L << 20;

  /** A task of 10 numbers reads and writes 160 bytes. */
  private static final int TASK = 160;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, 400), ChunkSpec.of(10));
  private final NDArray left =
      session.array(
          new ResidentChunksTest.Left("left", DType.FLOAT64, Shape.of(400)), ChunkSpec.of(10));

  @AfterEach
  void close() {
    session.close();
  }

  private static Place host(boolean kernels) {
    return new Place("cpu", RATES, 1, PLENTY, kernels);
  }

  private static Place far(long limit, long slab) {
    return new Place("cuda:0", RATES, 4, limit, true, slab);
  }

  /** Numbers of the tasks that were started as one, in order. */
  private static List<Integer> slabs(SimulatedMachine machine) {
    machine.run();
    machine.checkEnd();
    List<Integer> slabs = new ArrayList<>();
    for (JobEvent event : machine.heard) {
      if (event instanceof JobEvent.TaskStarted started && started.device().equals("cuda:0")) {
        slabs.add(started.tasks());
      }
    }
    return slabs;
  }

  private static SimulatedMachine machine(Plan plan, Place... places) {
    return new SimulatedMachine(
        plan,
        List.of(SimulatedDevice.of(places[0]), SimulatedDevice.of(places[1])),
        (array, chunk) ->
            plan.graph().arrays().get(array).storage() == ArrayDef.Storage.RESIDENT
                ? 1
                : Place.HOST);
  }

  @Test
  void whatIsThereIsOnePieceOfWork() {
    Plan plan = Plans.of(left.exp());
    assertThat(slabs(machine(plan, host(false), far(PLENTY, 4 * TASK)))).containsExactly(40);
  }

  @Test
  void whatIsThereTakesAPartOfTheMemoryAtATime() {
    Plan plan = Plans.of(left.exp());
    assertThat(slabs(machine(plan, host(false), far(32 * 15 * TASK, 4 * TASK))))
        .containsExactly(15, 15, 10);
  }

  @Test
  void whatMustBeBroughtComesInPieces() {
    Plan plan = Plans.of(x.exp());
    SimulatedMachine machine = machine(plan, host(false), far(PLENTY, 8 * TASK));
    assertThat(slabs(machine)).containsExactly(8, 8, 8, 8, 8);
    // The second piece is on its way before the first has run.
    int run = machine.log.indexOf("run 0/0 on 1");
    assertThat(machine.log.subList(0, run)).contains("copy a0/15 from 0 to 1");
  }

  @Test
  void otherPlacesGetTheirPart() {
    Plan plan = Plans.of(left.exp());
    SimulatedMachine machine = machine(plan, host(true), far(PLENTY, 4 * TASK));
    assertThat(slabs(machine).getFirst()).isBetween(2, 20);
  }

  @Test
  void aPieceThatIsRefusedIsDoneTaskByTask() {
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(session.arange(400).rechunk(10).exp()),
            List.of(host(false), far(PLENTY, 4 * TASK)));
    Instruction.Run first = (Instruction.Run) scheduler.handle(new Event.Started(0)).getFirst();
    assertThat(first.count()).isEqualTo(40);
    List<Instruction> next =
        scheduler.handle(new Event.TaskRefused(0, 1, 20, new DeviceException("no memory")));
    assertThat(next)
        .isNotEmpty()
        .allMatch(i -> i instanceof Instruction.Run run && run.count() == 1);
  }

  @Test
  void aCopyThatFailsReleasesAllTasksThatWaitForIt() {
    Scheduler scheduler =
        SimulatedMachine.scheduler(Plans.of(x.exp()), List.of(host(true), far(PLENTY, 8 * TASK)));
    List<Instruction> begun = scheduler.handle(new Event.Started(0));
    List<Instruction.Copy> copies =
        begun.stream()
            .filter(Instruction.Copy.class::isInstance)
            .map(Instruction.Copy.class::cast)
            .toList();
    assertThat(copies).hasSizeGreaterThan(1);
    int item = copies.get(1).item();
    scheduler.handle(
        new Event.CopyFailed(item, 0, 1, 10, new DeviceException("no"), Event.Obstacle.PLACE));
    for (Instruction.Copy copy : copies) {
      if (copy.item() != item) {
        List<Instruction> after = scheduler.handle(new Event.CopyDone(copy.item(), 0, 1, 20, 10));
        assertThat(after)
            .noneMatch(
                i ->
                    i instanceof Instruction.Run run
                        && run.place() == 1
                        && run.task() <= 1
                        && run.task() + run.count() > 1);
      }
    }
  }

  @Test
  void tasksThatFindTheHostFullAreGivenOutAgain() {
    Scheduler scheduler =
        SimulatedMachine.scheduler(
            Plans.of(session.arange(20).rechunk(10).exp().sum()),
            List.of(host(false), far(PLENTY, TASK)));
    List<Instruction> next = scheduler.handle(new Event.Started(0));
    while (copies(next).isEmpty()) {
      next = scheduler.handle(new Event.TaskDone(runs(next).getFirst().task(), 1, 10, 10));
    }
    int item = copies(next).getFirst().item();
    for (int refusal = 0; refusal < 3; refusal++) {
      next = scheduler.handle(full(item));
      assertThat(copies(next)).extracting(Instruction.Copy::item).contains(item);
    }
    scheduler.handle(full(item));
    next = scheduler.handle(new Event.CopyDone(1 - item, 1, Place.HOST, 30, 10));
    assertThat(only(Instruction.Finish.class, next))
        .singleElement()
        .satisfies(finish -> assertThat(finish.failure().cause()).hasMessage("full"));
  }

  private static Event full(int item) {
    return new Event.CopyFailed(
        item, 1, Place.HOST, 20, new DeviceException("full"), Event.Obstacle.HOST_FULL);
  }

  private static List<Instruction.Copy> copies(List<Instruction> all) {
    return only(Instruction.Copy.class, all);
  }

  private static List<Instruction.Run> runs(List<Instruction> all) {
    return only(Instruction.Run.class, all);
  }

  private static <T extends Instruction> List<T> only(Class<T> kind, List<Instruction> all) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
