package dev.weft.cli.compare;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.place.Rates;
import org.jspecify.annotations.Nullable;

/**
 * What the devices of a session can do together at most, as it was measured on this machine.
 *
 * @param memory bytes a nanosecond that kernels read and write; 0 where it is not known
 * @param arithmetic additions a nanosecond; 0 where it is not known
 * @param products multiplications and additions a nanosecond of the best matrix product; 0 where
 *     none was measured, as the job has none
 * @param unknown why nothing is known; empty where it is
 */
public record Limits(double memory, double arithmetic, double products, String unknown) {
  private static final long SMALLEST_SIDE = 256;
  private static final long LARGEST_SIDE = 8192;
  private static final int TRIES = 3;

  /** A product that takes so long is large. */
  private static final long ENOUGH_NANOS = 20_000_000;

  static Limits unknown(String reason) {
    return new Limits(0, 0, 0, reason);
  }

  /** Measures what has not been measured before; products each time. */
  static Limits of(Session session, @Nullable DType products) {
    try {
      double memory = 0;
      double arithmetic = 0;
      for (Rates rates : session.measuredRates().values()) {
        memory += rates.memory();
        arithmetic += rates.arithmetic();
      }
      return new Limits(
          memory, arithmetic, products == null ? 0 : bestProduct(session, products), "");
    } catch (DeviceException full) {
      return unknown(String.valueOf(full.getMessage()));
    }
  }

  /** Of products of growing size, until one takes long enough. */
  private static double bestProduct(Session session, DType dtype) {
    double best = 0;
    long fastest = 0;
    for (long side = SMALLEST_SIDE;
        side <= LARGEST_SIDE && fastest < ENOUGH_NANOS && fits(session, side);
        side *= 2) {
      fastest = Long.MAX_VALUE;
      try (NDArray a = session.random(1).uniform(dtype, side, side).persist();
          NDArray b = session.random(2).uniform(dtype, side, side).persist()) {
        NDArray product = a.matmul(b);
        for (int i = 0; i < TRIES; i++) {
          long begun = System.nanoTime();
          NDArray there = product.persist();
          fastest = Math.min(fastest, System.nanoTime() - begun);
          there.close();
        }
      }
      best = Math.max(best, 2.0 * side * side * side / Math.max(1, fastest));
    }
    return best;
  }

  private static boolean fits(Session session, long side) {
    return 8 * 4 * side * side < session.memory().limit() - session.memory().live();
  }

  /** Share of the memory's bandwidth that a run has reached; NaN where that is not known. */
  double ofMemory(JobTimes run) {
    return unknown.isEmpty() ? run.bandwidth() / memory : Double.NaN;
  }

  /** Share of the arithmetic of the best product that a run has reached; NaN where not known. */
  double ofProducts(JobTimes run) {
    return products > 0 ? run.work().products() / Math.max(1, run.total()) / products : Double.NaN;
  }

  /** Additions a nanosecond that the job could reach at most, were there nothing to move. */
  double top() {
    return Math.max(arithmetic, products);
  }
}
