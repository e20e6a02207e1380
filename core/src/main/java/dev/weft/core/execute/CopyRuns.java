package dev.weft.core.execute;

import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.ChunkCopies;
import dev.weft.core.memory.FarMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.place.Place;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.PlannedTasks;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Event.Obstacle;
import dev.weft.core.schedule.Instruction.Copy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves chunks between devices, and tells the scheduler what came of it. */
final class CopyRuns {
  private final PlannedTasks tasks;
  private final RunningWork work;
  private final ChunkCopies copies;
  private final HeldChunks held;

  CopyRuns(PlannedTasks tasks, RunningWork work, JobMemory host) {
    this.tasks = tasks;
    this.work = work;
    this.copies = new ChunkCopies(host);
    this.held = host.held();
  }

  /**
   * One copy that is on its way: not lost yet, and tried again at most once.
   *
   * @param tries how often it has found no memory while nothing else was going on
   */
  private record Under(
      Copy copy, PlaceRun place, SlotClock.Turn begun, boolean mayRepeat, int tries) {
    boolean isOut() {
      return copy.to() == Place.HOST;
    }
  }

  void run(Copy copy) {
    Under under = start(copy);
    if (under != null) {
      move(under);
    }
  }

  /** Whether a copy is made together with others that are asked for at the same time. */
  boolean isHome(Copy copy) {
    return copy.to() == Place.HOST && !array(copy).isRead();
  }

  /** Brings chunks to the host, those of one place together: small ones gain by it. */
  void home(List<Copy> all) {
    Map<FarDevice, List<FarDevice.CopyOut>> together = new LinkedHashMap<>();
    for (Copy copy : all) {
      Under under = start(copy);
      if (under == null) {
        continue;
      }
      FarMemory far = (FarMemory) under.place.memory();
      FarDevice.CopyOut out =
          copies.begin(
              array(copy), chunk(copy), far, (failure, onHost) -> moved(under, failure, onHost));
      if (out != null) {
        together.computeIfAbsent(far.device(), device -> new ArrayList<>()).add(out);
      }
    }
    together.forEach(FarDevice::copyOut);
  }

  /** Begins a copy; null when its place is lost or nobody wants it any more. */
  private @Nullable Under start(Copy copy) {
    PlaceRun place = farPlace(copy);
    if (!place.enter()) {
      return null;
    }
    Under under = begin(copy, place, true, 0);
    try {
      work.publish(
          new JobEvent.CopyStarted(
              work.job(),
              System.nanoTime(),
              array(copy).id(),
              chunk(copy),
              work.place(copy.from()).name(),
              work.place(copy.to()).name(),
              copy.to() == Place.HOST,
              bytes(copy)));
    } catch (RuntimeException | Error e) {
      ended(under, e, Obstacle.ITEM);
      return null;
    }
    return under;
  }

  private PlaceRun farPlace(Copy copy) {
    return work.place(copy.to() == Place.HOST ? copy.from() : copy.to());
  }

  private static Under begin(Copy copy, PlaceRun place, boolean mayRepeat, int tries) {
    SlotClock lane = place.lane(copy.to() == Place.HOST);
    return new Under(copy, place, lane.begin(System.nanoTime()), mayRepeat, tries);
  }

  private ArrayDef array(Copy copy) {
    return tasks.array(copy.item());
  }

  private long chunk(Copy copy) {
    return tasks.chunkOf(copy.item());
  }

  private long bytes(Copy copy) {
    return held.bytes(array(copy), chunk(copy));
  }

  private void move(Under under) {
    FarMemory far = (FarMemory) under.place.memory();
    Copy copy = under.copy;
    ChunkCopies.Ended end = (failure, onHost) -> moved(under, failure, onHost);
    if (under.isOut() && array(copy).isRead()) {
      copies.read(
          array(copy), chunk(copy), far, (attempt, reason) -> repeated(copy, attempt, reason), end);
    } else if (under.isOut()) {
      copies.out(array(copy), chunk(copy), far, end);
    } else {
      copies.in(array(copy), chunk(copy), far, end);
    }
  }

  private void repeated(Copy copy, int attempt, Exception reason) {
    work.publish(
        new JobEvent.CopyRetried(
            work.job(),
            System.nanoTime(),
            array(copy).id(),
            chunk(copy),
            work.place(copy.from()).name(),
            work.place(copy.to()).name(),
            attempt,
            reason));
  }

  private void moved(Under under, @Nullable Throwable failure, boolean onHost) {
    if (failure instanceof DeviceMemoryException && onHost) {
      lane(under).end(under.begun, System.nanoTime());
      work.leave(under.place);
      work.waitForMemory(
          under.tries, next -> again(under, next), () -> full(under, work.explained(failure)));
      return;
    }
    boolean lost = failure instanceof DeviceLostException || under.place.isLost();
    if (!lost && !onHost && under.place.makesRoom(failure)) {
      move(under);
      return;
    }
    if (failure != null && !onHost && !lost && under.isOut() && under.mayRepeat) {
      // What cannot be brought home is tried once more: it may be all that is left of it.
      move(new Under(under.copy, under.place, under.begun, false, under.tries));
      return;
    }
    ended(under, failure, onHost ? Obstacle.ITEM : Obstacle.PLACE);
  }

  private static SlotClock lane(Under under) {
    return under.place.lane(under.isOut());
  }

  private void again(Under under, int tries) {
    if (under.place.enter()) {
      move(begin(under.copy, under.place, under.mayRepeat, tries));
    }
  }

  /** The host has no memory: what is to leave it may be done there as it is. */
  private void full(Under under, Throwable failure) {
    if (under.place.enter()) {
      Obstacle obstacle = under.isOut() ? Obstacle.HOST_FULL : Obstacle.PLACE;
      ended(begin(under.copy, under.place, false, 0), failure, obstacle);
    }
  }

  private void ended(Under under, @Nullable Throwable failure, Obstacle obstacle) {
    long now = System.nanoTime();
    long took = lane(under).end(under.begun, now);
    // A device that does not give back what it has made is as good as lost to this job.
    boolean keeps =
        failure != null && obstacle == Obstacle.PLACE && under.isOut() && !under.place.isDisk();
    if (failure != null && (keeps || failure instanceof DeviceLostException)) {
      under.place.lose(failure);
    }
    Event outcome = under.place.isLost() ? null : outcome(under.copy, now, took, failure, obstacle);
    work.leave(under.place);
    if (outcome != null) {
      work.post(outcome);
    }
  }

  private Event outcome(
      Copy copy, long now, long took, @Nullable Throwable failure, Obstacle obstacle) {
    int array = array(copy).id();
    long chunk = chunk(copy);
    Throwable cause = failure;
    Obstacle what = obstacle;
    try {
      work.publish(
          new JobEvent.CopyFinished(
              work.job(),
              now,
              array,
              chunk,
              work.place(copy.from()).name(),
              work.place(copy.to()).name(),
              copy.to() == Place.HOST,
              bytes(copy),
              took,
              failure));
    } catch (RuntimeException | Error e) {
      cause = cause == null ? e : cause;
      what = Obstacle.ITEM;
    }
    return cause == null
        ? new Event.CopyDone(copy.item(), copy.from(), copy.to(), now, took)
        : new Event.CopyFailed(copy.item(), copy.from(), copy.to(), now, cause, what);
  }
}
