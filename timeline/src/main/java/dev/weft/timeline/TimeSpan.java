package dev.weft.timeline;

import org.jspecify.annotations.Nullable;

/**
 * Something that took time on a device or on a link.
 *
 * @param kind what it was
 * @param device where a task ran; the device at the other end of a copy from or to the host
 * @param stage number of the stage in the recording, of the array's for a copy
 * @param chunk of the stage, the first of several that were run as one, or of the array that was
 *     copied
 * @param tasks how many were run as one
 * @param begin nanoseconds
 * @param end nanoseconds
 * @param finished whether its end was heard of; else {@code end} is that of the job
 * @param bytes that were copied
 * @param reason why it ran there, null where nothing says
 */
record TimeSpan(
    Kind kind,
    String device,
    int stage,
    long chunk,
    int tasks,
    long begin,
    long end,
    boolean finished,
    long bytes,
    @Nullable String reason) {

  enum Kind {
    TASK,
    TO_DEVICE,
    TO_HOST
  }

  long nanos() {
    return end - begin;
  }
}
