package dev.weft.dashboard.state;

import dev.weft.core.device.DeviceInfo;
import java.util.List;

/** A device at work: how many of its slots are taken, and for how long they were. */
final class DeviceState {
  private final DeviceInfo info;
  private long running;
  private long busyNanos;
  private long since;
  private long tasksDone;
  private boolean lost;

  DeviceState(DeviceInfo info, long nanos) {
    this.info = info;
    this.since = nanos;
  }

  void started(long nanos) {
    advance(nanos);
    running++;
  }

  /** What was started has ended, in whatever way. */
  void left(long nanos) {
    advance(nanos);
    running = Math.max(0, running - 1);
  }

  void done(int tasks) {
    tasksDone += tasks;
  }

  void lost() {
    lost = true;
  }

  /** Events of several threads come a little out of order: time goes on by the latest. */
  private void advance(long nanos) {
    if (nanos > since) {
      busyNanos += (nanos - since) * Math.min(running, info.parallelism());
      since = nanos;
    }
  }

  int parallelism() {
    return info.parallelism();
  }

  Views.Device view(long nanos) {
    advance(nanos);
    List<Views.Fact> details =
        info.details().entrySet().stream()
            .map(fact -> new Views.Fact(fact.getKey(), fact.getValue()))
            .toList();
    return new Views.Device(
        info.name(),
        info.description(),
        info.parallelism(),
        details,
        running,
        busyNanos / 1e6,
        tasksDone,
        lost);
  }
}
