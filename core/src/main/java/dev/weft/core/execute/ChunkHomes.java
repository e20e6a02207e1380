package dev.weft.core.execute;

import dev.weft.core.error.InternalException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.FarMemory;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.place.Place;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.ItemHomes;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where chunks are that are there before a job: those of persisted arrays where they were made,
 * those of files in them, all others on the host; and copies of them that devices have kept.
 */
final class ChunkHomes implements ItemHomes {
  private final long job;
  private final PlannedTasks tasks;
  private final List<PlaceRun> places;
  private final Consumer<JobEvent> events;

  /** {@code places} ends with the place of files, if some must be read. */
  ChunkHomes(long job, PlannedTasks tasks, List<PlaceRun> places, Consumer<JobEvent> events) {
    this.job = job;
    this.tasks = tasks;
    this.places = places;
    this.events = events;
  }

  @Override
  public int place(int item) {
    ArrayDef array = tasks.array(item);
    if (array.isRead()) {
      return places.size() - 1;
    }
    if (!(array.source() instanceof ResidentChunks resident)) {
      return Place.HOST;
    }
    long chunk = tasks.chunkOf(item);
    for (PlaceRun place : places) {
      if (place.device() == resident.device(chunk)) {
        return place.number();
      }
    }
    resident.requireThere();
    throw new InternalException("chunk %d of %s is on no device".formatted(chunk, resident));
  }

  @Override
  public boolean isKept(int item, int place) {
    return places.get(place).memory() instanceof FarMemory far
        && far.isKept(tasks.array(item), tasks.chunkOf(item));
  }

  @Override
  public boolean takeKept(int item, int place) {
    ArrayDef array = tasks.array(item);
    long chunk = tasks.chunkOf(item);
    PlaceRun at = places.get(place);
    boolean taken = at.memory() instanceof FarMemory far && far.takeKept(array, chunk);
    if (taken) {
      events.accept(
          new JobEvent.CopyFound(
              job,
              System.nanoTime(),
              array.id(),
              chunk,
              at.name(),
              tasks.plan().held().bytes(array, chunk)));
    }
    return taken;
  }
}
