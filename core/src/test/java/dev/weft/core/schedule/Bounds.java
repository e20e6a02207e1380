package dev.weft.core.schedule;

import java.util.Arrays;

/** Makespans below which no schedule can come. Times may be in any unit. */
final class Bounds {
  private static final int STEPS = 100;

  private Bounds() {}

  /**
   * Work that can be cut at will: device d alone needs {@code alone[d]}, so that together they do
   * sum(1 / alone[d]) of it in a unit of time.
   */
  static double shared(double... alone) {
    return 1 / Arrays.stream(alone).map(time -> 1 / time).sum();
  }

  /**
   * Work of which device d does the part {@code speeds[d]} in a unit of time until {@code until[d]}
   * and the part {@code after[d]} from then on.
   */
  static double changing(double[] speeds, double[] until, double[] after) {
    double low = 0;
    double high = 1e15;
    for (int i = 0; i < 200; i++) {
      double time = (low + high) / 2;
      double done = 0;
      for (int d = 0; d < speeds.length; d++) {
        done += speeds[d] * Math.min(time, until[d]) + after[d] * Math.max(0, time - until[d]);
      }
      if (done < 1) {
        low = time;
      } else {
        high = time;
      }
    }
    return high;
  }

  /**
   * Passes over the same data, each of which must end before the next one can: the host needs
   * {@code host[p]} for all of pass p, a device {@code device[p]}, and the data take {@code link}
   * to get there. Of what the device does in a pass, it can have no more than {@code kept} of the
   * data from before, and in all passes so far no more than the link could have brought. The parts
   * of the device are searched in steps; each step is given the benefit of the doubt.
   */
  static double passes(double[] host, double[] device, double link, double kept) {
    return passes(host, device, link, kept, 0, 0);
  }

  private static double passes(
      double[] host, double[] device, double link, double kept, int pass, double before) {
    if (pass == host.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= STEPS; step++) {
      double low = Math.max(0, (step - 1.0) / STEPS);
      double high = (double) step / STEPS;
      double fresh = pass == 0 ? 0 : kept;
      double time = Math.max(low * device[pass], (1 - high) * host[pass]);
      time = Math.max(time, (low - fresh) * link);
      time = Math.max(time, low * link - before);
      if (time < least) {
        double rest =
            pass + 1 == host.length ? 0 : passes(host, device, link, kept, pass + 1, before + time);
        least = Math.min(least, time + rest);
      }
    }
    return least;
  }
}
