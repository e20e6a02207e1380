package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.KeptChunks;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.memory.SourceChecks;
import dev.weft.core.memory.SourceUses;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.Deadline;
import dev.weft.core.shape.Bytes;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job from its plan to its results: memory, targets, execution, and cleaning up, which happens as
 * soon as the last task has ended, whether somebody waits for it or not.
 */
public final class JobRun {
  private final long job;
  private final Plan plan;
  private final JobMemory memory;
  private final KeptChunks kept;
  private final OpenTargets targets;
  private final SourceUses uses;
  private final Execution execution;
  private final Consumer<JobEvent> events;
  private final Deadline deadline;
  private final JobOrigin origin;
  private final String host;
  private final AtomicLong done = new AtomicLong();
  private volatile boolean over;
  private boolean taken;
  private @Nullable RuntimeException problem;

  private JobRun(
      long job,
      Plan plan,
      HeldMemory held,
      List<ArrayTarget> targets,
      Deadline deadline,
      JobOrigin origin,
      Consumer<JobEvent> events) {
    this.job = job;
    this.origin = origin;
    this.deadline = deadline;
    this.plan = plan;
    this.events =
        event -> {
          if (event instanceof JobEvent.TaskFinished task) {
            done.addAndGet(task.tasks());
          }
          events.accept(event);
        };
    DeviceGroup devices = held.devices();
    this.host = devices.host().info().name();
    this.uses = new SourceUses(plan);
    this.kept = new KeptChunks(plan, held);
    this.targets = new OpenTargets(targets, plan.graph().results(), this::repeated);
    this.memory = new JobMemory(held, plan, this.targets);
    try {
      this.targets.open(memory::place);
      memory.allocateDense(isOne(devices) ? plan.largestTask().bytes() : 0);
      uses.pin(plan, held);
      memory.lend(plan);
      PlannedTasks tasks = new PlannedTasks(plan, !isOne(devices), SourceUses::isAway, this::has);
      this.execution =
          new Execution(job, tasks, held, memory, kept, origin, this.events, this::ended);
    } catch (RuntimeException | Error e) {
      this.targets.abort(e);
      memory.close();
      uses.close();
      throw e;
    }
  }

  private void repeated(int stage, long chunk, int attempt, Exception reason) {
    events.accept(
        new JobEvent.TaskRetried(job, System.nanoTime(), stage, chunk, host, attempt, reason));
  }

  /** Whether a target has a chunk of a result from an earlier job. */
  private boolean has(int result, long chunk) {
    ArrayDef array = plan.graph().results().get(result);
    boolean has = targets.has(result, array.grid().region(chunk));
    if (has) {
      memory.written().add(array, chunk);
    }
    return has;
  }

  private static boolean isOne(DeviceGroup devices) {
    return devices.hostKernels() && devices.others().isEmpty();
  }

  /**
   * A job that is ready to start: its targets are open, its results have memory.
   *
   * @param held the devices, and what the session holds of their memory
   * @param targets where results go, one per result, or empty when they stay in memory
   * @param deadline when it is stopped
   * @param origin what errors say of it
   * @throws DeviceException when the plan cannot fit in the device's memory
   */
  public static JobRun create(
      long job,
      Plan plan,
      HeldMemory held,
      List<ArrayTarget> targets,
      Deadline deadline,
      JobOrigin origin,
      Consumer<JobEvent> events) {
    DeviceGroup devices = held.devices();
    Device host = devices.host();
    long kept = plan.denseBytes() - (targets.isEmpty() ? 0 : plan.resultBytes());
    // Where there are other devices, a task that is too large for the host may fit in one of them.
    Plan.LargestTask largest = isOne(devices) ? plan.largestTask() : new Plan.LargestTask("", 0);
    refuseIfTooLarge(kept, largest, host.memory().limit());
    return new JobRun(job, plan, held, targets, deadline, origin, events);
  }

  /**
   * Starts the job.
   *
   * @param aside whether to return at once, rather than help with the job
   */
  public void start(boolean aside) {
    deadline.start(execution::stop);
    execution.start(aside);
  }

  private static void refuseIfTooLarge(long kept, Plan.LargestTask largest, long limit) {
    long least = Bytes.sum(kept, largest.bytes());
    if (least > limit) {
      String of = largest.label().isEmpty() ? "" : " of '" + largest.label() + "'";
      throw new DeviceException(
          "the job needs at least %,d bytes at once (%,d for results and dense intermediates, %,d for one task%s), but the memory limit is %,d; raise the limit, write the result to a file, or use smaller chunks"
              .formatted(least, kept, largest.bytes(), of, limit));
    }
  }

  /** Number of tasks that have ended well; what is made again after a loss counts again. */
  public long done() {
    return done.get();
  }

  /** Number of tasks. */
  public long tasks() {
    return plan.tasks();
  }

  /** Whether the job has ended, waiting for it so long. */
  public boolean isEnded(Duration atMost) throws InterruptedException {
    return execution.isEnded(atMost);
  }

  /** Its number in the session, as events have it. */
  public long number() {
    return job;
  }

  /** Asks the job to stop if it has this number; whether it has, and had not ended. */
  public boolean cancel(long number) {
    if (number != job || over) {
      return false;
    }
    cancel();
    return true;
  }

  /** Asks the job to stop. */
  public void cancel() {
    execution.cancel();
  }

  /** The last task has ended: on its thread. */
  private void ended() {
    deadline.end();
    try {
      cleanUp();
    } finally {
      over = true;
      uses.close();
    }
  }

  private void cleanUp() {
    RuntimeException reason = execution.problem();
    // Elements that were read from a file before and after it was written to do not fit together.
    reason = reason == null ? changed() : reason;
    if (reason != null) {
      targets.abort(reason);
    } else {
      reason = commit();
    }
    if (reason != null) {
      memory.close();
    } else {
      kept.takeFrom(memory);
      memory.closeAllBut(targets.isEmpty() ? plan.graph().results() : List.of());
    }
    try {
      events.accept(new JobEvent.Finished(job, System.nanoTime(), reason));
    } catch (RuntimeException e) {
      reason = reason == null ? e : reason;
      memory.close();
      kept.close();
    }
    problem = reason;
  }

  /** The failure of a job that has read a file which has changed meanwhile. */
  private @Nullable RuntimeException changed() {
    RuntimeException problem = SourceChecks.problem(plan);
    return problem == null ? null : origin.failed("job failed: " + problem.getMessage(), problem);
  }

  private @Nullable RuntimeException commit() {
    try {
      memory.written().requireAll();
    } catch (RuntimeException e) {
      targets.abort(e);
      return e;
    }
    try {
      targets.commit();
      return null;
    } catch (RuntimeException e) {
      return e;
    } catch (Error e) {
      return new DeviceException("the results cannot be completed: " + e, e);
    }
  }

  /**
   * Waits for the end and hands over the results, once; empty when they went to targets. An
   * interrupt cancels the job.
   */
  public synchronized List<HeldMemory.Result> await() {
    awaitEnd();
    if (taken || !targets.isEmpty()) {
      return List.of();
    }
    taken = true;
    return results();
  }

  /**
   * Waits for the end and hands over a single result that stays in chunks on its devices, once;
   * null when it was made on the host in one piece, for {@link #await}.
   */
  public synchronized @Nullable ResidentChunks awaitResident() {
    awaitEnd();
    ArrayDef result = plan.graph().results().getFirst();
    if (taken || !kept.holds(result)) {
      return null;
    }
    taken = true;
    return kept.release(result);
  }

  private void awaitEnd() {
    execution.await();
    RuntimeException failure = problem;
    if (failure != null) {
      throw told(failure);
    }
  }

  /** The failure of the tasks is made anew, so that its trace shows who waited. */
  private RuntimeException told(RuntimeException kept) {
    RuntimeException fresh = execution.problem();
    if (fresh == null) {
      return kept;
    }
    for (Throwable more : kept.getSuppressed()) {
      fresh.addSuppressed(more);
    }
    return fresh;
  }

  /** Stops the job, waits for its end and gives back results that nobody has taken. */
  public void close() {
    execution.cancel();
    execution.await();
    synchronized (this) {
      if (!taken) {
        taken = true;
        memory.close();
        kept.close();
      }
    }
  }

  private List<HeldMemory.Result> results() {
    List<HeldMemory.Result> results = new ArrayList<>();
    for (ArrayDef array : plan.graph().results()) {
      MemorySegment segment = memory.dense(array);
      DeviceBuffer buffer =
          Objects.requireNonNull(memory.release(array), "each result has memory of its own");
      results.add(
          new HeldMemory.Result(
              segment, array.dtype(), array.shape(), memory.closing(buffer, array.bytes())));
    }
    return results;
  }
}
