package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.place.Placement.Ignored.Why;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which places can run which tasks, and which of those were asked for. */
final class Abilities {
  private final TaskGraph graph;
  private final Needs needs;
  private final Residency residency;
  private final PlaceQueue[] queues;
  private final Place[] places;
  private final Hints hints;
  private final boolean[] alive;
  private final Map<Integer, Integer> barred = new HashMap<>();

  Abilities(
      TaskGraph graph, Needs needs, Residency residency, PlaceQueue[] queues, List<Place> places) {
    this.graph = graph;
    this.needs = needs;
    this.residency = residency;
    this.queues = queues;
    this.places = places.toArray(Place[]::new);
    this.hints = new Hints(graph, places);
    this.alive = new boolean[places.size()];
    Arrays.fill(alive, true);
  }

  /** A place takes nothing more. */
  void lose(int place) {
    alive[place] = false;
  }

  boolean isAlive(int place) {
    return alive[place];
  }

  /** Whether kernels can run at a place. */
  boolean isUsable(int place) {
    boolean runs = places[place].kernels() || place == Place.HOST && isHostLeft();
    return alive[place] && runs;
  }

  /** Whether all other devices are lost: then even a host that was not asked for runs kernels. */
  private boolean isHostLeft() {
    for (int place = Place.HOST + 1; place < places.length; place++) {
      if (alive[place] && places[place].kernels()) {
        return false;
      }
    }
    return true;
  }

  /** The place never gets this task again. */
  void bar(int task, int place) {
    barred.merge(task, 1 << place, (a, b) -> a | b);
  }

  private boolean isBarred(int task, int place) {
    return !barred.isEmpty() && (barred.getOrDefault(task, 0) >> place & 1) != 0;
  }

  /** Whether a task may run at a place: one that was asked for and can run it bars the others. */
  boolean isPossible(int task, int place) {
    return isAble(task, place) && isWanted(task, place);
  }

  boolean isWanted(int task, int place) {
    int asked = hints.place(graph.kind(task));
    return asked < 0 || asked == place || !isAble(task, asked);
  }

  /** Whether a hint asks for a place. */
  boolean isAskedFor(int task, int place) {
    return hints.place(graph.kind(task)) == place;
  }

  /** Whether a task must wait for a place that was asked for and takes nothing more now. */
  boolean isHeldUp(int task) {
    int asked = hints.isEmpty() ? -1 : hints.place(graph.kind(task));
    return asked >= 0
        && !queues[asked].takesResident()
        && !queues[asked].takesCopying()
        && isAble(task, asked);
  }

  /** Why a task that runs at a place does not run where it was asked for; null if it does. */
  Placement.@Nullable Ignored ignored(int task, int place) {
    int kind = graph.kind(task);
    String device = hints.device(kind);
    int asked = hints.place(kind);
    if (device == null || asked == place) {
      return null;
    }
    if (asked < 0) {
      return new Placement.Ignored(device, Why.MISSING);
    }
    if (graph.isHostWork(kind)) {
      return new Placement.Ignored(device, Why.HOST_WORK);
    }
    if (!places[asked].kernels()) {
      return new Placement.Ignored(device, Why.NO_KERNELS);
    }
    if (!alive[asked]) {
      return new Placement.Ignored(device, Why.LOST);
    }
    boolean refused = isBarred(task, asked);
    Why otherwise = isAble(task, asked) ? Why.FULL : Why.TOO_SMALL;
    return new Placement.Ignored(device, refused ? Why.REFUSED : otherwise);
  }

  /** Whether a place can run a task. */
  boolean isAble(int task, int place) {
    if (!alive[place] || isBarred(task, place)) {
      return false;
    }
    boolean hostWork = graph.isHostWork(graph.kind(task));
    if (place == Place.HOST) {
      return hostWork || places[place].kernels() || isLeftToHost(task);
    }
    return !hostWork && places[place].kernels() && needs.all(task, place) <= residency.limit(place);
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
}
