package dev.weft.core.schedule;

/**
 * What the scheduler hears. {@code nanos} is when it happened, on a clock that never goes back: the
 * scheduler has none of its own. Tasks that were started as one are named by the first of them.
 */
public sealed interface Event {
  /** When it happened. */
  long nanos();

  /** The job begins. */
  record Started(long nanos) implements Event {}

  /**
   * Tasks have ended well.
   *
   * @param took how long they were at work, without waiting in the place's queue
   */
  record TaskDone(int task, int place, long nanos, long took) implements Event {}

  /**
   * A task has failed for a reason that every place would meet: the job stops.
   *
   * @param task the first of those that were started as one
   * @param failed the one that has failed
   */
  record TaskFailed(int task, int place, long nanos, int failed, Throwable cause)
      implements Event {}

  /**
   * The place could not run tasks, for lack of memory say. What was started as one is tried in
   * single tasks; a single one never comes to this place again.
   */
  record TaskRefused(int task, int place, long nanos, Throwable cause) implements Event {}

  /**
   * An item has arrived.
   *
   * @param took how long it was on the link, without waiting for it
   */
  record CopyDone(int item, int from, int to, long nanos, long took) implements Event {}

  /** An item could not be brought to a place. */
  record CopyFailed(int item, int from, int to, long nanos, Throwable cause, Obstacle obstacle)
      implements Event {}

  /** What was in the way of a copy. */
  enum Obstacle {
    /** Something at the place, as memory that it lacks: tasks that wait there go elsewhere. */
    PLACE,
    /** The host was full and nothing was going on: tasks that wait for the item are put back. */
    HOST_FULL,
    /** The item itself, which cannot be had: the job stops. */
    ITEM
  }

  /** A place is lost with all it holds. Nothing more is heard of its tasks and copies. */
  record PlaceLost(int place, long nanos, Throwable cause) implements Event {}

  /** Other jobs have given memory back. */
  record RoomMade(long nanos) implements Event {}

  /** Something beside tasks and places has failed: the job stops. */
  record Failed(long nanos, Throwable cause) implements Event {}

  /** The user wants the job to stop. */
  record Cancelled(long nanos) implements Event {}
}
