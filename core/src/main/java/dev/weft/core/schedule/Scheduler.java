package dev.weft.core.schedule;

import dev.weft.core.plan.Plan;
import dev.weft.core.schedule.Instruction.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task runs next. Depth first: a result's chunk is asked for only when nothing else
 * is ready, and tasks that a finished one has made ready come before all others, so that
 * intermediate chunks die young. Never starts a task whose buffers would pass the memory limit
 * while others, which may free some, are running.
 */
public final class Scheduler {
  private static final byte NEW = 0;
  private static final byte WAITING = 1;
  private static final byte READY = 2;
  private static final byte DONE = 3;

  private final Plan plan;
  private final long memoryLimit;
  private final Readers readers;
  private final byte[][] states;
  private final long[] targets;
  private final Waiting waiting;
  private final LongDeque ready = new LongDeque();
  private final LongDeque open = new LongDeque();
  private int slots;
  private int running;
  private long live;
  private long peak;
  private boolean finished;
  private @Nullable Failure failure;

  /**
   * A scheduler for one run of a plan.
   *
   * @param memoryLimit bytes that chunks, partial results and copies of operands may take together
   */
  public Scheduler(Plan plan, long memoryLimit) {
    this.plan = plan;
    this.memoryLimit = memoryLimit;
    this.readers = new Readers(plan);
    this.states = new byte[plan.graph().stages().size()][];
    this.waiting = new Waiting(plan);
    this.targets = new long[plan.finalStages().size()];
    for (int stage = 0; stage < states.length; stage++) {
      states[stage] = new byte[Math.toIntExact(plan.chunks(stage))];
    }
  }

  /** Takes in what happened and says what to do now, in order. */
  public List<Instruction> handle(Event event) {
    List<Instruction> instructions = new ArrayList<>(3);
    switch (event) {
      case Event.Started started -> slots = started.slots();
      case Event.TaskDone done -> done(done.stage(), done.chunk(), instructions);
      case Event.TaskFailed failed -> {
        running--;
        live -= plan.bytesTemporary(failed.stage(), failed.chunk());
        stop(new Failure(failed.stage(), failed.chunk(), failed.cause()));
      }
      case Event.Failed(Throwable cause) -> stop(new Failure(-1, -1, cause));
      case Event.Cancelled cancelled -> stop(new Failure(-1, -1, null));
    }
    dispatch(instructions);
    return instructions;
  }

  /** Most bytes that chunks, partial results and copies of operands took together so far. */
  public long peak() {
    return peak;
  }

  /** Tasks that have been started and not ended. */
  public int running() {
    return running;
  }

  /** Only the first reason counts. */
  private void stop(Failure reason) {
    if (failure == null && !finished) {
      failure = reason;
    }
  }

  private void done(int stage, long chunk, List<Instruction> instructions) {
    running--;
    live -= plan.bytesTemporary(stage, chunk);
    states[stage][(int) chunk] = DONE;
    if (failure == null) {
      waiting.release(stage, chunk, this::nowReady);
    }
    if (!plan.isIndependent(stage)) {
      plan.dependencies(
          stage,
          chunk,
          (array, read, producer, producerChunk) -> {
            if (read >= 0 && readers.oneLess(array, read)) {
              live -= readers.bytes(array, read);
              instructions.add(new Instruction.Free(array, read));
            }
          });
    }
  }

  private void nowReady(int stage, long chunk) {
    states[stage][(int) chunk] = READY;
    ready.addFirst(Waiting.pack(stage, chunk));
  }

  private void dispatch(List<Instruction> instructions) {
    while (failure == null && running < slots) {
      if (ready.isEmpty() && !expandNextTarget()) {
        break;
      }
      if (ready.isEmpty()) {
        continue;
      }
      int stage = Waiting.stage(ready.first());
      long chunk = Waiting.chunk(ready.first());
      long bytes = plan.bytesWritten(stage, chunk) + plan.bytesTemporary(stage, chunk);
      if (live + bytes > memoryLimit && running > 0) {
        break;
      }
      ready.removeFirst();
      live += bytes;
      peak = Math.max(peak, live);
      running++;
      instructions.add(new Instruction.Run(stage, chunk));
    }
    if (running == 0 && !finished) {
      finished = true;
      instructions.add(new Instruction.Finish(failure));
    }
  }

  /**
   * Asks for the next chunk of the result that is furthest behind; false when all are asked for.
   */
  private boolean expandNextTarget() {
    int best = -1;
    double least = 1;
    for (int i = 0; i < targets.length; i++) {
      long count = plan.chunks(plan.finalStages().get(i));
      double progress = count == 0 ? 1 : (double) targets[i] / count;
      if (progress < least) {
        least = progress;
        best = i;
      }
    }
    if (best < 0) {
      return false;
    }
    expand(plan.finalStages().get(best), targets[best]++);
    return true;
  }

  private void expand(int wantedStage, long wantedChunk) {
    open.addFirst(Waiting.pack(wantedStage, wantedChunk));
    while (!open.isEmpty()) {
      long task = open.removeFirst();
      int stage = Waiting.stage(task);
      long chunk = Waiting.chunk(task);
      if (states[stage][(int) chunk] != NEW) {
        continue;
      }
      int count = plan.isIndependent(stage) ? 0 : await(stage, chunk);
      if (count == 0) {
        states[stage][(int) chunk] = READY;
        ready.addLast(task);
      } else {
        states[stage][(int) chunk] = WAITING;
        waiting.missing(stage, chunk, count);
      }
    }
  }

  /** Waits for everything that the task reads and asks for what nobody has asked for yet. */
  private int await(int stage, long chunk) {
    int[] count = new int[1];
    plan.dependencies(
        stage,
        chunk,
        (array, read, producer, producerChunk) -> {
          byte state = states[producer][(int) producerChunk];
          if (state != DONE) {
            waiting.add(producer, producerChunk, Waiting.pack(stage, chunk));
            count[0]++;
            if (state == NEW) {
              open.addLast(Waiting.pack(producer, producerChunk));
            }
          }
        });
    return count[0];
  }
}
