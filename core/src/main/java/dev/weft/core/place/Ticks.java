package dev.weft.core.place;

import java.util.concurrent.locks.LockSupport;

/** The time by which rates are measured. */
interface Ticks {
  /** The machine's. */
  Ticks SYSTEM =
      new Ticks() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void rest(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  /** Nanoseconds since some moment. */
  long nanos();

  /** Lets others use the machine for a while. */
  void rest(long nanos);
}
