package dev.weft.testkit.device;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import org.jspecify.annotations.Nullable;

/**
 * Which call of a device fails: the k-th of a kind, and for good if so wanted. Counts all calls of
 * the kind, so that a test knows when k was larger than their number. Safe for many threads.
 */
public final class FaultPlan {
  /** A kind of call that can fail. */
  public enum Kind {
    /** There is no memory. */
    ALLOCATE,
    /** A copy to the device. */
    COPY_IN,
    /** A copy to the host. */
    COPY_OUT,
    /** A launch, which fails when it should end. */
    LAUNCH,
    /** A compilation. */
    COMPILE,
    /** Any of these calls; from then on the device is lost. */
    LOSS
  }

  private final Kind kind;
  private final long which;
  private final boolean forGood;
  private long calls;
  private long faults;
  private boolean lost;

  /**
   * A plan for one fault, or for all from one on.
   *
   * @param which the first call that fails, counted from 1
   */
  public FaultPlan(Kind kind, long which, boolean forGood) {
    this.kind = kind;
    this.which = which;
    this.forGood = forGood;
  }

  /** The failure of this call, or null when it goes well. */
  synchronized @Nullable DeviceException next(Kind call, String device) {
    if (lost) {
      faults++;
      return new DeviceLostException(device + ": an injected loss, earlier", null);
    }
    if (call != kind && kind != Kind.LOSS) {
      return null;
    }
    calls++;
    if (forGood ? calls < which : calls != which) {
      return null;
    }
    faults++;
    return switch (kind) {
      case LOSS -> {
        lost = true;
        yield new DeviceLostException(device + ": an injected loss", null);
      }
      case ALLOCATE -> new DeviceMemoryException(device + ": an injected lack of memory");
      case COPY_IN, COPY_OUT, LAUNCH, COMPILE ->
          new DeviceException(device + ": an injected fault of " + kind);
    };
  }

  /** Whether the call that was to fail has come. */
  public synchronized boolean isReached() {
    return calls >= which;
  }

  /** Calls that have failed. */
  public synchronized long faults() {
    return faults;
  }

  @Override
  public String toString() {
    return kind + (forGood ? " for good" : " once");
  }
}
