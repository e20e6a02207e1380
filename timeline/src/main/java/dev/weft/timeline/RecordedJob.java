package dev.weft.timeline;

import org.jspecify.annotations.Nullable;

/**
 * One job of a recording. Times are nanoseconds.
 *
 * @param number its number in the session
 * @param planBegin when its planning began
 * @param begin when it was planned
 * @param end when it ended; the last event of the recording where it has not
 * @param finished whether its end was heard of
 * @param failure how it failed, in words; null where it did not
 * @param tasks how many it has
 * @param bytesRead bytes of sources that it reaches
 */
public record RecordedJob(
    long number,
    long planBegin,
    long begin,
    long end,
    boolean finished,
    @Nullable String failure,
    long tasks,
    long bytesRead) {}
