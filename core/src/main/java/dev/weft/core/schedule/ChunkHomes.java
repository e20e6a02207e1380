package dev.weft.core.schedule;

import dev.weft.core.place.Place;

/** Where the chunks lie that are there before a job begins. */
@FunctionalInterface
public interface ChunkHomes {
  /** Everything is on the host, as sources are. */
  ChunkHomes ON_HOST = (array, chunk) -> Place.HOST;

  /** The number of the place that holds a chunk of a source or of a persisted array. */
  int place(int array, long chunk);
}
