package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Makes room by least future use: the item whose next reader comes last in the order of tasks goes
 * first. What is elsewhere too is given up at once; a last copy is brought away first, from a
 * device to the host and from the host to disk.
 */
final class Eviction {
  private static final int NOWHERE = -1;

  private final TaskGraph graph;
  private final Tasks tasks;
  private final Residency residency;
  private final Transfers transfers;
  private final boolean[] isDisk;
  private int disk;
  private final BitSet[] leaving;
  private final long[] leavingBytes;

  Eviction(
      TaskGraph graph, Tasks tasks, Residency residency, Transfers transfers, List<Place> places) {
    this.graph = graph;
    this.tasks = tasks;
    this.residency = residency;
    this.transfers = transfers;
    this.leaving = new BitSet[places.size()];
    this.leavingBytes = new long[places.size()];
    this.isDisk = new boolean[places.size()];
    int holder = NOWHERE;
    for (int place = 0; place < places.size(); place++) {
      leaving[place] = new BitSet();
      isDisk[place] = places.get(place).isDisk();
      holder = holder == NOWHERE && places.get(place).isDisk() ? place : holder;
    }
    this.disk = holder;
  }

  /**
   * Whether there is room for so many bytes now. Evicts for it what nobody needs soon; when that
   * takes copies, there will be room after them.
   *
   * @param spare bytes that must stay free beside
   * @param task the task that wants the room; its own items stay
   * @param before the place in the order up to which items are needed so soon that they stay
   * @param urgent whether items may go though their next reader could run now
   */
  boolean makeRoom(
      int place,
      long bytes,
      long spare,
      int task,
      int before,
      boolean urgent,
      double now,
      List<Instruction> instructions) {
    long lack = bytes + spare - residency.free(place);
    if (lack > 0 && residency.reclaim(place, lack)) {
      // What nobody reads now goes first; what is on its way to disk is worth waiting for.
      return bytes + spare <= residency.free(place);
    }
    if (lack <= 0) {
      return true;
    }
    int away = place == Place.HOST ? disk : Place.HOST;
    lack -= leavingBytes[place];
    if (away == NOWHERE || lack <= 0) {
      return false;
    }
    for (int item : victims(place, lack, task, before, urgent)) {
      if (residency.isElsewhere(item, place)) {
        drop(item, place, instructions);
      } else if (residency.isArriving(item, away)) {
        leave(item, place);
      } else if (away == disk || hasRoomAtHome(item, task, before, urgent, now, instructions)) {
        leave(item, place);
        transfers.bring(item, away, now, instructions);
      }
    }
    return bytes + spare <= residency.free(place);
  }

  private boolean hasRoomAtHome(
      int item, int task, int before, boolean urgent, double now, List<Instruction> instructions) {
    long bytes = residency.bytes(item, Place.HOST);
    return bytes == 0 || makeRoom(Place.HOST, bytes, 0, task, before, urgent, now, instructions);
  }

  /** Enough items to evict, or none when there are not enough. */
  private List<Integer> victims(int place, long bytes, int task, int before, boolean urgent) {
    List<Integer> victims = new ArrayList<>(2);
    BitSet taken = new BitSet();
    long found = 0;
    while (found < bytes) {
      int victim = -1;
      int furthest = before;
      BitSet held = residency.held(place);
      for (int item = held.nextSetBit(0); item >= 0; item = held.nextSetBit(item + 1)) {
        int next = tasks.nextUse(item);
        if (next > furthest
            && (urgent || !isReadable(next))
            && !taken.get(item)
            && isFree(item, place, task)) {
          victim = item;
          furthest = next;
        }
      }
      if (victim < 0) {
        return place == Place.HOST ? victims : List.of();
      }
      taken.set(victim);
      victims.add(victim);
      found += residency.bytes(victim, place);
    }
    return victims;
  }

  /** Whether the reader at a place of the order could run now. */
  private boolean isReadable(int next) {
    int reader = tasks.at(next);
    return reader != TaskGraph.NONE && tasks.isReady(reader);
  }

  private boolean isFree(int item, int place, int task) {
    return !residency.isPinned(item, place)
        && !leaving[place].get(item)
        && !tasks.isRead(item, task)
        && (place != Place.HOST || mayLeaveHost(item));
  }

  /** Of what stays, that which this job has made or brought; the rest is others'. */
  private boolean mayLeaveHost(int item) {
    Keeping keeping = graph.keeping(item);
    return keeping == Keeping.PASSING
        || keeping == Keeping.STAYS && !residency.isLent(item, Place.HOST);
  }

  private void leave(int item, int place) {
    leaving[place].set(item);
    leavingBytes[place] += residency.bytes(item, place);
  }

  /** A task wants an item that was to leave. */
  void keep(int item, int place) {
    if (leaving[place].get(item)) {
      leaving[place].clear(item);
      leavingBytes[place] -= residency.bytes(item, place);
    }
  }

  private void drop(int item, int place, List<Instruction> instructions) {
    keep(item, place);
    residency.drop(item, place);
    instructions.add(new Instruction.Free(item, place));
  }

  /** Whether a place is where an item comes from, and may be read again. */
  private boolean isFile(int item, int place) {
    return isDisk[place] && graph.producer(item) == TaskGraph.NONE;
  }

  /** Something about an item has changed: gives it back wherever it is needed no more. */
  void settle(int item, int places, List<Instruction> instructions) {
    boolean dead = !tasks.isReadAgain(item);
    Keeping keeping = graph.keeping(item);
    boolean safe = keeping != Keeping.RESULT || residency.has(item, Place.HOST);
    for (int place = 0; place < places; place++) {
      if (!residency.has(item, place) || residency.isPinned(item, place)) {
        continue;
      }
      boolean keeps =
          place == Place.HOST && residency.isKeptOnHost(item)
              || residency.isLent(item, place)
              || isFile(item, place)
              || keeping == Keeping.STAYS && !residency.isElsewhere(item, place);
      boolean left = leaving[place].get(item) && residency.isElsewhere(item, place);
      if (left || dead && safe && !keeps) {
        drop(item, place, instructions);
      }
    }
  }

  /** The disk takes nothing more: what was to go there from a place stays. */
  void stay(int place) {
    disk = NOWHERE;
    leaving[place].clear();
    leavingBytes[place] = 0;
  }

  /** A place is gone. */
  void lose(int place) {
    disk = place == disk ? NOWHERE : disk;
    leaving[place].clear();
    leavingBytes[place] = 0;
  }
}
