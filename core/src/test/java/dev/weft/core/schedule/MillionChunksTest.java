package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.plan.Plans;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million chunks, with one place and with three: planned in little memory, each run once. Times
 * are printed; how fast is fast enough depends on the machine, and is the business of benches.
 */
@Tag("long")
class MillionChunksTest {
  /** Of so many chunks one is planned, and within as much less memory. */
  private static final int EVERY = Math.max(1, Integer.getInteger("weft.tests.every", 1));

  private static final int SIDE = (int) Math.sqrt(1_000_000 / EVERY);
  private static final int CHUNKS = SIDE * SIDE;

  /** Groups of 32 partial results, and groups of these, that are joined before the last task. */
  private static final int JOINS = CHUNKS / 30;

  private static final int SOME = CHUNKS / 10;
  private static final long MEMORY = (200L << 20) / EVERY;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, CHUNKS), ChunkSpec.of(1));
  private final NDArray grid =
      session.array(Notation.source("x", DType.FLOAT64, SIDE, SIDE), ChunkSpec.of(1));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void ofAMap() {
    measure("map", x.exp(), CHUNKS);
  }

  @Test
  void ofASum() {
    measure("sum", x.exp().sum(), CHUNKS + 1);
  }

  @Test
  void ofAStencil() {
    NDArray e = x.exp();
    measure("stencil", e.slice("1:").subtract(e.slice(":-1")).sum(), 2 * CHUNKS + 1);
  }

  @Test
  void ofCentredRows() {
    NDArray mean = grid.mean(1).keepdims(grid.shape(), 1);
    measure("centred rows", grid.subtract(mean), 2 * CHUNKS + 2 * SIDE);
  }

  /** Of less chunks: with all that waits for the one before, listing goes far ahead. */
  @Test
  void ofAScan() {
    measure("scan", some().cumsum(0).sin(), 3 * SOME);
  }

  @Test
  void ofAProduct() {
    NDArray row = some().expandDims(0);
    NDArray column = some().expandDims(1);
    ProductCut cut = new ProductCut(1, 1, 1);
    measure("product", row.with(Exprs.matmul(row.expr(), column.expr(), cut)), 3 * SOME);
  }

  private NDArray some() {
    return session.array(Notation.source("x", DType.FLOAT64, SOME), ChunkSpec.of(1)).exp();
  }

  private static void measure(String what, NDArray array, long tasks) {
    measure(what + ", one place", array, tasks, List.of(place("cpu", 2)));
    measure(
        what + ", three places",
        array,
        tasks,
        List.of(place("cpu", 2), place("cuda:0", 1), place("cuda:1", 1)));
  }

  private static Place place(String name, int slots) {
    return new Place(name, new Rates(10, 10, 10, 10, 1000, 1000), slots, 1L << 40, true);
  }

  private static void measure(String what, NDArray array, long tasks, List<Place> places) {
    long before = used();
    long start = System.nanoTime();
    Plan plan = Plans.of(array);
    PlannedTasks graph = new PlannedTasks(plan, places.size() > 1);
    Scheduler scheduler = new Scheduler(graph, places, ItemHomes.ON_HOST);
    List<Instruction> first = scheduler.handle(new Event.Started(0));
    long planned = System.nanoTime();
    long held = used() - before;
    assertThat(plan.tasks()).isBetween(tasks - CHUNKS, tasks + JOINS);
    long done = run(scheduler, first);
    long end = System.nanoTime();
    assertThat(done).isEqualTo(plan.tasks());
    System.out.printf(
        Locale.ROOT,
        "%s: %,d tasks planned in %.0f ms and %d MiB, scheduled in %.2f us each%n",
        what,
        done,
        (planned - start) / 1e6,
        held >> 20,
        (end - planned) / 1e3 / done);
    assertThat(held).isLessThan(MEMORY);
  }

  private static long run(Scheduler scheduler, List<Instruction> first) {
    ArrayDeque<Instruction> todo = new ArrayDeque<>(first);
    long done = 0;
    boolean finished = false;
    while (!todo.isEmpty()) {
      switch (todo.remove()) {
        case Instruction.Run run -> {
          done += run.count();
          todo.addAll(scheduler.handle(new Event.TaskDone(run.task(), run.place(), done, 1000)));
        }
        case Instruction.Copy copy ->
            todo.addAll(
                scheduler.handle(
                    new Event.CopyDone(copy.item(), copy.from(), copy.to(), done, 1000)));
        case Instruction.Free free -> {}
        case Instruction.Finish finish -> finished = true;
      }
    }
    assertThat(finished).isTrue();
    return done;
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
