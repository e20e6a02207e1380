package dev.weft.core.event;

import dev.weft.core.fuse.Stage;
import dev.weft.core.place.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of one job. Times are {@link System#nanoTime} values. */
public sealed interface JobEvent {
  /** Number of the job in its session. */
  long job();

  /** When it happened. */
  long nanos();

  /**
   * Tasks of a job that do the same to other data; events of tasks name it by its number.
   *
   * @param label what they do, for people
   * @param tasks how many they are
   */
  record Kind(String label, long tasks) {}

  /**
   * Tasks of one kind read what tasks of another have made.
   *
   * @param from number of the kind that makes it
   * @param to number of the kind that reads it; may be the same
   */
  record Edge(int from, int to) {}

  /** A job is about to start. */
  sealed interface Began extends JobEvent {
    /** The kinds of work it consists of. */
    List<Kind> kinds();

    /** How many tasks it has. */
    long tasks();

    /** Time that went into planning it. */
    long planNanos();
  }

  /**
   * A job over arrays was planned.
   *
   * @param stages the kinds of work it consists of; tasks name them by number
   * @param tasks how many tasks it has
   * @param bytesRead bytes of sources that it reaches
   * @param bytesBound most bytes that its buffers will take
   * @param planNanos time spent on optimising, fusing and planning
   */
  record Planned(
      long job,
      long nanos,
      List<Stage> stages,
      long tasks,
      long bytesRead,
      long bytesBound,
      long planNanos)
      implements Began {
    @Override
    public List<Kind> kinds() {
      return stages.stream()
          .map(stage -> new Kind(stage.label(), stage.iteration().count()))
          .toList();
    }
  }

  /**
   * A job of tasks in the user's Java is about to start.
   *
   * @param kinds the kinds of tasks it consists of; tasks name them by number
   * @param edges which kind reads which, each pair once; of more than {@value #MOST_EDGES} the
   *     first
   * @param tasks how many tasks it has
   * @param planNanos time spent on finding them
   */
  record TasksPlanned(
      long job, long nanos, List<Kind> kinds, List<Edge> edges, long tasks, long planNanos)
      implements Began {
    /** Edges that are told at most. */
    public static final int MOST_EDGES = 1_000;

    /** Copies the lists. */
    public TasksPlanned {
      kinds = List.copyOf(kinds);
      edges = List.copyOf(edges);
    }

    /** Kinds that do not read each other. */
    public TasksPlanned(long job, long nanos, List<Kind> kinds, long tasks, long planNanos) {
      this(job, nanos, kinds, List.of(), tasks, planNanos);
    }
  }

  /**
   * Tasks start: one, or several that follow each other and are run as one.
   *
   * @param chunk the chunk of the first
   * @param tasks how many they are
   * @param device the name of the device that runs it
   * @param placement why it runs there, null where there is only one device
   */
  record TaskStarted(
      long job,
      long nanos,
      int stage,
      long chunk,
      int tasks,
      String device,
      @Nullable Placement placement)
      implements JobEvent {
    /** A task on the only device. */
    public TaskStarted(long job, long nanos, int stage, long chunk, String device) {
      this(job, nanos, stage, chunk, 1, device, null);
    }
  }

  /**
   * Tasks that were started as one have ended well.
   *
   * @param took how long they ran, without waiting for a slot: they may be started while all slots
   *     of the device are taken
   */
  record TaskFinished(
      long job, long nanos, int stage, long chunk, int tasks, String device, long took)
      implements JobEvent {
    /** A single task. */
    public TaskFinished(long job, long nanos, int stage, long chunk, String device, long took) {
      this(job, nanos, stage, chunk, 1, device, took);
    }
  }

  /** A device could not run what was started on it as one; another one may, or single tasks. */
  record TaskRefused(
      long job, long nanos, int stage, long chunk, int tasks, String device, Throwable reason)
      implements JobEvent {
    /** A single task. */
    public TaskRefused(
        long job, long nanos, int stage, long chunk, String device, Throwable reason) {
      this(job, nanos, stage, chunk, 1, device, reason);
    }
  }

  /**
   * A task has failed and is tried again: a call of the user's Java, or the writing of a chunk.
   *
   * @param attempt how many attempts have failed
   * @param reason what the last one threw
   */
  record TaskRetried(
      long job, long nanos, int stage, long chunk, String device, int attempt, Throwable reason)
      implements JobEvent {}

  /**
   * A task has failed for good, and the job ends for it. It is heard once for each task that fails,
   * before {@link Finished}: tasks that run when the first one fails may fail too. Not told in this
   * way are tasks that end because the job was cancelled, those that no device could run, of which
   * {@link TaskRefused} is heard, those whose chunks could not be read, of which {@link
   * CopyFinished} is heard, and what listeners throw.
   *
   * @param chunk the chunk of the first of those that were started as one
   * @param tasks how many were started as one; none of them runs any more
   * @param failed the chunk of the one that has failed
   * @param device the name of the device that ran it
   * @param attempts how often it was tried; more than once only where it has retries, or writes
   * @param cause what the last attempt threw
   */
  record TaskFailed(
      long job,
      long nanos,
      int stage,
      long chunk,
      int tasks,
      long failed,
      String device,
      int attempts,
      Throwable cause)
      implements JobEvent {
    /** A single task. */
    public TaskFailed(
        long job, long nanos, int stage, long chunk, String device, int attempts, Throwable cause) {
      this(job, nanos, stage, chunk, 1, chunk, device, attempts, cause);
    }
  }

  /**
   * A chunk begins to move between the host and another device.
   *
   * @param array number of the array in the job
   * @param chunk the chunk's number in the array
   * @param from name of the device that has it
   * @param to name of the device that is to have it
   * @param toHost whether that is the host
   * @param bytes its size
   */
  record CopyStarted(
      long job,
      long nanos,
      int array,
      long chunk,
      String from,
      String to,
      boolean toHost,
      long bytes)
      implements JobEvent {}

  /**
   * A chunk of a source could not be read and is tried again; {@link CopyFinished} follows.
   *
   * @param array number of the array in the job
   * @param chunk the chunk's number in the array
   * @param from name of the place that it is read from
   * @param to name of the device that is to have it
   * @param attempt how many attempts have failed
   * @param reason what the last one threw
   */
  record CopyRetried(
      long job,
      long nanos,
      int array,
      long chunk,
      String from,
      String to,
      int attempt,
      Throwable reason)
      implements JobEvent {}

  /**
   * A chunk has arrived, or could not be moved.
   *
   * @param took how long it was on the link, without waiting for it
   * @param failure why it has not arrived, null when it has; {@link
   *     dev.weft.core.error.RetriedException#attempts} tells how often that was tried
   */
  record CopyFinished(
      long job,
      long nanos,
      int array,
      long chunk,
      String from,
      String to,
      boolean toHost,
      long bytes,
      long took,
      @Nullable Throwable failure)
      implements JobEvent {}

  /**
   * A chunk of a source is on another device already, where an earlier job has left a copy of it.
   *
   * @param array number of the array in the job
   * @param chunk the chunk's number in the array
   * @param device name of the device that has it
   * @param bytes its size
   */
  record CopyFound(long job, long nanos, int array, long chunk, String device, long bytes)
      implements JobEvent {}

  /** A device is lost with all it holds; the job goes on without it. */
  record DeviceLost(long job, long nanos, String device, Throwable reason) implements JobEvent {}

  /** The job has ended; {@code failure} is null when it went well. */
  record Finished(long job, long nanos, @Nullable Throwable failure) implements JobEvent {}
}
