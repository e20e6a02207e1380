package dev.weft.core.slice;

import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.WeftException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.launch.TaskLauncher;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.plan.Plan;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs tasks of one stage on the host, apart from the rest of the job: what they read of other
 * tasks is taken from an exchange, what they write is left there. Other slices of the stage may run
 * at the same time, in this process or in others.
 */
public final class SliceRun implements AutoCloseable {
  private final Plan plan;
  private final Stage stage;
  private final ChunkExchange exchange;
  private final StageMemory memory;
  private final TaskLauncher launcher;

  /** A run of tasks of {@code stage}. */
  public SliceRun(Plan plan, int stage, HeldMemory held, ChunkExchange exchange) {
    this.plan = plan;
    this.stage = plan.graph().stages().get(stage);
    this.exchange = exchange;
    OpenTargets none = new OpenTargets(List.of(), List.of(), (a, b, c, d) -> {});
    this.memory = new StageMemory(plan, this.stage, held, none, exchange);
    this.launcher = new TaskLauncher(memory.job(), plan);
  }

  /**
   * Runs tasks.
   *
   * @param tasks those of one slice, in its order; a task that goes on from one that is not among
   *     them finds its chunk in the exchange
   * @throws DeviceException when one fails, saying which
   */
  public void run(long[] tasks) {
    launcher.compile(stage.id());
    memory.expect(tasks);
    boolean chained = new StageSlices(stage).isChained();
    int together = chained ? 1 : memory.job().device().info().parallelism();
    ParallelTasks.run(tasks.length, together, i -> run(tasks[i]));
  }

  private void run(long task) {
    try {
      memory.load(task);
      CompletableFuture<Void> ended = new CompletableFuture<>();
      launcher.launch(
          stage.id(),
          task,
          1,
          (at, failure) -> {
            if (failure == null) {
              ended.complete(null);
            } else {
              ended.completeExceptionally(failure);
            }
          });
      ended.join();
      plan.writes(stage.id(), task, this::leave);
      memory.release(task);
    } catch (RuntimeException e) {
      throw failed(
          task, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    }
  }

  private DeviceException failed(long task, Throwable cause) {
    return new DeviceException(
        "'%s', chunk %d of %d %s: %s"
            .formatted(
                stage.label(),
                task,
                stage.iteration().count(),
                stage.iteration().region(task),
                cause instanceof WeftException ? cause.getMessage() : cause.toString()),
        cause);
  }

  /** Leaves a chunk that a task has written where others find it. */
  private void leave(int id, long chunk) {
    ArrayDef array = plan.graph().arrays().get(id);
    long bytes = array.chunkBytes(chunk);
    put(array, chunk, memory.job().chunks().get(array, chunk).memory().asSlice(0, bytes));
    memory.job().free(id, chunk);
  }

  private void put(ArrayDef array, long chunk, MemorySegment bytes) {
    IoRetries.run(
        () -> exchange.put(array.id(), chunk, bytes.asReadOnly()),
        () -> "chunk %d of '%s' cannot be left".formatted(chunk, array.label()),
        IoRetries.Listener.NONE);
  }

  /** Gives back the memory of the tasks that have ended. */
  @Override
  public void close() {
    memory.close();
  }
}
