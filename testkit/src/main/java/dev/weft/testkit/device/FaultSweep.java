package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.WeftException;
import dev.weft.core.execute.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.testkit.device.FaultJobs.FaultJob;
import dev.weft.testkit.device.FaultPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every call of a far device fails in turn, once and for good, in eight jobs: with the host's help
 * the result is always right, without it the result is right or there is one clear error, and
 * nothing is ever left in use.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FaultSweep {
  /** The far device is the better one, so that it gets most of the work. */
  private static final RateSource RATES =
      (host, device) ->
          device == host
              ? new Rates(0.01, 0.01, 1, 1, 1000, 0)
              : new Rates(1, 1, 100, 100, 1000, 100);

  private long faults;
  private long right;
  private long errors;

  /** A new device for the host. */
  protected abstract Device host();

  /** A new far device. */
  protected abstract EmulatedFarDevice far();

  @Test
  final void theHostHelps() {
    sweep(true);
    assertThat(errors).isZero();
    assertThat(faults).isGreaterThan(1000);
    System.out.printf(
        "with the host, faults injected: %d, right: %d, one clear error: %d%n",
        faults, right, errors);
  }

  @Test
  final void theHostRunsNoKernels() {
    sweep(false);
    assertThat(right).isPositive();
    assertThat(faults).isGreaterThan(1000);
    System.out.printf(
        "without the host, faults injected: %d, right: %d, one clear error: %d%n",
        faults, right, errors);
  }

  private void sweep(boolean hostKernels) {
    for (FaultJob job : FaultJobs.ALL) {
      List<double[]> expected = expected(job);
      for (Kind kind : Kind.values()) {
        for (boolean forGood : new boolean[] {false, true}) {
          long which = 1;
          while (run(job, expected, hostKernels, new FaultPlan(kind, which, forGood), which)) {
            which++;
          }
        }
      }
    }
  }

  private List<double[]> expected(FaultJob job) {
    try (Session session = Session.open(SessionConfig.defaults(), host())) {
      return compute(session, job);
    }
  }

  private static List<double[]> compute(Session session, FaultJob job) {
    List<double[]> values = new ArrayList<>();
    for (HostArray array : session.compute(job.arrays().apply(session))) {
      values.add(array.toDoubleArray());
      array.close();
    }
    return values;
  }

  /** Whether the call that was to fail has come. */
  private boolean run(
      FaultJob job, List<double[]> expected, boolean hostKernels, FaultPlan plan, long which) {
    String what =
        "%s, %s, call %d, host's kernels %s".formatted(job.name(), plan, which, hostKernels);
    Device host = host();
    EmulatedFarDevice far = far();
    DeviceGroup group =
        new DeviceGroup(host, hostKernels, List.of(new FaultyDevice(far, plan)), RATES);
    try (Session session = Session.open(SessionConfig.defaults(), group)) {
      // A second job finds what the first one has left: a lost device, say.
      List<Supplier<List<double[]>>> jobs =
          List.of(() -> compute(session, job), () -> compute(session, job));
      for (Supplier<List<double[]>> attempt : jobs) {
        RuntimeException failure = check(what, attempt, expected, hostKernels);
        if (failure == null) {
          right++;
        } else {
          errors++;
        }
        assertThat(far.memory().live()).as("%s: bytes on the device", what).isZero();
        assertThat(host.memory().live()).as("%s: bytes on the host", what).isZero();
      }
    }
    faults += plan.faults();
    return plan.isReached();
  }

  private static @Nullable RuntimeException check(
      String what, Supplier<List<double[]>> attempt, List<double[]> expected, boolean hostKernels) {
    List<double[]> values;
    try {
      values = attempt.get();
    } catch (WeftException e) {
      assertThat(hostKernels).as("%s failed: %s", what, e).isFalse();
      String causes = e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause());
      assertThat(causes).as(what).containsAnyOf("injected", "no device is left");
      assertThat(e.getSuppressed()).isEmpty();
      return e instanceof JobFailedException ? e : new JobFailedException("refused", e);
    }
    assertThat(values).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).as(what).isEqualTo(expected.get(i));
    }
    return null;
  }
}
