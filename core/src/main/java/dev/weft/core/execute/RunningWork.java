package dev.weft.core.execute;

import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.schedule.Event;
import dev.weft.core.schedule.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What is going on in a job: at which places, who hears of it, and what waits for the host's
 * memory.
 */
final class RunningWork {
  /** The part of the limit that is asked for when the device says that it is full. */
  private static final int RECLAIMED = 16;

  private final long job;
  private final HeldMemory held;
  private final List<PlaceRun> places;
  private final Consumer<JobEvent> listeners;
  private final Consumer<Event> scheduler;
  private final Inbox<Runnable> inbox = new Inbox<>(Runnable::run);

  /** What found the host's memory full; used by the inbox alone. */
  private final List<Runnable> waiting = new ArrayList<>();

  RunningWork(
      long job,
      HeldMemory held,
      List<PlaceRun> places,
      Consumer<JobEvent> listeners,
      Consumer<Event> scheduler) {
    this.job = job;
    this.held = held;
    this.places = places;
    this.listeners = listeners;
    this.scheduler = scheduler;
  }

  long job() {
    return job;
  }

  PlaceRun place(int number) {
    return places.get(number);
  }

  /** Tells the listeners, whose failures are the caller's. */
  void publish(JobEvent event) {
    listeners.accept(event);
  }

  /** Tells the scheduler, after everything that it was told before. */
  void post(Event event) {
    inbox.post(
        () -> {
          scheduler.accept(event);
          tryAgain();
        });
  }

  /**
   * Something at a place has ended. When it was the last on a lost device, all that the device held
   * is dropped, and the scheduler hears of the loss.
   */
  void leave(PlaceRun place) {
    Throwable loss = place.leave();
    if (loss == null) {
      return;
    }
    if (loss instanceof DeviceLostException && place.device() instanceof FarDevice device) {
      held.devices().lose(device, loss);
    }
    long now = System.nanoTime();
    try {
      place.chunks().close();
      publish(new JobEvent.DeviceLost(job, now, place.name(), loss));
    } catch (RuntimeException | Error e) {
      post(new Event.Failed(now, e));
    }
    post(new Event.PlaceLost(place.number(), now, loss));
  }

  /**
   * Tries something again when other work, of this job or another, has ended and may have given
   * memory back, or when what nobody needs has been. When there is neither it is tried once or
   * twice more, since something may have ended just now, and fails then.
   *
   * @param tries how often it was tried while nothing else was going on
   * @param again tries it; takes the number for the next time
   * @param fail ends it
   */
  void waitForMemory(int tries, IntConsumer again, Runnable fail) {
    inbox.post(
        () -> {
          boolean idle = isIdle();
          boolean found = reclaim(false);
          if (!idle) {
            waiting.add(() -> again.accept(tries));
          } else if (waitsForOthers(() -> again.accept(tries))) {
            return;
          } else if (tries == 0 || found) {
            again.accept(1);
          } else if (tries == 1 && reclaim(true)) {
            if (!waitsForOthers(() -> again.accept(2))) {
              again.accept(2);
            }
          } else {
            fail.run();
          }
        });
  }

  private MemoryAccount account() {
    return held.devices().account(held.devices().host());
  }

  private boolean reclaim(boolean last) {
    return account().reclaim(Math.max(1, account().limit() / RECLAIMED), last);
  }

  /** Goes on when others give memory back, if any will; a job that waits gives them nothing. */
  private boolean waitsForOthers(Runnable goOn) {
    account().leave();
    boolean comes = account().await(() -> post(new Event.RoomMade(System.nanoTime())));
    if (comes) {
      waiting.add(
          () -> {
            account().enter();
            goOn.run();
          });
    } else {
      account().enter();
    }
    return comes;
  }

  /** A failure for want of the host's memory, with what holds it. */
  DeviceMemoryException explained(Throwable full) {
    return new DeviceMemoryException(full.getMessage() + "; " + held.describe(), full);
  }

  private boolean isIdle() {
    return places.stream().noneMatch(PlaceRun::isBusy);
  }

  private void tryAgain() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    try {
      all.forEach(Runnable::run);
    } catch (RuntimeException | Error e) {
      post(new Event.Failed(System.nanoTime(), e));
    }
  }
}
