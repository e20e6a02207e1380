package dev.weft.core.schedule;

import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.Place;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which place holds which items, how much of its memory that takes, and what must stay because a
 * task or a copy needs it.
 */
final class Residency {
  private final TaskGraph graph;
  private final ItemHomes homes;
  private final int places;
  private final BitSet[] valid;
  private final BitSet[] arriving;
  private final BitSet[] lent;
  private final BitSet[] kept;
  private final Pins[] pins;
  private final MemoryAccount[] accounts;
  private final long[] used;
  private final long[] marked;
  private final long[] peaks;
  private final BitSet[] held;
  private @Nullable HomeDebt debt;

  /** Each place has the account that stands at its number. */
  Residency(TaskGraph graph, List<MemoryAccount> accounts, ItemHomes homes) {
    this.graph = graph;
    this.homes = homes;
    this.places = accounts.size();
    this.valid = bits(places);
    this.arriving = bits(places);
    this.lent = bits(places);
    this.kept = bits(places);
    this.pins = new Pins[places];
    Arrays.setAll(pins, place -> new Pins());
    this.accounts = accounts.toArray(MemoryAccount[]::new);
    this.used = new long[places];
    this.marked = new long[places];
    this.peaks = new long[places];
    this.held = bits(places);
  }

  private static BitSet[] bits(int places) {
    BitSet[] bits = new BitSet[places];
    Arrays.setAll(bits, place -> new BitSet());
    return bits;
  }

  /** Lets what other places owe the host be counted. */
  void count(HomeDebt counter) {
    debt = counter;
  }

  /** Takes note of an item that is there before the job; a task that reads it has been listed. */
  void found(int item) {
    if (isNowhere(item)) {
      int home = homes.place(item);
      valid[home].set(item);
      if (graph.keeping(item) == Keeping.STAYS) {
        lent[home].set(item);
        return;
      }
      for (int place = 0; place < places; place++) {
        kept[place].set(item, place != home && homes.isKept(item, place));
      }
    }
  }

  /** Whether an item is at a place, or a copy that was left there is for the taking. */
  boolean isThere(int item, int place) {
    return valid[place].get(item) || kept[place].get(item);
  }

  /** Takes a copy that was left at a place; false when there is none any more. */
  boolean takeKept(int item, int place) {
    if (!kept[place].get(item)) {
      return false;
    }
    kept[place].clear(item);
    if (isArriving(item, place) || !homes.takeKept(item, place)) {
      return false;
    }
    take(place, bytes(item, place));
    arrived(item, place);
    return true;
  }

  /** Bytes that an item takes of a place's memory. */
  long bytes(int item, int place) {
    if (isLent(item, place)) {
      return 0;
    }
    return place == Place.HOST && isKeptOnHost(item) ? 0 : footprint(graph.bytes(item), place);
  }

  /** How much of a place's memory a buffer takes. */
  long footprint(long bytes, int place) {
    return accounts[place].footprint(bytes);
  }

  /** A place has less memory than was thought. */
  void shrink(int place, long bytes) {
    accounts[place].shrink(bytes);
  }

  /** Whether an item has memory of its own on the host, whatever the scheduler says. */
  boolean isKeptOnHost(int item) {
    Keeping keeping = graph.keeping(item);
    return keeping == Keeping.GIVEN || keeping == Keeping.RESULT;
  }

  /** Whether a place holds the item for whoever left it there, and not for this job. */
  boolean isLent(int item, int place) {
    return lent[place].get(item);
  }

  boolean has(int item, int place) {
    return valid[place].get(item);
  }

  /** The place that held an item before the job. */
  int home(int item) {
    return first(lent, item);
  }

  boolean isArriving(int item, int place) {
    return arriving[place].get(item);
  }

  /** The first place of which a bit is set, or the number of places. */
  private int first(BitSet[] bits, int item) {
    int place = 0;
    while (place < places && !bits[place].get(item)) {
      place++;
    }
    return place;
  }

  boolean isNowhere(int item) {
    return first(valid, item) == places;
  }

  /** Whether another place holds the item too. */
  boolean isElsewhere(int item, int place) {
    for (int other = 0; other < places; other++) {
      if (other != place && valid[other].get(item)) {
        return true;
      }
    }
    return false;
  }

  /** The first place that holds an item. */
  int holder(int item) {
    return first(valid, item);
  }

  /** Bytes of a place that no job has taken. */
  long free(int place) {
    return accounts[place].free();
  }

  long limit(int place) {
    return accounts[place].limit();
  }

  /** Most bytes that this job had at a place. */
  long peak(int place) {
    return peaks[place];
  }

  /** Lays memory aside for what will be taken at once; false when there is too little. */
  boolean mark(int place, long bytes, long spare) {
    if (accounts[place].tryTake(bytes, spare)) {
      marked[place] += bytes;
      return true;
    }
    return false;
  }

  /** What was laid aside and not taken is free again. */
  void unmark(int place) {
    if (marked[place] > 0) {
      long rest = marked[place];
      marked[place] = 0;
      accounts[place].give(rest);
    }
  }

  /** Takes memory that is no item's, or gives it back when negative. */
  void take(int place, long bytes) {
    used[place] += bytes;
    peaks[place] = Math.max(peaks[place], used[place]);
    if (bytes > 0) {
      long aside = Math.min(marked[place], bytes);
      marked[place] -= aside;
      if (bytes > aside) {
        accounts[place].take(bytes - aside);
      }
    } else if (bytes < 0) {
      accounts[place].give(-bytes);
    }
  }

  /** Whether others may give memory of a place back, of which {@code wake} will hear. */
  boolean await(int place, Runnable wake) {
    return accounts[place].await(wake);
  }

  /** Asks for memory of a place that nobody needs now; whether some was given back or will be. */
  boolean reclaim(int place, long bytes) {
    return accounts[place].reclaim(bytes, false);
  }

  /** This job goes on, or waits for memory and gives none back. */
  void working(boolean now) {
    for (MemoryAccount account : accounts) {
      if (now) {
        account.enter();
      } else {
        account.leave();
      }
    }
  }

  /** The job is over: whatever it still has is somebody else's now. */
  void close() {
    for (int place = 0; place < places; place++) {
      unmark(place);
      take(place, -used[place]);
    }
  }

  /** A copy of the item is on its way. */
  void expect(int item, int place) {
    arriving[place].set(item);
    take(place, bytes(item, place));
  }

  /** The copy will not come. */
  void giveUp(int item, int place) {
    if (isArriving(item, place)) {
      arriving[place].clear(item);
      take(place, -bytes(item, place));
    }
  }

  /** The item is here now; its memory was taken before. */
  void arrived(int item, int place) {
    arriving[place].clear(item);
    if (debt != null) {
      debt.arrives(item, place);
    }
    valid[place].set(item);
    if (bytes(item, place) > 0) {
      held[place].set(item);
    }
  }

  /** The item's memory at a place is given back. */
  void drop(int item, int place) {
    if (debt != null && !isElsewhere(item, place)) {
      debt.goes(item, place);
    }
    valid[place].clear(item);
    held[place].clear(item);
    take(place, -bytes(item, place));
  }

  void pin(int item, int place) {
    pins[place].add(item);
  }

  void unpin(int item, int place) {
    pins[place].remove(item);
  }

  boolean isPinned(int item, int place) {
    return pins[place].has(item);
  }

  /** Items that take memory at a place. */
  BitSet held(int place) {
    return held[place];
  }

  /** A place is gone with all it held: the items that are nowhere now. */
  BitSet lose(int place) {
    BitSet lost = valid[place];
    valid[place] = new BitSet();
    for (BitSet others : valid) {
      lost.andNot(others);
    }
    arriving[place].clear();
    kept[place].clear();
    pins[place] = new Pins();
    held[place].clear();
    take(place, -used[place]);
    if (debt != null) {
      debt.lose(place);
    }
    return lost;
  }
}
