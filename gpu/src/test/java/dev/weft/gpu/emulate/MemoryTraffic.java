package dev.weft.gpu.emulate;

/**
 * What launches moved between global memory and multiprocessors.
 *
 * @param loads by warps
 * @param stores by warps
 * @param threadLoads loads of single threads
 * @param loadsTogether for each of these, the loads that it can be in flight with, itself included
 */
record MemoryTraffic(Accesses loads, Accesses stores, long threadLoads, long loadsTogether) {
  private static final int SECTOR_BYTES = 32;

  /**
   * Accesses of warps.
   *
   * @param count number of them
   * @param bytes distinct bytes that each asked for
   * @param sectors of 32 bytes that each touched
   */
  record Accesses(long count, long bytes, long sectors) {
    Accesses plus(Accesses more) {
      return new Accesses(count + more.count, bytes + more.bytes, sectors + more.sectors);
    }

    /** Share of what was moved that was asked for; 1 if nothing was moved. */
    double useful() {
      return sectors == 0 ? 1 : (double) bytes / (SECTOR_BYTES * sectors);
    }
  }

  /** Counts in the order of {@code meter_on_host.h}. */
  static MemoryTraffic of(long[] counts) {
    return new MemoryTraffic(
        new Accesses(counts[0], counts[1], counts[2]),
        new Accesses(counts[3], counts[4], counts[5]),
        counts[6],
        counts[7]);
  }

  MemoryTraffic plus(MemoryTraffic more) {
    return new MemoryTraffic(
        loads.plus(more.loads),
        stores.plus(more.stores),
        threadLoads + more.threadLoads,
        loadsTogether + more.loadsTogether);
  }

  /** Loads and stores together. */
  Accesses all() {
    return loads.plus(stores);
  }

  /** Loads that a thread has in flight, on average; 0 without loads. */
  double loadsInFlight() {
    return threadLoads == 0 ? 0 : (double) loadsTogether / threadLoads;
  }
}
