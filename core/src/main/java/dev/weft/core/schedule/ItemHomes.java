package dev.weft.core.schedule;

import dev.weft.core.place.Place;

/** Where the items lie that are there before a job begins. */
@FunctionalInterface
public interface ItemHomes {
  /** Everything is on the host, as sources are. */
  ItemHomes ON_HOST = item -> Place.HOST;

  /** The number of the place that holds an item without a producer. */
  int place(int item);

  /**
   * Whether an earlier job has left a copy of such an item at another place; a moment later it may
   * be gone.
   */
  default boolean isKept(int item, int place) {
    return false;
  }

  /**
   * Takes such a copy for this job, which counts and frees it as its own; false when it is gone.
   */
  default boolean takeKept(int item, int place) {
    return false;
  }
}
