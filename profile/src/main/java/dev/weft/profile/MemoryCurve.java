package dev.weft.profile;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.timeline.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of one device over time.
 *
 * @param device the device's name
 * @param limit most bytes that it may hold; 0 where there is no limit
 * @param peak most bytes that it held since the session was opened
 * @param points each as {@code [nanos, bytes]}
 */
record MemoryCurve(String device, long limit, long peak, List<long[]> points) {
  /** A limit above this is none: the disk's. */
  private static final long NO_LIMIT = 1L << 52;

  /** Curves of devices that held something. */
  static List<MemoryCurve> of(List<MemorySamples.Sample> samples, Recording recording) {
    List<MemoryCurve> curves = new ArrayList<>();
    if (samples.isEmpty()) {
      return curves;
    }
    samples
        .getLast()
        .memory()
        .forEach(
            (device, last) -> {
              List<long[]> points = new ArrayList<>();
              for (MemorySamples.Sample sample : samples) {
                MemoryUse use = sample.memory().get(device);
                if (use != null) {
                  long at = Math.clamp(sample.nanos() - recording.begin(), 0, recording.nanos());
                  points.add(new long[] {at, use.live()});
                }
              }
              if (last.peak() > 0) {
                long limit = last.limit() > NO_LIMIT ? 0 : last.limit();
                curves.add(new MemoryCurve(device, limit, last.peak(), points));
              }
            });
    return curves;
  }
}
