package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.optimize.Notation;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import java.util.ArrayDeque;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A million chunks: planned in little memory, each run once. Times are printed; how fast is fast
 * enough depends on the machine, and is the business of benches.
 */
class MillionChunksTest {
  private static final int CHUNKS = 1_000_000;
  private static final long MEMORY = 200L << 20;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, CHUNKS), ChunkSpec.of(1));
  private final NDArray grid =
      session.array(Notation.source("x", DType.FLOAT64, 1000, 1000), ChunkSpec.of(1));

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
    measure("centred rows", grid.subtract(mean), 2 * CHUNKS + 2 * 1000);
  }

  private static void measure(String what, NDArray array, long tasks) {
    long before = used();
    long start = System.nanoTime();
    Plan plan = Plans.of(array);
    Scheduler scheduler = new Scheduler(plan, Long.MAX_VALUE);
    long planned = System.nanoTime();
    long held = used() - before;
    assertThat(plan.tasks()).isBetween(tasks - CHUNKS, tasks);
    long done = run(scheduler);
    long end = System.nanoTime();
    assertThat(done).isEqualTo(plan.tasks());
    double micros = (end - planned) / 1e3 / done;
    System.out.println(
        "%s: %,d tasks planned in %.0f ms and %d MiB, scheduled in %.2f us each"
            .formatted(what, done, (planned - start) / 1e6, held >> 20, micros)
            .toString()
            .toLowerCase(Locale.ROOT));
    assertThat(held).isLessThan(MEMORY);
  }

  private static long run(Scheduler scheduler) {
    ArrayDeque<Instruction.Run> running = new ArrayDeque<>();
    Event event = new Event.Started(4);
    long done = 0;
    boolean finished = false;
    while (true) {
      for (Instruction instruction : scheduler.handle(event)) {
        if (instruction instanceof Instruction.Run run) {
          running.add(run);
        }
        finished |= instruction instanceof Instruction.Finish;
      }
      if (running.isEmpty()) {
        assertThat(finished).isTrue();
        return done;
      }
      Instruction.Run next = running.remove();
      event = new Event.TaskDone(next.stage(), next.chunk());
      done++;
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
