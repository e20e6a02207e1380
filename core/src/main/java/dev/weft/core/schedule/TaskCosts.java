package dev.weft.core.schedule;

import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Placement.Ignored.Why;
import dev.weft.core.place.Work;
import dev.weft.core.place.Workload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every task would cost on every place, from where its inputs are at the moment. */
final class TaskCosts {
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

  private final TaskTable table;
  private final Residency residency;
  private final Transfers transfers;
  private final PlaceQueue[] queues;
  private final Place[] places;
  private final CostModel model;
  private final StageHints hints;
  private final boolean[] alive;
  private final int[] barred;
  private final long[] bytes;
  private final double[] additions;
  private final long[] ownOnHost;
  private final long[] ownElsewhere;
  private final long[] allElsewhere;
  private final double[][] free;
  private final double[] soonest;
  private final double[] late;
  private final AfterMemo memo;
  private long largestHostWork;
  private double now;

  TaskCosts(
      TaskTable table,
      Workload workload,
      Residency residency,
      Transfers transfers,
      PlaceQueue[] queues,
      List<Place> places,
      CostModel model) {
    this.table = table;
    this.residency = residency;
    this.transfers = transfers;
    this.queues = queues;
    this.places = places.toArray(Place[]::new);
    this.model = model;
    this.hints = new StageHints(table.stages(), places);
    this.alive = new boolean[places.size()];
    Arrays.fill(alive, true);
    this.barred = new int[table.tasks()];
    this.bytes = new long[table.tasks()];
    this.additions = new double[table.tasks()];
    this.ownOnHost = new long[table.tasks()];
    this.ownElsewhere = new long[table.tasks()];
    this.allElsewhere = new long[table.tasks()];
    for (int task = 0; task < bytes.length; task++) {
      Work work = workload.of(table.stage(task), table.chunk(task));
      bytes[task] = work.bytes();
      additions[task] = work.additions();
      ownOnHost[task] = sumOwn(task, Place.HOST);
      if (table.isHostWork(task)) {
        largestHostWork = Math.max(largestHostWork, ownOnHost[task]);
      }
      // Any place but the host: elsewhere all items count.
      ownElsewhere[task] = sumOwn(task, Place.HOST + 1);
      allElsewhere[task] = ownElsewhere[task];
      for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
        allElsewhere[task] += table.bytes(table.reads().at(i));
      }
    }
    this.free = new double[places.size()][3];
    this.soonest = new double[places.size()];
    this.late = new double[places.size()];
    this.memo = new AfterMemo(places.size());
  }

  double now() {
    return now;
  }

  /** Learns from a task that took so long. */
  void ran(int task, int place, long nanos) {
    model.ran(place, table.stage(task), bytes[task], additions[task], nanos);
    memo.age();
  }

  /** A place takes nothing more. */
  void lose(int place) {
    alive[place] = false;
    memo.clear();
  }

  boolean isAlive(int place) {
    return alive[place];
  }

  /** Whether kernels can run at a place. */
  boolean isUsable(int place) {
    return alive[place] && (place != Place.HOST || places[place].kernels() || isHostLeft());
  }

  /** Whether all other devices are lost: then even a host that was not asked for runs kernels. */
  private boolean isHostLeft() {
    for (int place = Place.HOST + 1; place < places.length; place++) {
      if (alive[place]) {
        return false;
      }
    }
    return true;
  }

  /** The place never gets this task again. */
  void bar(int task, int place) {
    barred[task] |= 1 << place;
  }

  private double nanos(int task, int place) {
    return model.run(place, table.stage(task), bytes[task], additions[task]);
  }

  /** Takes in the queues as they are now. */
  void refresh(double time) {
    now = time;
    for (int place = 0; place < queues.length; place++) {
      int at = place;
      double[] ends = queues[place].slotsFreeAt(now, task -> nanos(task, at));
      late[place] = queues[place].late(now, task -> nanos(task, at));
      soonest[place] = ends[0];
      double mean = 0;
      for (double end : ends) {
        mean += end / ends.length;
      }
      free[place][0] = mean;
      free[place][1] = transfers.inFreeAt(place, now);
      free[place][2] = transfers.outFreeAt(place, now) + queues[place].sum(task -> out(task, at));
      free[place][2] += place == Place.HOST ? 0 : copyHome(place, residency.owed(place));
    }
  }

  /** When the kernels of a place, its link in and its link out are free. */
  double[] freeAt(int place) {
    return free[place];
  }

  /** Bytes of memory that a task would take at a place beyond what is there. */
  long room(int task, int place) {
    long room = own(task, place);
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      if (!residency.has(item, place) && !residency.isArriving(item, place)) {
        room += residency.bytes(item, place);
      }
    }
    return room;
  }

  /** Bytes of a task's copies of operands and of what it writes. */
  long own(int task, int place) {
    return place == Place.HOST ? ownOnHost[task] : ownElsewhere[task];
  }

  /**
   * Whether an item may come to the host as soon as it is made. What only its readers want there
   * waits for them when memory is short.
   */
  boolean hasRoomAtHome(int item) {
    long spare = (residency.free(Place.HOST) - largestHostWork) / 2;
    return table.isResult(item) || residency.bytes(item, Place.HOST) <= spare;
  }

  /** Bytes that a task must leave free on the host, so that what only the host can do goes on. */
  long keptFree(int task) {
    return table.isHostWork(task) ? 0 : largestHostWork;
  }

  private long sumOwn(int task, int place) {
    long own = table.temporary(task, place);
    for (int i = table.writes().start(task); i < table.writes().end(task); i++) {
      own += residency.bytes(table.writes().at(i), place);
    }
    return own;
  }

  /** Whether a task may run at a place: one that was asked for and can run it bars the others. */
  private boolean isPossible(int task, int place) {
    return isAble(task, place) && isWanted(task, place);
  }

  private boolean isWanted(int task, int place) {
    int asked = hints.place(table.stage(task));
    return asked < 0 || asked == place || !isAble(task, asked);
  }

  /** Whether a hint asks for a place. */
  boolean isAskedFor(int task, int place) {
    return hints.place(table.stage(task)) == place;
  }

  /** Whether a task must wait for a place that was asked for and takes nothing more now. */
  boolean isHeldUp(int task) {
    int asked = hints.isEmpty() ? -1 : hints.place(table.stage(task));
    return asked >= 0
        && !queues[asked].takesResident()
        && !queues[asked].takesCopying()
        && isAble(task, asked);
  }

  /** Why a task that runs at a place does not run where it was asked for; null if it does. */
  Placement.@Nullable Ignored ignored(int task, int place) {
    String device = hints.device(table.stage(task));
    int asked = hints.place(table.stage(task));
    if (device == null || asked == place) {
      return null;
    }
    if (asked < 0) {
      return new Placement.Ignored(device, Why.MISSING);
    }
    if (table.isHostWork(task)) {
      return new Placement.Ignored(device, Why.HOST_WORK);
    }
    if (!places[asked].kernels()) {
      return new Placement.Ignored(device, Why.NO_KERNELS);
    }
    if (!alive[asked]) {
      return new Placement.Ignored(device, Why.LOST);
    }
    boolean refused = (barred[task] >> asked & 1) != 0;
    Why otherwise = isAble(task, asked) ? Why.FULL : Why.TOO_SMALL;
    return new Placement.Ignored(device, refused ? Why.REFUSED : otherwise);
  }

  private boolean isAble(int task, int place) {
    if (!alive[place] || (barred[task] >> place & 1) != 0) {
      return false;
    }
    if (place == Place.HOST) {
      return table.isHostWork(task) || places[place].kernels() || isLeftToHost(task);
    }
    if (table.isHostWork(task) || !places[place].kernels()) {
      return false;
    }
    return allElsewhere[task] <= residency.limit(place);
  }

  /**
   * Whether no other device takes a task: each is lost, has refused it or is too small for it. A
   * host that was not asked for runs it then, rather than fail the job.
   */
  private boolean isLeftToHost(int task) {
    for (int place = Place.HOST + 1; place < places.length; place++) {
      if (isAble(task, place)) {
        return false;
      }
    }
    return true;
  }

  /** Works out what a task costs on a place. */
  void estimate(int task, int place, Cost cost) {
    cost.possible = isPossible(task, place);
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
      for (int i = table.writes().start(task); i < table.writes().end(task); i++) {
        cost.after = Math.max(cost.after, after(table.writes().at(i), place));
      }
      memo.keep(task, place, cost.after);
    }
    cost.out = out(task, place);
    if (cost.out > 0) {
      cost.end = Math.max(cost.end, free[place][2]) + cost.out;
    }
  }

  private double out(int task, int place) {
    return place == Place.HOST ? 0 : copyHome(place, table.homeBytes(task));
  }

  private double copyHome(int place, long home) {
    return home == 0 ? 0 : model.copy(place, Place.HOST, home);
  }

  /** When all inputs are there. */
  private double inputs(int task, int place, Cost cost) {
    double ready = now;
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      if (residency.has(item, place)) {
        continue;
      }
      cost.lacking = true;
      if (residency.isArriving(item, place)) {
        ready = Math.max(ready, free[place][1]);
        continue;
      }
      long size = table.bytes(item);
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
    if (table.readers().size(item) == 0) {
      return 0;
    }
    int reader = table.readers().at(table.readers().start(item));
    double least = Double.POSITIVE_INFINITY;
    for (int next = 0; next < places.length; next++) {
      if (isUsable(next)
          && !(next != Place.HOST && table.isHostWork(reader))
          && isWanted(reader, next)) {
        boolean home = place == Place.HOST || table.isHostBound(item);
        double moves = home ? 0 : model.copy(place, Place.HOST, table.bytes(item));
        moves += next == Place.HOST ? 0 : model.copy(Place.HOST, next, table.bytes(item));
        least = Math.min(least, (next == place ? 0 : moves) + nanos(reader, next));
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }

  /** Learns from a copy that took so long. */
  void copied(int item, int from, int to, long nanos) {
    model.copied(from, to, table.bytes(item), nanos);
  }
}
