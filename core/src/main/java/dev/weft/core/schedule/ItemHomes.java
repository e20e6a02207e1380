package dev.weft.core.schedule;

import dev.weft.core.place.Place;

/** Where the items lie that are there before a job begins. */
@FunctionalInterface
public interface ItemHomes {
  /** Everything is on the host, as sources are. */
  ItemHomes ON_HOST = item -> Place.HOST;

  /** The number of the place that holds an item without a producer. */
  int place(int item);
}
