package dev.weft.core.schedule;

import dev.weft.core.fuse.Stage;
import dev.weft.core.place.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places that stages were asked for on. */
final class StageHints {
  private final @Nullable String[] devices;
  private final int[] places;
  private final boolean empty;

  StageHints(List<Stage> stages, List<Place> all) {
    this.devices = new String[stages.size()];
    this.places = new int[stages.size()];
    boolean none = true;
    for (Stage stage : stages) {
      String device = stage.device();
      devices[stage.id()] = device;
      places[stage.id()] = device == null ? -1 : Place.find(all, device);
      none &= device == null;
    }
    this.empty = none;
  }

  /** Whether nothing was asked for. */
  boolean isEmpty() {
    return empty;
  }

  /** The device as it was named, or null. */
  @Nullable String device(int stage) {
    return devices[stage];
  }

  /** The place that was asked for, -1 when none was, or none that is there. */
  int place(int stage) {
    return places[stage];
  }
}
