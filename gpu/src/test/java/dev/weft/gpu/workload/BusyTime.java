package dev.weft.gpu.workload;

import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Time during which devices of one kind ran kernels, from the events of a session: of tasks that
 * overlap, each moment counts once. And the bytes that were copied meanwhile.
 */
final class BusyTime implements EventListener {
  private record Task(int stage, long chunk, String device) {}

  private record Interval(long from, long to) {}

  private final String kind;
  private final Map<Task, Long> begun = new HashMap<>();
  private final List<Interval> intervals = new ArrayList<>();
  private long tasksElsewhere;
  private long bytesIn;
  private long bytesOut;

  /** The devices whose names begin with {@code kind} count. */
  BusyTime(String kind) {
    this.kind = kind;
  }

  @Override
  public synchronized void on(JobEvent event) {
    switch (event) {
      case JobEvent.TaskStarted e -> {
        if (e.device().startsWith(kind)) {
          begun.put(new Task(e.stage(), e.chunk(), e.device()), e.nanos());
        } else {
          tasksElsewhere += e.tasks();
        }
      }
      case JobEvent.TaskFinished e -> {
        Long from = begun.remove(new Task(e.stage(), e.chunk(), e.device()));
        if (from != null) {
          intervals.add(new Interval(from, e.nanos()));
        }
      }
      case JobEvent.CopyStarted e -> {
        bytesIn += e.toHost() ? 0 : e.bytes();
        bytesOut += e.toHost() ? e.bytes() : 0;
      }
      default -> {}
    }
  }

  /** Forgets what was before. */
  synchronized void reset() {
    begun.clear();
    intervals.clear();
    tasksElsewhere = 0;
    bytesIn = 0;
    bytesOut = 0;
  }

  /** Milliseconds in which at least one kernel was at work. */
  synchronized double millis() {
    intervals.sort(Comparator.comparingLong(Interval::from));
    long busy = 0;
    long end = Long.MIN_VALUE;
    for (Interval interval : intervals) {
      long from = Math.max(interval.from(), end);
      busy += Math.max(0, interval.to() - from);
      end = Math.max(end, interval.to());
    }
    return busy / 1e6;
  }

  synchronized long tasks() {
    return intervals.size();
  }

  synchronized long tasksElsewhere() {
    return tasksElsewhere;
  }

  synchronized long bytesIn() {
    return bytesIn;
  }

  synchronized long bytesOut() {
    return bytesOut;
  }
}
