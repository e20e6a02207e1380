package dev.weft.cli.cluster;

import dev.weft.core.SlicedJob;
import dev.weft.core.error.DeviceException;
import dev.weft.core.slice.StageSlices;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Works on one slice of a job until the whole job is done: runs its own tasks as soon as what they
 * read is there, and those of others that could have run for long and have not. Any number of
 * workers may have the same slice, and any of them may be killed and started again at any time.
 */
public final class SliceWorker {
  /** Tasks that are looked at together before the folder is looked at again. */
  private static final int BATCH = 64;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final PlannedJob planned;
  private final SlicedJob job;
  private final FolderExchange exchange;
  private final int slice;
  private final int slices;
  private final Duration patience;

  /** Since when tasks of others could run, by {@link System#nanoTime}. */
  private final Map<Task, Long> waiting = new HashMap<>();

  /** By stage, tasks of the slice that are not known to be done. */
  private final Map<Integer, long[]> left = new HashMap<>();

  private long own;
  private long others;
  private long finished;

  /** A task of a stage. */
  private record Task(int stage, long number) {}

  /**
   * What a worker has done.
   *
   * @param own tasks of its slice
   * @param others tasks of other slices
   * @param wrote whether it has written the results
   */
  public record Done(long own, long others, boolean wrote) {}

  /**
   * A worker.
   *
   * @param slice from 0 on
   * @param slices how many there are
   * @param patience how long a task of another slice may wait before this worker runs it
   */
  public SliceWorker(
      PlannedJob planned, FolderExchange exchange, int slice, int slices, Duration patience) {
    this.planned = planned;
    this.job = planned.job();
    this.exchange = exchange;
    this.slice = slice;
    this.slices = slices;
    this.patience = patience;
  }

  /** Works until the job is done. */
  public Done work() {
    PlanProgress progress = new PlanProgress(job, exchange);
    while (!exchange.isFinished()) {
      // What others have left is looked for when nothing else is to be done.
      if (!ownStep()) {
        progress.look();
        if (!ownStep() && !(progress.hasResults() ? finish() : help())) {
          pause();
        }
      }
    }
    return new Done(own, others, finished > 0);
  }

  /** Runs some of the slice's own tasks; false when none can run now. */
  private boolean ownStep() {
    for (int stage : job.stages()) {
      long[] tasks = ready(stage, left(stage), BATCH);
      if (tasks.length > 0 && run(stage, tasks)) {
        own += tasks.length;
        return true;
      }
    }
    return false;
  }

  /** The slice's tasks of a stage without those at the beginning that are done. */
  private long[] left(int stage) {
    long[] tasks = left.computeIfAbsent(stage, key -> job.slices(stage).tasks(slice, slices));
    int first = 0;
    while (first < tasks.length && isDone(stage, tasks[first])) {
      first++;
    }
    if (first == 0) {
      return tasks;
    }
    long[] rest = Arrays.copyOfRange(tasks, first, tasks.length);
    left.put(stage, rest);
    return rest;
  }

  private boolean isDone(int stage, long task) {
    boolean[] done = {true};
    job.writes(stage, task, (array, chunk) -> done[0] &= exchange.has(array, chunk));
    return done[0];
  }

  /** Results are written by the first slice, or by others when that does not. */
  private boolean finish() {
    if (slice != 0 && !hasWaited(new Task(-1, 0))) {
      return false;
    }
    try {
      job.finish(planned.targets(), exchange);
    } catch (DeviceException e) {
      if (isGone(e)) {
        return true;
      }
      throw e;
    }
    finished++;
    exchange.finish();
    return true;
  }

  /** Runs tasks of others that have waited for long. */
  private boolean help() {
    for (int stage : job.stages()) {
      // Workers begin at different places, so that they do not all run the same.
      StageSlices cut = job.slices(stage);
      for (long turn = 1; turn < slices; turn++) {
        long other = (slice + turn) % slices;
        List<Long> late = new ArrayList<>();
        for (long task : ready(stage, cut.tasks(other, slices), BATCH)) {
          if (hasWaited(new Task(stage, task))) {
            late.add(task);
          }
        }
        long[] tasks = late.stream().mapToLong(Long::longValue).toArray();
        if (tasks.length > 0 && run(stage, tasks)) {
          others += tasks.length;
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasWaited(Task task) {
    long now = System.nanoTime();
    return now - waiting.computeIfAbsent(task, key -> now) >= patience.toNanos();
  }

  /** The first tasks that are not done, and whose reads are there or made by those before them. */
  private long[] ready(int stage, long[] tasks, int most) {
    List<Long> ready = new ArrayList<>();
    Set<List<Long>> made = new HashSet<>();
    for (long task : tasks) {
      if (ready.size() == most) {
        break;
      }
      if (isDone(stage, task)) {
        continue;
      }
      boolean[] there = {true};
      job.reads(
          stage,
          task,
          (array, chunk) ->
              there[0] &=
                  exchange.has(array, chunk) || made.contains(List.of((long) array, chunk)));
      if (there[0]) {
        ready.add(task);
        job.writes(stage, task, (array, chunk) -> made.add(List.of((long) array, chunk)));
      }
    }
    return ready.stream().mapToLong(Long::longValue).toArray();
  }

  /** Runs tasks; false when a chunk that they read has gone meanwhile. */
  private boolean run(int stage, long[] tasks) {
    try {
      job.run(stage, tasks, exchange);
      return true;
    } catch (DeviceException e) {
      if (isGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a failure comes from chunks that are not there: they are made again, or not needed. */
  private boolean isGone(DeviceException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoSuchFileException gone && exchange.isWithin(gone.getFile())) {
        return true;
      }
    }
    return exchange.isFinished();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the worker was interrupted");
    }
  }
}
