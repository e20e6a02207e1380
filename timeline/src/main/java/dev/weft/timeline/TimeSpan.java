package dev.weft.timeline;

import dev.weft.core.place.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Something that took time on a device or on a link.
 *
 * @param kind what it was
 * @param job number of the job
 * @param device where a task ran; the device at the other end of a copy from or to the host
 * @param stage number of the stage in the recording, of the array's for a copy
 * @param chunk of the stage, the first of several that were run as one, or of the array that was
 *     copied
 * @param tasks how many were run as one
 * @param begin nanoseconds
 * @param end nanoseconds
 * @param finished whether its end was heard of; else {@code end} is that of the job
 * @param bytes that were copied
 * @param placement why it ran there, null where there was no choice
 * @param problem why it did not end well, null where nothing says
 */
public record TimeSpan(
    Kind kind,
    long job,
    String device,
    int stage,
    long chunk,
    int tasks,
    long begin,
    long end,
    boolean finished,
    long bytes,
    @Nullable Placement placement,
    @Nullable String problem) {

  /** What took the time. */
  public enum Kind {
    /** Tasks. */
    TASK,
    /** A copy from the host to a device, or to disk. */
    TO_DEVICE,
    /** A copy from a device, or from disk, to the host. */
    TO_HOST
  }

  /** What a reader should know: its problem, else why it ran there; null where nothing says. */
  public @Nullable String reason() {
    return problem != null || placement == null ? problem : placement.toString();
  }

  /** How long it took. */
  public long nanos() {
    return end - begin;
  }
}
