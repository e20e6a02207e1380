package dev.weft.timeline;

/**
 * Something that went wrong at one moment.
 *
 * @param kind what it was
 * @param job the job's number
 * @param nanos when
 * @param device where; empty for a whole job
 * @param stage number of the stage in the recording; -1 where it concerns none
 * @param chunk of that stage
 * @param text what happened, in words
 */
public record Incident(
    Kind kind, long job, long nanos, String device, int stage, long chunk, String text) {

  /** What went wrong. */
  public enum Kind {
    /** A device could not run a task. */
    REFUSED("refused"),
    /** A call of the user's Java, or the reading or writing of a chunk, was tried again. */
    RETRIED("retried"),
    /** A chunk could not be copied. */
    NOT_COPIED("not copied"),
    /** A device was lost. */
    LOST("lost"),
    /** A task failed for good. */
    TASK_FAILED("task failed"),
    /** The job failed. */
    FAILED("failed"),
    /** The job was cancelled. */
    CANCELLED("cancelled");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
