package dev.weft.core.place;

import java.util.List;

/**
 * What holds items, and perhaps runs tasks, as the scheduler sees it. The first place of a list is
 * always the host: its memory is the host's, and user code and the joining of partial results run
 * there. Others are devices with memory of their own, and a folder on disk, which only holds.
 *
 * @param name such as {@code cpu} or {@code cuda:0}
 * @param rates how fast it is
 * @param slots tasks that run at the same time, each at its share of the rates
 * @param memoryLimit bytes of items that it can hold
 * @param kernels whether it may run kernels; a host without does host work, and what no other place
 *     can run
 * @param isDisk whether it only holds items
 * @param slabBytes bytes that a piece of work should move; 0 where time decides instead
 */
public record Place(
    String name,
    Rates rates,
    int slots,
    long memoryLimit,
    boolean kernels,
    boolean isDisk,
    long slabBytes) {

  /** Number of the host in every list of places. */
  public static final int HOST = 0;

  private static final char COLON = ':';

  /** Accounting for a piece of work takes a few microseconds: this much work hides them. */
  private static final double SLAB_NANOS = 100_000;

  private static final double SLAB_LAUNCHES = 20;

  /**
   * The number of the place that is meant by a name as users write it, -1 when there is none.
   * {@code cuda} means the first place of this kind, {@code cuda:0} just that one.
   */
  public static int find(List<Place> places, String device) {
    for (int number = 0; number < places.size(); number++) {
      String name = places.get(number).name();
      int colon = name.indexOf(COLON);
      String kind = colon < 0 ? name : name.substring(0, colon);
      if (name.equals(device) || kind.equals(device)) {
        return number;
      }
    }
    return -1;
  }

  /** A place that runs tasks. */
  public Place(String name, Rates rates, int slots, long memoryLimit, boolean kernels) {
    this(name, rates, slots, memoryLimit, kernels, 0);
  }

  /** A place that runs tasks, many of them as one. */
  public Place(
      String name, Rates rates, int slots, long memoryLimit, boolean kernels, long slabBytes) {
    this(name, rates, slots, memoryLimit, kernels, false, slabBytes);
  }

  /** A place that only holds items. */
  public static Place disk(String name, Rates rates, long limit) {
    return new Place(name, rates, 1, limit, false, true, 0);
  }

  /** How many pieces of work may wait for items that are on their way. */
  public int ahead() {
    return Math.max(2, slots);
  }

  /** How long a piece of work should take to be worth starting, in nanoseconds. */
  public double slabNanos() {
    return Math.max(SLAB_NANOS, SLAB_LAUNCHES * rates.launchNanos());
  }

  /** Refuses a place that can never run anything. */
  public Place {
    if (slots < 1) {
      throw new IllegalArgumentException(name + " needs at least one slot, not " + slots);
    }
  }
}
