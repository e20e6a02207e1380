package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Placement.Cause;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any place may run a task. Looks at the first and the last few tasks that can run, with what each
 * would cost on every place now. A place takes a task that ends first there, transfers of inputs,
 * results and the next reader's input included; or one that it ends before the others would be done
 * with everything that can run, so that a slow device helps and never holds up the end. Of those it
 * takes the one at which it is best compared with the other places.
 */
final class EarliestEnd implements Policy {
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

  /** How many tasks that can run are listed ahead: so many count as work that is left. */
  private static final int WINDOW = 4096;

  private final Board board;
  private final Tasks tasks;
  private final List<Place> places;
  private final Costs costs;
  private final Abilities abilities;
  private final PlaceQueue[] queues;
  private final Backlog backlog;
  private final int[] window = new int[FRONT + BACK];
  private final Costs.Cost[][] cost;
  private final Costs.Cost one = new Costs.Cost();
  private int size;
  private int skips;

  EarliestEnd(Board board) {
    this.board = board;
    this.tasks = board.tasks;
    this.places = board.places;
    HomeDebt debt = new HomeDebt(board.graph, tasks, board.residency, places.size());
    board.residency.count(debt);
    this.costs = new Costs(board, debt);
    this.abilities = board.abilities;
    this.queues = board.queues;
    this.backlog = new Backlog(places);
    this.cost = new Costs.Cost[places.size()][window.length];
    for (Costs.Cost[] row : cost) {
      Arrays.setAll(row, i -> new Costs.Cost());
    }
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void look(double now) {
    size = 0;
    skips = SKIPPED;
    int last = -1;
    for (int task = tasks.ready(0); task != TaskGraph.NONE && size < FRONT; ) {
      last = tasks.order(task);
      take(task);
      task = tasks.ready(last + 1);
    }
    int task = tasks.readyBefore(Integer.MAX_VALUE);
    while (task != TaskGraph.NONE && tasks.order(task) > last && size < window.length) {
      take(task);
      task = tasks.readyBefore(tasks.order(task));
    }
    costs.refresh(now);
    for (int i = 0; i < size; i++) {
      for (int place = 0; place < places.size(); place++) {
        costs.estimate(window[i], place, cost[place][i]);
      }
    }
    backlog.measure(costs, abilities, cost, size, scale());
  }

  private void take(int task) {
    if (skips > 0 && abilities.isHeldUp(task)) {
      skips--;
    } else {
      window[size++] = task;
    }
  }

  /**
   * How many tasks that can run, or will be able to at once, each of those looked at stands for.
   */
  private double scale() {
    return size == 0 ? 0 : (double) (tasks.readyCount() + tasks.unlisted()) / size;
  }

  @Override
  public @Nullable Choice choose(int place, Room room) {
    boolean[] refused = new boolean[size];
    double rest = backlog.endWithout(place);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        if (!refused[i] && isOpen(i, place) && wants(i, place, rest)) {
          double ratio = cost[place][i].interval() / others(i, place);
          boolean better =
              best < 0 || ratio * SAME < least || ratio < least * SAME && isBefore(i, best);
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

  private boolean isBefore(int i, int other) {
    return tasks.order(window[i]) < tasks.order(window[other]);
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
    Costs.Cost own = cost[place][i];
    double nanos = own.end - costs.now();
    int rival = rival(i, place);
    String name = places.get(place).name();
    Placement.Ignored ignored = abilities.ignored(window[i], place);
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
    if (board.graph.isHostWork(board.graph.kind(task))) {
      return Cause.HOST_WORK;
    }
    return abilities.isAskedFor(task, place) ? Cause.ASKED_FOR : Cause.ONLY_DEVICE;
  }

  @Override
  public Placement lastReason(int task, int place) {
    return new Placement(
        places.get(place).name(), Cause.LAST_RESORT, 0, 0, null, 0, abilities.ignored(task, place));
  }

  /** Where the task would end first. */
  @Override
  public @Nullable Integer lastResort(int task) {
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

  @Override
  public double nanos(int task, int place) {
    return costs.nanos(task, place);
  }

  /** Half of what falls to it when all work until the end, so that estimates may be wrong. */
  @Override
  public double part(int task, int place) {
    double own = 0;
    double others = 0;
    for (int at = 0; at < places.size(); at++) {
      costs.estimate(task, at, one);
      if (one.possible) {
        double rate = 1 / Math.max(1, one.interval());
        own += at == place ? rate : 0;
        others += at == place ? 0 : rate;
      }
    }
    return others == 0 ? 1 : own / (own + others) / 2;
  }

  @Override
  public void ran(int task, int count, int place, long nanos) {
    costs.ran(task, count, place, nanos);
  }

  @Override
  public void lose() {
    costs.lose();
  }
}
