package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources that a job reads, which others may close meanwhile: what they hold stays until the
 * job has ended.
 */
public final class SourceUses implements AutoCloseable {
  /** The parts of the limit that a job is left at most and at least, however small it is. */
  private static final int MOST = 2;

  private static final int LEAST = 8;

  private final List<Runnable> ends = new ArrayList<>();

  /**
   * Begins to use all sources of a plan.
   *
   * @throws RuntimeException when one is closed, has changed since it was opened, or was persisted
   *     on a device that is lost
   */
  public SourceUses(Plan plan) {
    try {
      for (ArrayDef array : plan.graph().arrays()) {
        if (array.source() instanceof ResidentChunks resident) {
          resident.requireThere();
        }
        if (array.source() != null) {
          ends.add(array.source().lease());
        }
      }
      SourceChecks.requireAll(plan);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Keeps the chunks of persisted arrays where they are from now on. What would leave the job no
   * room to work in goes to disk before.
   */
  public void pin(Plan plan, HeldMemory held) {
    List<ResidentChunks> residents = new ArrayList<>();
    long largest = plan.largestTask().bytes();
    for (ArrayDef array : plan.graph().arrays()) {
      if (array.source() instanceof ResidentChunks resident) {
        residents.add(resident);
        largest = Math.max(largest, array.grid().largest() * array.dtype().itemSize());
      }
    }
    if (residents.isEmpty()) {
      return;
    }
    Device host = held.devices().host();
    long limit = host.memory().limit();
    long wanted = 2L * host.info().parallelism() * largest;
    // Pools of memory keep some of it aside for each size.
    held.makeRoom(Math.min(limit / MOST, wanted + limit / LEAST));
    residents.forEach(resident -> ends.add(resident.pin()));
  }

  /** Whether parts of an array are on disk, so that tasks must wait for them. */
  public static boolean isAway(ArrayDef array) {
    return array.source() instanceof ResidentChunks resident && resident.isOnDisk();
  }

  /** Ends all uses: the job is over. */
  @Override
  public void close() {
    ends.reversed().forEach(Runnable::run);
    ends.clear();
  }
}
