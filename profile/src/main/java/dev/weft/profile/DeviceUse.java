package dev.weft.profile;

import dev.weft.timeline.Lane;
import dev.weft.timeline.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many lanes of a device, or of one direction of its link, were at work over time.
 *
 * @param name for people
 * @param lanes how many there are
 * @param use the mean number at work in each of {@value #BINS} equal parts of the recording
 */
record DeviceUse(String name, int lanes, double[] use) {
  static final int BINS = 240;

  static List<DeviceUse> of(List<Lane> lanes, Recording recording) {
    Map<String, List<Lane>> groups = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      groups.computeIfAbsent(name(lane), key -> new ArrayList<>()).add(lane);
    }
    double width = Math.max(1, recording.nanos()) / (double) BINS;
    List<DeviceUse> all = new ArrayList<>();
    groups.forEach(
        (name, own) -> {
          double[] busy = new double[BINS];
          own.forEach(
              lane ->
                  lane.spans()
                      .forEach(
                          span ->
                              add(
                                  busy,
                                  (span.begin() - recording.begin()) / width,
                                  (span.end() - recording.begin()) / width)));
          all.add(new DeviceUse(name, own.size(), busy));
        });
    return all;
  }

  private static String name(Lane lane) {
    return switch (lane.kind()) {
      case TASK -> lane.device();
      case TO_DEVICE -> "to " + lane.device();
      case TO_HOST -> "from " + lane.device();
    };
  }

  /** Adds a span to the bins that it touches; begin and end are in bins. */
  private static void add(double[] busy, double begin, double end) {
    int last = (int) Math.min(busy.length - 1.0, Math.floor(end));
    for (int bin = (int) Math.max(0, Math.floor(begin)); bin <= last; bin++) {
      busy[bin] += Math.max(0, Math.min(bin + 1.0, end) - Math.max(bin, begin));
    }
  }
}
