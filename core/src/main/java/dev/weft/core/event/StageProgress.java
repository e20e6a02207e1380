package dev.weft.core.event;

/**
 * How far the tasks of one kind are.
 *
 * @param job the job's number
 * @param label what the tasks do, for people
 * @param tasks how many they are
 * @param running how many have started and not ended
 * @param done how many have ended well
 * @param busyNanos the time of those that have ended, added up
 */
public record StageProgress(
    long job, String label, long tasks, long running, long done, long busyNanos) {
  /** Whether all its tasks have ended. */
  public boolean isDone() {
    return done >= tasks;
  }
}
