package dev.weft.dashboard.state;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told about a session, as records that JSON is made of. */
public final class Views {
  private Views() {}

  /**
   * All that a page draws but the spans of tasks that have ended.
   *
   * @param version grows with every event, and when a task is drawn while it runs
   * @param now when this was so, in milliseconds since the dashboard was opened
   * @param current jobs that are running, and the one that has ended last
   * @param history all jobs that are remembered, the newest first
   * @param operations what spans name by number
   * @param lanes what spans name by number
   * @param running what has run for a while and still does, as spans up to now, of sequence 0
   */
  public record Snapshot(
      long version,
      double now,
      Totals totals,
      List<Device> devices,
      List<Link> links,
      List<Job> current,
      List<JobSummary> history,
      List<String> operations,
      List<Lane> lanes,
      List<Span> running,
      List<Trouble> troubles,
      List<Line> log) {}

  /**
   * Counts since the session was opened.
   *
   * @param failed tasks that have failed for good
   * @param bytesRead bytes of sources that jobs reach
   * @param kernelBytes bytes that stages have read and written in memory
   */
  public record Totals(
      long events,
      long jobs,
      long jobsDone,
      long jobsFailed,
      long jobsCancelled,
      long tasks,
      long tasksDone,
      long tasksRunning,
      long refused,
      long retried,
      long failed,
      long bytesRead,
      long kernelBytes,
      long spans) {}

  /**
   * A device at work.
   *
   * @param running what was started on it and has not ended; may be more than run at once
   * @param busy milliseconds of work of all its slots together, while at most {@code parallelism}
   *     are counted at a time
   */
  public record Device(
      String name,
      String description,
      int parallelism,
      List<Fact> details,
      long running,
      double busy,
      long tasksDone,
      boolean lost) {}

  /** A fact about a device or a machine. */
  public record Fact(String name, String value) {}

  /** Chunks that were moved from one place to another. */
  public record Link(
      String from, String to, String kind, long copies, long bytes, long failed, double took) {}

  /** A job in one line. */
  public record JobSummary(
      long number,
      String state,
      double began,
      @Nullable Double ended,
      long tasks,
      long done,
      @Nullable String error) {}

  /**
   * A job with its stages.
   *
   * @param bytesRead bytes of sources that it reaches; -1 where that is not known
   * @param bytesBound most bytes that its buffers take; -1 where that is not known
   */
  public record Job(
      long number,
      String state,
      double began,
      @Nullable Double ended,
      double planned,
      long tasks,
      long done,
      long running,
      long bytesRead,
      long bytesBound,
      @Nullable String error,
      List<Stage> stages,
      List<Placed> placements) {}

  /**
   * A stage, or the tasks of one kind where a job has no stages.
   *
   * @param operation what spans name by number
   * @param inMemory results of it that are still held, as far as the progress of those that read
   *     them tells; null where that is not known
   * @param took milliseconds of its tasks together
   * @param bytes bytes that all its tasks together read and write; 0 where that is not known
   * @param rate GB/s while one of its tasks runs; null until one has ended
   * @param reads numbers of the stages whose results it reads; a kind of tasks of functions may
   *     read itself and later ones
   */
  public record Stage(
      int id,
      String label,
      String kind,
      int operation,
      String shape,
      String grid,
      long tasks,
      long waiting,
      long running,
      @Nullable Long inMemory,
      long done,
      double took,
      double shortest,
      double longest,
      long bytes,
      @Nullable Double rate,
      long refused,
      long retried,
      long failed,
      List<Integer> reads,
      @Nullable String asked) {}

  /** Tasks of a stage that run on a device for one reason; the text is that of the last one. */
  public record Placed(int stage, String device, String cause, long tasks, String text) {}

  /**
   * Something that went wrong, whether or not the job got over it.
   *
   * @param kind {@code refused}, {@code retried}, {@code copy}, {@code lost} or {@code failed}
   */
  public record Trouble(
      double at, long job, String kind, String where, @Nullable Long chunk, String text) {}

  /** A line of the log. */
  public record Line(double at, long job, String text) {}

  /**
   * Where spans are drawn.
   *
   * @param kind {@code task}, {@code join}, {@code in}, {@code out}, {@code spill}, {@code load}
   * @param slot number among the lanes of its device and kind
   */
  public record Lane(int id, String device, String kind, int slot) {}

  /**
   * A piece of work; an array in JSON, in this order.
   *
   * @param sequence counts spans that have ended from 1; 0 of what runs still
   * @param tasks tasks that were run as one
   * @param note why it ran there, or what went wrong
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Span(
      long sequence,
      long job,
      int stage,
      long chunk,
      int tasks,
      int lane,
      int operation,
      double begin,
      double took,
      long bytes,
      boolean failed,
      @Nullable String note) {}

  /**
   * Spans that follow others.
   *
   * @param last the sequence of the last one
   * @param missed how many were left out, as there were too many
   */
  public record Spans(long last, long missed, List<Span> spans) {}
}
