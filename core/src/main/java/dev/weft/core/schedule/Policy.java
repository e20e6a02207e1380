package dev.weft.core.schedule;

import dev.weft.core.place.Placement;
import org.jspecify.annotations.Nullable;

/** Says which task runs next at a place, and why. */
interface Policy {
  /** A task and the reason to run it, null where there is no choice. */
  record Choice(int task, @Nullable Placement reason) {}

  /** Says whether a task has room at a place now. */
  @FunctionalInterface
  interface Room {
    boolean at(int task, int place);
  }

  /** How many tasks that can run this policy wants to see. */
  int window();

  /** Looks at what can run now; {@link #choose} answers from that. */
  void look(double now);

  /** The best task for a place that it should take now, or null. */
  @Nullable Choice choose(int place, Room room);

  /** Where a task should run, whatever room there is; null when no place can run it. */
  @Nullable Integer lastResort(int task);

  /** The reason to run a task that has no room anywhere. */
  @Nullable Placement lastReason(int task, int place);

  /** How long a task takes at a place, in nanoseconds. */
  double nanos(int task, int place);

  /**
   * The part of tasks like this one that a place should take at once: all when no other can run
   * them.
   */
  double part(int task, int place);

  /** Learns from tasks that took so long in a slot. */
  void ran(int task, int count, int place, long nanos);

  /** A place is lost. */
  default void lose() {}
}
