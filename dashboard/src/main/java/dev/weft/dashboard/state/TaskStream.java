package dev.weft.dashboard.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work: those that run, of which the ones are drawn that have run for a while, and the
 * last of those that have ended.
 */
final class TaskStream {
  /** Ended pieces that are kept. */
  static final int MOST_SPANS = 8_192;

  /** What has run for less is not drawn before its end: tiny tasks are told once. */
  static final long DRAWN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Of very many that have started, only the first are looked at. */
  private static final int MOST_LOOKED_AT = 2_000;

  private static final double NANOS_PER_MILLI = 1e6;

  private final long origin;
  private final Lanes lanes = new Lanes();
  private final Ring<Views.Span> spans = new Ring<>(MOST_SPANS);
  private final Map<OpenTask.Key, OpenTask> open = new LinkedHashMap<>();
  private final Set<OpenTask> drawn = new LinkedHashSet<>();
  private long everDrawn;

  TaskStream(long origin) {
    this.origin = origin;
  }

  private double millis(long nanos) {
    return (nanos - origin) / NANOS_PER_MILLI;
  }

  void started(OpenTask task) {
    open.put(task.key, task);
  }

  /** Takes out what has ended; null where nothing of the kind has started. */
  @Nullable OpenTask remove(OpenTask.Key key) {
    OpenTask task = open.remove(key);
    if (task != null) {
      drawn.remove(task);
    }
    return task;
  }

  /** Keys of what runs, of those that a condition holds for. */
  List<OpenTask.Key> running(Predicate<OpenTask.Key> which) {
    return open.keySet().stream().filter(which).toList();
  }

  /** A task has ended well; it had its slot for that long. */
  void finished(OpenTask task, long end, long took) {
    int lane = lane(task, end - took, end);
    add(task.key, task.tasks, lane, task.operation, end - took, end, null);
  }

  /** A task has not ended well; one that was not drawn becomes a mark. */
  void broken(OpenTask task, long end, String why) {
    if (task.hasLane()) {
      long begin = Math.min(task.begin(), end);
      add(task.key, task.tasks, lane(task, begin, end), task.operation, begin, end, why);
    } else {
      mark(task, end, why);
    }
  }

  private int lane(OpenTask task, long begin, long end) {
    if (task.hasLane()) {
      lanes.release(task.lane(), end);
      return task.lane();
    }
    return lanes.of(task.key.device(), task.kind, task.slots, begin, end);
  }

  /** Something has happened to a task that may go on. A mark has no length and takes no lane. */
  void mark(OpenTask task, long at, String what) {
    OpenTask drawn = open.getOrDefault(task.key, task);
    int lane =
        drawn.hasLane() ? drawn.lane() : lanes.near(task.key.device(), task.kind, task.slots, at);
    add(task.key, task.tasks, lane, task.operation, at, at, what);
  }

  private void add(
      OpenTask.Key key,
      int tasks,
      int lane,
      int operation,
      long begin,
      long end,
      @Nullable String why) {
    spans.add(
        new Views.Span(
            spans.added() + 1,
            key.job(),
            key.stage(),
            key.chunk(),
            tasks,
            lane,
            operation,
            millis(begin),
            (end - begin) / NANOS_PER_MILLI,
            0,
            why != null,
            why));
  }

  /** A copy between the host and another place has ended. */
  void copied(
      OpenTask.Key array, String kind, long end, long took, long bytes, @Nullable String failure) {
    int lane = lanes.of(array.device(), kind, Lanes.OF_COPIES, end - took, end);
    spans.add(
        new Views.Span(
            spans.added() + 1,
            array.job(),
            array.stage(),
            array.chunk(),
            1,
            lane,
            -1,
            millis(end - took),
            took / NANOS_PER_MILLI,
            bytes,
            failure != null,
            failure));
  }

  /**
   * Draws what has run for a while by now. Tasks may be started while all slots of their device are
   * taken: those that find no lane free wait, and are not drawn.
   */
  void draw(long nanos) {
    int looked = 0;
    for (OpenTask task : open.values()) {
      if (++looked > MOST_LOOKED_AT) {
        return;
      }
      if (!task.hasLane() && nanos - task.since >= DRAWN_AFTER_NANOS) {
        Lanes.Held held = lanes.hold(task.key.device(), task.kind, task.slots, task.since);
        if (held != null) {
          task.hold(held);
          drawn.add(task);
          everDrawn++;
        }
      }
    }
  }

  /** How often something was drawn while it ran. */
  long everDrawn() {
    return everDrawn;
  }

  /** How many pieces have ended ever. */
  long ended() {
    return spans.added();
  }

  /** What is drawn of that which runs, up to a moment. */
  List<Views.Span> running(long nanos) {
    List<Views.Span> running = new ArrayList<>();
    for (OpenTask task : drawn) {
      running.add(
          new Views.Span(
              0,
              task.key.job(),
              task.key.stage(),
              task.key.chunk(),
              task.tasks,
              task.lane(),
              task.operation,
              millis(task.begin()),
              Math.max(0, nanos - task.begin()) / NANOS_PER_MILLI,
              0,
              false,
              null));
    }
    return running;
  }

  List<Views.Lane> lanes() {
    return lanes.all();
  }

  /** Ended pieces after one, at most so many: where there are more, the newest. */
  Views.Spans after(long sequence, int most) {
    long more = Math.max(0, spans.added() - sequence);
    List<Views.Span> newest = spans.last(Math.min(more, most));
    return new Views.Spans(spans.added(), more - newest.size(), newest);
  }
}
