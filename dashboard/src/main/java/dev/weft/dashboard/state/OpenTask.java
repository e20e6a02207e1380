package dev.weft.dashboard.state;

/** Tasks that were started as one and have not ended. */
final class OpenTask {
  private static final int NONE = -1;

  final Key key;
  final int tasks;
  final String kind;
  final int slots;
  final int operation;

  /** When they were started. */
  final long since;

  /** When they got their slot, as far as is known; once they have a lane. */
  private long begin;

  private int lane = NONE;

  /** What events name them by; the chunk is that of the first. */
  record Key(long job, int stage, long chunk, String device) {}

  /**
   * Tasks that start.
   *
   * @param kind of their lane
   * @param slots how many lanes of this kind their device has
   * @param operation its number
   */
  OpenTask(Key key, int tasks, String kind, int slots, int operation, long since) {
    this.key = key;
    this.tasks = tasks;
    this.kind = kind;
    this.slots = slots;
    this.operation = operation;
    this.since = since;
  }

  boolean hasLane() {
    return lane != NONE;
  }

  int lane() {
    return lane;
  }

  long begin() {
    return begin;
  }

  /** They are drawn from now on. */
  void hold(Lanes.Held held) {
    lane = held.lane();
    begin = held.begin();
  }
}
