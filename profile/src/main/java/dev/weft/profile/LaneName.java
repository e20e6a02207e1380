package dev.weft.profile;

import dev.weft.timeline.Lane;

/** Names of lanes for people. */
final class LaneName {
  private LaneName() {}

  /** Such as {@code cpu 1}, {@code to cuda:0}, {@code from disk}. */
  static String of(Lane lane) {
    return switch (lane.kind()) {
      case TASK -> lane.device() + " " + (lane.slot() + 1);
      case TO_DEVICE -> "to " + lane.device() + more(lane);
      case TO_HOST -> "from " + lane.device() + more(lane);
    };
  }

  private static String more(Lane lane) {
    return lane.slot() == 0 ? "" : " " + (lane.slot() + 1);
  }
}
