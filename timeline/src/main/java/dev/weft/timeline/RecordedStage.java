package dev.weft.timeline;

import dev.weft.core.shape.Chunks;
import org.jspecify.annotations.Nullable;

/**
 * One kind of work of a recorded job.
 *
 * @param job the job's number
 * @param number the kind's number in the job
 * @param label what its tasks do, for people
 * @param tasks how many they are
 * @param grid the chunks that are its tasks; null for tasks in the user's Java, which have none
 */
public record RecordedStage(
    long job, int number, String label, long tasks, @Nullable Chunks grid) {}
