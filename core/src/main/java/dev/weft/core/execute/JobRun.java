package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job from its plan to its results: memory, targets, execution, and cleaning up. */
public final class JobRun {
  private final long job;
  private final Plan plan;
  private final List<ArrayTarget> targets;
  private final JobMemory memory;
  private final Execution execution;
  private final Consumer<JobEvent> events;

  /**
   * A computed array whose memory the receiver owns.
   *
   * @param release gives the memory back
   */
  public record Result(MemorySegment memory, DType dtype, Shape shape, Runnable release) {}

  private JobRun(
      long job, Plan plan, Device device, List<ArrayTarget> targets, Consumer<JobEvent> events) {
    this.job = job;
    this.plan = plan;
    this.targets = targets;
    this.events = events;
    this.memory = new JobMemory(device, plan);
    long limit = device.memory().limit() - plan.denseBytes();
    try {
      open();
      memory.allocateDense();
      this.execution = new Execution(job, plan, device, memory, limit, events);
    } catch (RuntimeException | Error e) {
      cleanUp();
      throw e;
    }
  }

  /**
   * Starts a job.
   *
   * @param targets where results go, one per result, or empty when they stay in memory
   * @throws DeviceException when the plan cannot fit in the device's memory
   */
  public static JobRun start(
      long job, Plan plan, Device device, List<ArrayTarget> targets, Consumer<JobEvent> events) {
    refuseIfTooLarge(plan, device, targets);
    JobRun run = new JobRun(job, plan, device, targets, events);
    run.execution.start();
    return run;
  }

  private static void refuseIfTooLarge(Plan plan, Device device, List<ArrayTarget> targets) {
    long limit = device.memory().limit();
    long needed = targets.isEmpty() ? plan.denseBytes() : 0;
    long largest = plan.largestTask();
    if (needed + largest > limit) {
      throw new DeviceException(
          "the job needs at least %,d bytes at once (%,d for results and dense intermediates, %,d for one task), but the memory limit is %,d; raise the limit, write the result to a file, or use smaller chunks"
              .formatted(needed + largest, needed, largest, limit));
    }
  }

  private void open() {
    for (int i = 0; i < targets.size(); i++) {
      ArrayDef result = plan.graph().results().get(i);
      try {
        memory.place(result, targets.get(i).open(result.dtype(), result.shape()));
      } catch (IOException e) {
        throw new DeviceException("the result cannot be written: " + e.getMessage(), e);
      }
    }
  }

  /** Asks the job to stop. */
  public void cancel() {
    execution.cancel();
  }

  /** Waits for the end and hands over the results; empty when they went to targets. */
  public List<Result> await() {
    Throwable failure = null;
    try {
      execution.await();
      List<Result> results = targets.isEmpty() ? results() : List.of();
      for (ArrayTarget target : targets) {
        commit(target);
      }
      return results;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      if (failure != null) {
        targets.forEach(ArrayTarget::abort);
      }
      memory.close();
      events.accept(new JobEvent.Finished(job, System.nanoTime(), failure));
    }
  }

  /** Waits until nothing runs any more, whatever the outcome, and gives the job's memory back. */
  public void settle() {
    execution.awaitEnd();
    memory.close();
  }

  private static void commit(ArrayTarget target) {
    try {
      target.commit();
    } catch (IOException e) {
      throw new DeviceException("the result cannot be completed: " + e.getMessage(), e);
    }
  }

  private void cleanUp() {
    targets.forEach(ArrayTarget::abort);
    memory.close();
  }

  private List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (ArrayDef array : plan.graph().results()) {
      MemorySegment segment = memory.dense(array);
      @Nullable DeviceBuffer buffer = memory.release(array);
      if (buffer == null) {
        // The same array was asked for twice: the second one gets a copy.
        buffer = memory.temporary(array.bytes());
        MemorySegment copy = Objects.requireNonNull(buffer.host()).asSlice(0, array.bytes());
        MemorySegment.copy(segment, 0, copy, 0, array.bytes());
        segment = copy;
      }
      results.add(new Result(segment, array.dtype(), array.shape(), buffer::close));
    }
    return results;
  }
}
