package dev.weft.core.schedule;

import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import dev.weft.core.schedule.PlaceQueue.Assigned;
import java.util.Arrays;

/** What every task would cost on every place, from where its inputs are at the moment. */
final class Costs {
  private static final float UNKNOWN = -1;

  /** One task on one place; times in nanoseconds. */
  static final class Cost {
    /** Whether the place can run the task at all. */
    boolean possible;

    /** Whether something that the task reads is not there yet. */
    boolean lacking;

    /** Bytes that must be moved to the place. */
    long moved;

    /** Time of a slot, divided by the number of slots. */
    double run;

    /** Time of the link for inputs that are not on their way yet. */
    double in;

    /** Time of the link for what must get to the host because of it, at once or later. */
    double out;

    /** When it would have ended, results on the host included. */
    double end;

    /** What the next reader would still need after that, wherever it is best off. */
    double after;

    double total() {
      return end + after;
    }

    /** How long the busiest part of the place is kept from other tasks. */
    double interval() {
      return Math.max(run, Math.max(in, out));
    }
  }

  private final TaskGraph graph;
  private final Tasks tasks;
  private final Residency residency;
  private final Transfers transfers;
  private final PlaceQueue[] queues;
  private final Place[] places;
  private final CostModel model;
  private final Abilities abilities;
  private final HomeDebt debt;
  private final float[] traffic;
  private final float[] additions;
  private final double[][] free;
  private final double[] soonest;
  private final double[] late;
  private final AfterMemo memo;
  private double now;

  Costs(Board board, HomeDebt debt) {
    this.graph = board.graph;
    this.tasks = board.tasks;
    this.residency = board.residency;
    this.transfers = board.transfers;
    this.queues = board.queues;
    this.places = board.places.toArray(Place[]::new);
    this.model = board.model;
    this.abilities = board.abilities;
    this.debt = debt;
    this.traffic = new float[graph.tasks()];
    Arrays.fill(traffic, UNKNOWN);
    this.additions = new float[graph.tasks()];
    this.free = new double[places.length][3];
    this.soonest = new double[places.length];
    this.late = new double[places.length];
    this.memo = new AfterMemo(places.length);
  }

  double now() {
    return now;
  }

  /** Learns from tasks that took so long in a slot. */
  void ran(int task, int count, int place, long nanos) {
    look(task);
    model.ran(place, graph.kind(task), count * traffic[task], count * additions[task], nanos);
    memo.age();
  }

  /** A place takes nothing more. */
  void lose() {
    memo.clear();
  }

  private void look(int task) {
    if (traffic[task] == UNKNOWN) {
      traffic[task] = graph.traffic(task);
      additions[task] = (float) graph.additions(task);
    }
  }

  double nanos(int task, int place) {
    look(task);
    return model.run(place, graph.kind(task), traffic[task], additions[task]);
  }

  private double nanos(Assigned work, int place) {
    int task = work.task;
    look(task);
    return model.run(
        place, graph.kind(task), work.count * traffic[task], work.count * additions[task]);
  }

  /** Takes in the queues as they are now. */
  void refresh(double time) {
    now = time;
    for (int place = 0; place < queues.length; place++) {
      if (places[place].isDisk()) {
        free[place][2] = transfers.outFreeAt(place, now);
        continue;
      }
      int at = place;
      double[] ends = queues[place].slotsFreeAt(now, work -> nanos(work, at));
      late[place] = queues[place].late(now, work -> nanos(work, at));
      soonest[place] = ends[0];
      double mean = 0;
      for (double end : ends) {
        mean += end / ends.length;
      }
      free[place][0] = mean;
      free[place][1] = transfers.inFreeAt(place, now);
      free[place][2] =
          transfers.outFreeAt(place, now)
              + queues[place].sum(work -> work.count * out(work.task, at));
      free[place][2] += place == Place.HOST ? 0 : copyHome(place, debt.owed(place));
    }
  }

  /** When the kernels of a place, its link in and its link out are free. */
  double[] freeAt(int place) {
    return free[place];
  }

  /** Works out what a task costs on a place. */
  void estimate(int task, int place, Cost cost) {
    cost.possible = abilities.isPossible(task, place);
    cost.lacking = false;
    cost.moved = 0;
    cost.run = 0;
    cost.in = 0;
    cost.out = 0;
    if (!cost.possible) {
      return;
    }
    double ready = inputs(task, place, cost);
    double nanos = nanos(task, place) * late[place];
    cost.run = nanos / places[place].slots();
    cost.end = Math.max(soonest[place], ready) + nanos;
    cost.after = memo.find(task, place);
    if (cost.after < 0) {
      cost.after = 0;
      graph.writes(task, item -> cost.after = Math.max(cost.after, after(item, place)));
      memo.keep(task, place, cost.after);
    }
    cost.out = out(task, place);
    if (cost.out > 0) {
      cost.end = Math.max(cost.end, free[place][2]) + cost.out;
    }
  }

  private double out(int task, int place) {
    return place == Place.HOST ? 0 : copyHome(place, debt.ofTask(task));
  }

  private double copyHome(int place, long home) {
    return home == 0 ? 0 : model.copy(place, Place.HOST, home);
  }

  /** When all inputs are there. */
  private double inputs(int task, int place, Cost cost) {
    double ready = now;
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      int item = tasks.read(i);
      if (residency.isThere(item, place)) {
        continue;
      }
      cost.lacking = true;
      if (residency.isArriving(item, place)) {
        ready = Math.max(ready, free[place][1]);
        continue;
      }
      long size = graph.bytes(item);
      cost.moved += size;
      double start = free[place][1];
      if (!residency.has(item, Place.HOST) && !residency.isNowhere(item)) {
        int holder = residency.holder(item);
        double home = model.copy(holder, Place.HOST, size);
        cost.in += place == Place.HOST ? home : 0;
        start = Math.max(start, free[holder][2] + home);
      }
      cost.in += place == Place.HOST ? 0 : model.copy(Place.HOST, place, size);
      ready = Math.max(ready, start);
    }
    return ready + (place == Place.HOST ? 0 : cost.in);
  }

  /** Time until the next reader of an item could have run, on the place that is best for it. */
  private double after(int item, int place) {
    int reader = tasks.firstReader(item);
    if (reader == TaskGraph.NONE) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int next = 0; next < places.length; next++) {
      if (abilities.isUsable(next)
          && !(next != Place.HOST && graph.isHostWork(graph.kind(reader)))
          && abilities.isWanted(reader, next)) {
        boolean home = place == Place.HOST || graph.isHostBound(item);
        double moves = home ? 0 : model.copy(place, Place.HOST, graph.bytes(item));
        moves += next == Place.HOST ? 0 : model.copy(Place.HOST, next, graph.bytes(item));
        least = Math.min(least, (next == place ? 0 : moves) + nanos(reader, next));
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }
}
