package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Placement.Cause;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next task of a place. Looks at the first and the last few tasks that can run, with
 * what each would cost on every place now. A place takes a task that ends first there, transfers of
 * inputs, results and the next reader's input included; or one that it ends before the others would
 * be done with everything that can run, so that a slow device helps and never holds up the end. Of
 * those it takes the one at which it is best compared with the other places.
 */
final class Placer {
  private static final int FRONT = 16;
  private static final int BACK = 8;

  /** A place helps only when it is done well before the others would be. */
  private static final double MARGIN = 0.9;

  /** Ratios that differ by less are equal, and the earlier task is taken. */
  private static final double SAME = 1.02;

  /** How many tasks are tried for room in memory. */
  private static final int TRIES = 3;

  /** How many tasks are passed over that wait for a place that they were asked for on. */
  private static final int SKIPPED = 1000;

  /** Says whether a task has room at a place now. */
  @FunctionalInterface
  interface Room {
    boolean at(int task, int place);
  }

  /** A task and the reason to run it. */
  record Choice(int task, Placement reason) {}

  private final TaskTable table;
  private final Progress progress;
  private final List<Place> places;
  private final TaskCosts costs;
  private final PlaceQueue[] queues;
  private final Backlog backlog;
  private final int[] window = new int[FRONT + BACK];
  private final TaskCosts.Cost[][] cost;
  private int size;

  Placer(
      TaskTable table,
      Progress progress,
      TaskCosts costs,
      PlaceQueue[] queues,
      List<Place> places) {
    this.table = table;
    this.progress = progress;
    this.places = places;
    this.costs = costs;
    this.queues = queues;
    this.backlog = new Backlog(places);
    this.cost = new TaskCosts.Cost[places.size()][window.length];
    for (TaskCosts.Cost[] row : cost) {
      Arrays.setAll(row, i -> new TaskCosts.Cost());
    }
  }

  /** Looks at what can run now, and at what it costs. */
  void look(double now) {
    BitSet ready = progress.ready();
    size = 0;
    int last = -1;
    int left = SKIPPED;
    for (int t = ready.nextSetBit(0); t >= 0 && size < FRONT; t = ready.nextSetBit(t + 1)) {
      last = t;
      if (left > 0 && costs.isHeldUp(t)) {
        left--;
      } else {
        window[size++] = t;
      }
    }
    int task = ready.previousSetBit(table.tasks());
    while (task > last && size < window.length) {
      if (left > 0 && costs.isHeldUp(task)) {
        left--;
      } else {
        window[size++] = task;
      }
      task = ready.previousSetBit(task - 1);
    }
    costs.refresh(now);
    for (int i = 0; i < size; i++) {
      for (int place = 0; place < places.size(); place++) {
        costs.estimate(window[i], place, cost[place][i]);
      }
    }
    double scale = size == 0 ? 0 : (double) progress.readyCount() / size;
    backlog.measure(costs, cost, size, scale);
  }

  /** The best task for a place that it should take now, or null. */
  @Nullable Choice choose(int place, Room room) {
    boolean[] refused = new boolean[size];
    double rest = backlog.endWithout(place);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        if (!refused[i] && isOpen(i, place) && wants(i, place, rest)) {
          double ratio = cost[place][i].interval() / others(i, place);
          boolean better =
              best < 0 || ratio * SAME < least || ratio < least * SAME && window[i] < window[best];
          if (better) {
            best = i;
            least = ratio;
          }
        }
      }
      if (best < 0) {
        return null;
      }
      if (room.at(window[best], place)) {
        return new Choice(window[best], reason(best, place, rest));
      }
      refused[best] = true;
    }
    return null;
  }

  private boolean isOpen(int i, int place) {
    if (!cost[place][i].possible) {
      return false;
    }
    return cost[place][i].lacking ? queues[place].takesCopying() : queues[place].takesResident();
  }

  /** Time of the place that is best at a task, beside this one; infinite without another. */
  private double others(int i, int place) {
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < cost.length; other++) {
      if (other != place && cost[other][i].possible) {
        least = Math.min(least, cost[other][i].interval());
      }
    }
    return least;
  }

  private boolean wants(int i, int place, double rest) {
    return isEarliest(i, place) || helps(i, place, rest);
  }

  private boolean isEarliest(int i, int place) {
    int other = rival(i, place);
    return other < 0 || cost[place][i].total() <= cost[other][i].total();
  }

  private boolean helps(int i, int place, double rest) {
    double now = costs.now();
    return cost[place][i].end - now <= MARGIN * (rest - now);
  }

  /** Where else a task would end first, -1 for nowhere. */
  private int rival(int i, int place) {
    int rival = -1;
    for (int other = 0; other < cost.length; other++) {
      if (other != place
          && cost[other][i].possible
          && (rival < 0 || cost[other][i].total() < cost[rival][i].total())) {
        rival = other;
      }
    }
    return rival;
  }

  private Placement reason(int i, int place, double rest) {
    TaskCosts.Cost own = cost[place][i];
    double nanos = own.end - costs.now();
    int rival = rival(i, place);
    String name = places.get(place).name();
    Placement.Ignored ignored = costs.ignored(window[i], place);
    if (rival < 0) {
      return new Placement(name, alone(window[i], place), own.moved, nanos, null, 0, ignored);
    }
    if (isEarliest(i, place)) {
      double against = cost[rival][i].end - costs.now();
      String other = places.get(rival).name();
      return new Placement(name, Cause.EARLIEST, own.moved, nanos, other, against, ignored);
    }
    double work = rest - costs.now();
    return new Placement(name, Cause.HELPS, own.moved, nanos, null, work, ignored);
  }

  /** Why no other place is possible. */
  private Cause alone(int task, int place) {
    if (table.isHostWork(task)) {
      return Cause.HOST_WORK;
    }
    return costs.isAskedFor(task, place) ? Cause.ASKED_FOR : Cause.ONLY_DEVICE;
  }

  /** The reason to run a task that has no room anywhere. */
  Placement lastReason(int task, int place) {
    return new Placement(
        places.get(place).name(), Cause.LAST_RESORT, 0, 0, null, 0, costs.ignored(task, place));
  }

  /** Where a task would end first, whatever room there is; null when no place can run it. */
  @Nullable Integer lastResort(int task) {
    costs.refresh(costs.now());
    Integer best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int place = 0; place < places.size(); place++) {
      costs.estimate(task, place, cost[place][0]);
      if (cost[place][0].possible && cost[place][0].total() < least) {
        least = cost[place][0].total();
        best = place;
      }
    }
    return best;
  }
}
