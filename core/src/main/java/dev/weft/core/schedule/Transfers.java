package dev.weft.core.schedule;

import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Copies on their way. Every other place has a link to the host with a lane in each direction; what
 * one such place has and another one needs goes over the host.
 */
final class Transfers {
  private record Copy(int item, int from, int to, double nanos) {}

  private final TaskGraph graph;
  private final Residency residency;
  private final CostModel model;
  private final List<Copy> copies = new ArrayList<>();
  private final Map<Integer, Integer> onwards = new HashMap<>();
  private final Lane[] in;
  private final Lane[] out;

  /** One direction of a link: how much is queued, and since when the first copy may be on it. */
  private static final class Lane {
    private double queued;
    private double since;

    void add(double nanos, double now) {
      if (queued <= 0) {
        since = now;
      }
      queued += nanos;
    }

    void remove(double nanos, double now) {
      queued = Math.max(0, queued - nanos);
      since = now;
    }

    double freeAt(double now) {
      return Math.max(now, since + queued);
    }
  }

  Transfers(TaskGraph graph, Residency residency, CostModel model, int places) {
    this.graph = graph;
    this.residency = residency;
    this.model = model;
    this.in = new Lane[places];
    this.out = new Lane[places];
    for (int place = 0; place < places; place++) {
      in[place] = new Lane();
      out[place] = new Lane();
    }
  }

  private Lane lane(int from, int to) {
    return to == Place.HOST ? out[from] : in[to];
  }

  boolean isIdle() {
    return copies.isEmpty();
  }

  /** When the link of a place can take the next copy from the host. */
  double inFreeAt(int place, double now) {
    return in[place].freeAt(now);
  }

  /** When the link of a place can take the next copy to the host. */
  double outFreeAt(int place, double now) {
    return out[place].freeAt(now);
  }

  /** Starts what brings an item to a place that neither holds nor expects it. */
  void bring(int item, int place, double now, List<Instruction> instructions) {
    residency.expect(item, place);
    if (place == Place.HOST) {
      start(item, residency.holder(item), Place.HOST, now, instructions);
    } else if (residency.has(item, Place.HOST)) {
      start(item, Place.HOST, place, now, instructions);
    } else {
      onwards.merge(item, 1 << place, (a, b) -> a | b);
      if (!residency.isArriving(item, Place.HOST)) {
        residency.expect(item, Place.HOST);
        start(item, residency.holder(item), Place.HOST, now, instructions);
      }
    }
  }

  private void start(int item, int from, int to, double now, List<Instruction> instructions) {
    residency.pin(item, from);
    double nanos = model.copy(from, to, graph.bytes(item));
    copies.add(new Copy(item, from, to, nanos));
    lane(from, to).add(nanos, now);
    instructions.add(new Instruction.Copy(item, from, to));
  }

  /** A copy has ended; false when nobody knows of it, as after the loss of a device. */
  boolean ended(int item, int from, int to, double now, List<Instruction> instructions, long took) {
    if (!takeOff(item, from, to, now)) {
      return false;
    }
    residency.arrived(item, to);
    model.copied(from, to, graph.bytes(item), took);
    if (to == Place.HOST) {
      goOn(item, now, instructions);
    }
    return true;
  }

  /** A copy has failed and brings nothing; false when nobody knows of it. */
  boolean failed(int item, int from, int to, double now) {
    if (!takeOff(item, from, to, now)) {
      return false;
    }
    residency.giveUp(item, to);
    if (to == Place.HOST) {
      giveUpOnwards(item);
    }
    return true;
  }

  /** Takes a copy off its lane; false when it is on none. */
  private boolean takeOff(int item, int from, int to, double now) {
    for (int i = 0; i < copies.size(); i++) {
      Copy copy = copies.get(i);
      if (copy.item == item && copy.from == from && copy.to == to) {
        copies.remove(i);
        lane(from, to).remove(copy.nanos, now);
        residency.unpin(item, from);
        return true;
      }
    }
    return false;
  }

  /** What was to go on from the host will not. */
  private void giveUpOnwards(int item) {
    Integer wanted = onwards.remove(item);
    for (int next = 1; wanted != null && wanted >> next != 0; next++) {
      residency.giveUp(item, next);
    }
  }

  private void goOn(int item, double now, List<Instruction> instructions) {
    Integer wanted = onwards.remove(item);
    for (int place = 1; wanted != null && wanted >> place != 0; place++) {
      if ((wanted >> place & 1) != 0) {
        start(item, Place.HOST, place, now, instructions);
      }
    }
  }

  /** A place is gone: copies from and to it will not end, and those that were to go on neither. */
  void lose(int place, double now) {
    onwards.replaceAll((item, wanted) -> wanted & ~(1 << place));
    for (Iterator<Copy> all = copies.iterator(); all.hasNext(); ) {
      Copy copy = all.next();
      if (copy.to == place) {
        residency.unpin(copy.item, copy.from);
      } else if (copy.from == place) {
        residency.giveUp(copy.item, Place.HOST);
        giveUpOnwards(copy.item);
      } else {
        continue;
      }
      lane(copy.from, copy.to).remove(copy.nanos, now);
      all.remove();
    }
  }
}
