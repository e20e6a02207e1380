package dev.weft.core.execute;

import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.schedule.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What is going on in a job: at which places, who hears of it, and what waits for the host's
 * memory.
 */
final class RunningWork {
  private final long job;
  private final DeviceGroup group;
  private final List<PlaceRun> places;
  private final Consumer<JobEvent> listeners;
  private final Consumer<Event> scheduler;
  private final Inbox<Runnable> inbox = new Inbox<>(Runnable::run);

  /** What found the host's memory full; used by the inbox alone. */
  private final List<Runnable> waiting = new ArrayList<>();

  RunningWork(
      long job,
      DeviceGroup group,
      List<PlaceRun> places,
      Consumer<JobEvent> listeners,
      Consumer<Event> scheduler) {
    this.job = job;
    this.group = group;
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
      group.lose(device, loss);
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
   * Tries something again when other work has ended and may have given memory back. When nothing
   * else is going on it is tried once more, since something may have ended just now, and fails
   * then.
   *
   * @param tries how often it was tried while nothing else was going on
   * @param again tries it; takes the number for the next time
   * @param fail ends it
   */
  void waitForMemory(int tries, IntConsumer again, Runnable fail) {
    inbox.post(
        () -> {
          if (!isIdle()) {
            waiting.add(() -> again.accept(tries));
          } else if (tries == 0) {
            again.accept(1);
          } else {
            fail.run();
          }
        });
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
