package dev.weft.core.schedule;

import dev.weft.core.place.Placement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that were given to one place. Queues are short, so that what is not begun can still go
 * elsewhere: one piece of work more than there are slots, and a few whose inputs are on their way,
 * so that the link works beside the kernels.
 */
final class PlaceQueue {
  /** A running task that is late by this factor is believed to be slow. */
  private static final double LATE = 1.5;

  /** So many tasks that keep no slot busy run beside the others. */
  private static final int MOST_WAITING = 256;

  /** Tasks with a place that are started as one. */
  static final class Assigned {
    /** The first of them. */
    final int task;

    final int count;
    final @Nullable Placement reason;

    /** Bytes taken for what they write and for copies of operands. */
    final long reserved;

    /** Items that are still on their way. */
    int lacking;

    private double since;

    private final boolean holdsSlot;

    Assigned(int task, int count, @Nullable Placement reason, long reserved, boolean holdsSlot) {
      this.task = task;
      this.count = count;
      this.reason = reason;
      this.reserved = reserved;
      this.holdsSlot = holdsSlot;
    }
  }

  private final int slots;
  private final int ahead;
  private final List<Assigned> running = new ArrayList<>();
  private final ArrayDeque<Assigned> staged = new ArrayDeque<>();
  private final List<Assigned> copying = new ArrayList<>();

  /** Of those that run, those that keep no slot busy. */
  private int waiting;

  /**
   * An empty queue.
   *
   * @param slots pieces of work that run at the same time
   * @param ahead pieces whose inputs may be on their way
   */
  PlaceQueue(int slots, int ahead) {
    this.slots = slots;
    this.ahead = ahead;
  }

  /** Whether a task may come whose inputs are all here. */
  boolean takesResident() {
    return inSlots() + staged.size() <= slots;
  }

  /** Whether a task may come that needs copies first. */
  boolean takesCopying() {
    return copying.size() + staged.size() < ahead;
  }

  /** Pieces of work that were started and keep a slot busy, or wait for one. */
  private int inSlots() {
    return running.size() - Math.min(waiting, MOST_WAITING);
  }

  boolean isEmpty() {
    return running.isEmpty() && staged.isEmpty() && copying.isEmpty();
  }

  /** Pieces of work that were started and have not ended. */
  int started() {
    return running.size();
  }

  /** Tasks that still wait for copies, as they are now. */
  List<Assigned> copying() {
    return copying.isEmpty() ? List.of() : List.copyOf(copying);
  }

  void add(Assigned task) {
    if (task.lacking == 0) {
      staged.add(task);
    } else {
      copying.add(task);
    }
  }

  /** A task that was waiting has all its inputs. */
  void complete(Assigned task) {
    copying.remove(task);
    staged.add(task);
  }

  void remove(Assigned task) {
    copying.remove(task);
    staged.remove(task);
    waiting -= running.remove(task) && !task.holdsSlot ? 1 : 0;
  }

  /** The next piece of work to start, or null. */
  @Nullable Assigned start(double now) {
    if (inSlots() > slots || staged.isEmpty()) {
      return null;
    }
    Assigned next = staged.remove();
    next.since = now;
    running.add(next);
    waiting += next.holdsSlot ? 0 : 1;
    return next;
  }

  /** What was started with this task ends; null when there is nothing such. */
  @Nullable Assigned end(int task, double now) {
    for (int i = 0; i < running.size(); i++) {
      Assigned ended = running.get(i);
      if (ended.task == task) {
        running.remove(i);
        waiting -= ended.holdsSlot ? 0 : 1;
        if (i < slots && running.size() >= slots) {
          running.get(slots - 1).since = now;
        }
        return ended;
      }
    }
    return null;
  }

  /** Everything that was given to the place. */
  List<Assigned> all() {
    List<Assigned> all = new ArrayList<>(running);
    all.addAll(staged);
    all.addAll(copying);
    return all;
  }

  void clear() {
    running.clear();
    waiting = 0;
    staged.clear();
    copying.clear();
  }

  /** How much longer than estimated the running tasks take already, at least 1. */
  double late(double now, ToDoubleFunction<Assigned> nanos) {
    double late = 1;
    for (int i = 0; i < Math.min(slots, running.size()); i++) {
      Assigned task = running.get(i);
      late = Math.max(late, (now - task.since) / nanos.applyAsDouble(task));
    }
    return late > LATE ? late : 1;
  }

  /** A sum over everything that was given to the place. */
  double sum(ToDoubleFunction<Assigned> value) {
    double sum = 0;
    for (Collection<Assigned> part : List.of(running, staged, copying)) {
      for (Assigned task : part) {
        sum += value.applyAsDouble(task);
      }
    }
    return sum;
  }

  /** When each slot will have done all that was given to the place, ascending. */
  double[] slotsFreeAt(double now, ToDoubleFunction<Assigned> nanos) {
    double[] ends = new double[slots];
    Arrays.fill(ends, now);
    int first = Math.min(slots, running.size());
    for (int i = 0; i < first; i++) {
      Assigned task = running.get(i);
      double end = task.since + nanos.applyAsDouble(task);
      // One that should have ended is expected to need half as long again.
      ends[i] = end > now ? end : now + (now - task.since) / 2;
    }
    Arrays.sort(ends);
    for (int i = first; i < running.size(); i++) {
      append(ends, nanos.applyAsDouble(running.get(i)));
    }
    staged.forEach(task -> append(ends, nanos.applyAsDouble(task)));
    copying.forEach(task -> append(ends, nanos.applyAsDouble(task)));
    return ends;
  }

  private static void append(double[] ends, double nanos) {
    double end = ends[0] + nanos;
    int i = 0;
    while (i + 1 < ends.length && ends[i + 1] < end) {
      ends[i] = ends[i + 1];
      i++;
    }
    ends[i] = end;
  }
}
