package dev.weft.profile;

import dev.weft.core.device.Device.MemoryUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory in use over time, in at most {@value #MOST} samples however long the job is: when they are
 * full, every other one is dropped and they are taken half as often. Not safe for many threads.
 */
final class MemorySamples {
  static final int MOST = 2_000;
  private static final long FIRST_INTERVAL = 1_000_000;

  private final List<Sample> samples = new ArrayList<>();
  private long interval = FIRST_INTERVAL;

  /**
   * What all devices held at one moment.
   *
   * @param nanos when
   * @param memory by the device's name
   */
  record Sample(long nanos, Map<String, MemoryUse> memory) {
    Sample {
      // In the given order: the host first, the disk last.
      memory = Collections.unmodifiableMap(new LinkedHashMap<>(memory));
    }
  }

  /** Whether the last sample is old enough for another. */
  boolean isDue(long nanos) {
    return samples.isEmpty() || nanos - samples.getLast().nanos() >= interval;
  }

  /** Takes a sample; one that is older than the last is left out. */
  void add(long nanos, Map<String, MemoryUse> memory) {
    if (!samples.isEmpty() && nanos < samples.getLast().nanos()) {
      return;
    }
    if (samples.size() == MOST) {
      for (int kept = 1; kept < samples.size(); kept++) {
        samples.remove(kept);
      }
      interval *= 2;
    }
    samples.add(new Sample(nanos, memory));
  }

  List<Sample> all() {
    return List.copyOf(samples);
  }
}
