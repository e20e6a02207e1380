package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.BitSet;
import java.util.List;

/**
 * Which place holds which items, how much of its memory that takes, and what must stay because a
 * task or a copy needs it.
 */
final class Residency {
  private final TaskTable table;
  private final int places;
  private final int[] valid;
  private final int[] arriving;
  private final int[] pins;
  private final long[] used;
  private final long[] peaks;
  private final long[] limits;
  private final BitSet[] held;
  private final long[] owed;
  private final int[] lent;

  Residency(TaskTable table, List<Place> places, ChunkHomes homes) {
    this.table = table;
    this.places = places.size();
    this.valid = new int[table.items()];
    this.arriving = new int[table.items()];
    this.pins = new int[Math.multiplyExact(table.items(), this.places)];
    this.used = new long[this.places];
    this.peaks = new long[this.places];
    this.limits = places.stream().mapToLong(Place::memoryLimit).toArray();
    this.held = new BitSet[this.places];
    this.owed = new long[this.places];
    for (int place = 0; place < this.places; place++) {
      held[place] = new BitSet();
    }
    this.lent = new int[table.items()];
    for (int item = 0; item < valid.length; item++) {
      if (table.producer(item) < 0) {
        valid[item] = 1 << homes.place(table.array(item), table.chunkOf(item));
        lent[item] = table.isResident(item) ? valid[item] : 0;
      }
    }
  }

  /** Bytes that an item takes of a place's memory limit. */
  long bytes(int item, int place) {
    boolean free = isLent(item, place) || place == Place.HOST && table.isKeptOnHost(item);
    return free ? 0 : table.bytes(item);
  }

  /** Whether a place holds the item for whoever persisted it, and not for this job. */
  boolean isLent(int item, int place) {
    return (lent[item] >> place & 1) != 0;
  }

  boolean has(int item, int place) {
    return (valid[item] >> place & 1) != 0;
  }

  /** The place that held an item before the job. */
  int home(int item) {
    return Integer.numberOfTrailingZeros(lent[item]);
  }

  /** Whether something that a task reads is neither at a place nor on its way there. */
  boolean waitsInVain(int task, int place) {
    for (int i = table.reads().start(task); i < table.reads().end(task); i++) {
      int item = table.reads().at(i);
      if (!has(item, place) && !isArriving(item, place)) {
        return true;
      }
    }
    return false;
  }

  boolean isArriving(int item, int place) {
    return (arriving[item] >> place & 1) != 0;
  }

  boolean isNowhere(int item) {
    return valid[item] == 0;
  }

  /** Whether another place holds the item too. */
  boolean isElsewhere(int item, int place) {
    return (valid[item] & ~(1 << place)) != 0;
  }

  /** The first place that holds an item. */
  int holder(int item) {
    return Integer.numberOfTrailingZeros(valid[item]);
  }

  long free(int place) {
    return limits[place] - used[place];
  }

  /** Most bytes that were in use at a place. */
  long peak(int place) {
    return peaks[place];
  }

  long limit(int place) {
    return limits[place];
  }

  /** Takes memory that is no item's, or gives it back when negative. */
  void take(int place, long bytes) {
    used[place] += bytes;
    peaks[place] = Math.max(peaks[place], used[place]);
  }

  /** A copy of the item is on its way. */
  void expect(int item, int place) {
    arriving[item] |= 1 << place;
    take(place, bytes(item, place));
  }

  /** The copy will not come. */
  void giveUp(int item, int place) {
    if (isArriving(item, place)) {
      arriving[item] &= ~(1 << place);
      take(place, -bytes(item, place));
    }
  }

  /** The item is here now; its memory was taken before. */
  void arrived(int item, int place) {
    arriving[item] &= ~(1 << place);
    if (place == Place.HOST && !has(item, place) && !isNowhere(item)) {
      owe(item, holder(item), -1);
    } else if (isNowhere(item)) {
      owe(item, place, 1);
    }
    valid[item] |= 1 << place;
    if (bytes(item, place) > 0) {
      held[place].set(item);
    }
  }

  /**
   * An item that was made elsewhere is owed to the host, itself or what comes of it, until it is
   * there or dropped.
   */
  private void owe(int item, int place, int sign) {
    if (place != Place.HOST && !table.isHostBound(item) && table.producer(item) >= 0) {
      owed[place] += sign * table.homeBytesOfItem(item);
    }
  }

  /** Bytes that must still come to the host because of what a place holds. */
  long owed(int place) {
    return owed[place];
  }

  /** The item's memory at a place is given back. */
  void drop(int item, int place) {
    if (valid[item] == 1 << place) {
      owe(item, place, -1);
    }
    valid[item] &= ~(1 << place);
    held[place].clear(item);
    take(place, -bytes(item, place));
  }

  void pin(int item, int place) {
    pins[item * places + place]++;
  }

  void unpin(int item, int place) {
    pins[item * places + place]--;
  }

  boolean isPinned(int item, int place) {
    return pins[item * places + place] > 0;
  }

  /** Items that take memory at a place. */
  BitSet held(int place) {
    return held[place];
  }

  /** A place is gone with all it held: the items that are nowhere now. */
  BitSet lose(int place) {
    BitSet lost = new BitSet();
    for (int item = 0; item < valid.length; item++) {
      if (valid[item] == 1 << place) {
        lost.set(item);
      }
      valid[item] &= ~(1 << place);
      arriving[item] &= ~(1 << place);
      pins[item * places + place] = 0;
    }
    held[place].clear();
    used[place] = 0;
    owed[place] = 0;
    return lost;
  }
}
