package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places that kinds of tasks were asked for on. */
final class Hints {
  private final @Nullable String[] devices;
  private final int[] places;
  private final boolean empty;

  Hints(TaskGraph graph, List<Place> all) {
    this.devices = new String[graph.kinds()];
    this.places = new int[graph.kinds()];
    boolean none = true;
    for (int kind = 0; kind < places.length; kind++) {
      String device = graph.device(kind);
      devices[kind] = device;
      places[kind] = device == null ? -1 : Place.find(all, device);
      none &= device == null;
    }
    this.empty = none;
  }

  /** Whether nothing was asked for. */
  boolean isEmpty() {
    return empty;
  }

  /** The device as it was named, or null. */
  @Nullable String device(int kind) {
    return devices[kind];
  }

  /** The place that was asked for, -1 when none was, or none that is there. */
  int place(int kind) {
    return places[kind];
  }
}
