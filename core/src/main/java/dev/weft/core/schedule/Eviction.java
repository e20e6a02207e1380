package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Makes room by least future use: the item whose next reader comes last in the order of tasks goes
 * first. What is elsewhere too is given up at once; a last copy is brought to the host first.
 */
final class Eviction {
  private final TaskTable table;
  private final Progress progress;
  private final Residency residency;
  private final Transfers transfers;
  private final BitSet[] leaving;
  private final long[] leavingBytes;

  Eviction(
      TaskTable table, Progress progress, Residency residency, Transfers transfers, int places) {
    this.table = table;
    this.progress = progress;
    this.residency = residency;
    this.transfers = transfers;
    this.leaving = new BitSet[places];
    this.leavingBytes = new long[places];
    for (int place = 0; place < places; place++) {
      leaving[place] = new BitSet();
    }
  }

  /**
   * Whether there is room for so many bytes now. Evicts for it what nobody needs soon; when that
   * takes copies to the host, there will be room after them.
   *
   * @param task the task that wants the room; its own items stay
   * @param before the task up to which items are needed so soon that they stay
   * @param urgent whether items may go though their next reader could run now
   */
  boolean makeRoom(
      int place,
      long bytes,
      int task,
      int before,
      boolean urgent,
      double now,
      List<DeviceInstruction> instructions) {
    long lack = bytes - residency.free(place);
    if (lack <= 0) {
      return true;
    }
    lack -= leavingBytes[place];
    if (place == Place.HOST || lack <= 0) {
      return false;
    }
    List<Integer> victims = victims(place, lack, task, before, urgent);
    for (int item : victims) {
      if (residency.isElsewhere(item, place)) {
        drop(item, place, instructions);
      } else if (residency.isArriving(item, Place.HOST)) {
        leave(item, place);
      } else if (residency.bytes(item, Place.HOST) <= residency.free(Place.HOST)) {
        leave(item, place);
        transfers.bring(item, Place.HOST, now, instructions);
      }
    }
    return bytes <= residency.free(place);
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
        int next = progress.nextUse(item);
        if (next > furthest
            && (urgent || !progress.isReady(next))
            && !taken.get(item)
            && isFree(item, place, task)) {
          victim = item;
          furthest = next;
        }
      }
      if (victim < 0) {
        return List.of();
      }
      taken.set(victim);
      victims.add(victim);
      found += residency.bytes(victim, place);
    }
    return victims;
  }

  private boolean isFree(int item, int place, int task) {
    return !residency.isPinned(item, place)
        && !leaving[place].get(item)
        && !table.isRead(item, task);
  }

  private void leave(int item, int place) {
    leaving[place].set(item);
    leavingBytes[place] += residency.bytes(item, place);
  }

  private void stay(int item, int place) {
    if (leaving[place].get(item)) {
      leaving[place].clear(item);
      leavingBytes[place] -= residency.bytes(item, place);
    }
  }

  private void drop(int item, int place, List<DeviceInstruction> instructions) {
    stay(item, place);
    residency.drop(item, place);
    instructions.add(new DeviceInstruction.Free(table.array(item), table.chunkOf(item), place));
  }

  /** Something about an item has changed: gives it back wherever it is needed no more. */
  void settle(int item, int places, List<DeviceInstruction> instructions) {
    boolean dead = !progress.isReadAgain(item);
    boolean safe = !table.isResult(item) || residency.has(item, Place.HOST);
    for (int place = 0; place < places; place++) {
      if (!residency.has(item, place) || residency.isPinned(item, place)) {
        continue;
      }
      boolean keeps =
          place == Place.HOST && table.isKeptOnHost(item)
              || residency.isLent(item, place)
              || table.isResident(item) && !residency.isElsewhere(item, place);
      boolean left = leaving[place].get(item) && residency.isElsewhere(item, place);
      if (left || dead && safe && !keeps) {
        drop(item, place, instructions);
      }
    }
  }

  /** A task wants an item that was to leave. */
  void keep(int item, int place) {
    stay(item, place);
  }

  /** A place is gone. */
  void lose(int place) {
    leaving[place].clear();
    leavingBytes[place] = 0;
  }
}
