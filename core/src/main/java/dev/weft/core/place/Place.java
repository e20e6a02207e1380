package dev.weft.core.place;

import java.util.List;

/**
 * A device as the scheduler sees it. The first place of a list is always the host: its memory is
 * the host's, and user code and the joining of partial results run there.
 *
 * @param name such as {@code cpu} or {@code cuda:0}
 * @param rates how fast it is
 * @param slots tasks that run at the same time, each at its share of the rates
 * @param memoryLimit bytes of chunks that it can hold
 * @param kernels whether it may run kernels; a host without does host work, and what no other place
 *     can run
 */
public record Place(String name, Rates rates, int slots, long memoryLimit, boolean kernels) {

  /** Number of the host in every list of places. */
  public static final int HOST = 0;

  private static final char COLON = ':';

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

  /** Refuses a place that can never run anything. */
  public Place {
    if (slots < 1) {
      throw new IllegalArgumentException(name + " needs at least one slot, not " + slots);
    }
  }
}
