package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.WeftException;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.device.FaultJobs.FaultJob;
import dev.weft.testkit.device.FaultPlan.Kind;
import dev.weft.testkit.session.RegionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every call of a far device, or every so many of them, fails in turn, once and for good, in ten
 * jobs: the result is always right, since the host takes what the device cannot do, even where it
 * runs no kernels else; and nothing is ever left in use.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FaultSweep {
  /** The far device is the better one, so that it gets most of the work. */
  private static final RateSource RATES =
      (host, device) ->
          device == host
              ? new Rates(0.01, 0.01, 1, 1, 1000, 0)
              : new Rates(1, 1, 100, 100, 1000, 100);

  private int sweeps;
  private long faults;
  private long right;

  /** A new device for the host. */
  protected abstract Device host();

  /** A far device on which nothing is live; it is closed after its jobs. */
  protected abstract FarDevice far();

  /** How far a result may be from the host's, relative to it: 0 where both have the same bits. */
  protected double tolerance() {
    return 0;
  }

  @Test
  final void theHostHelps() {
    sweep(true);
    report("with the host's kernels");
  }

  @Test
  final void theHostRunsNoKernels() {
    sweep(false);
    report("with the device alone");
  }

  private void report(String which) {
    System.out.printf(
        "%s, %s: faults injected: %d, jobs with the right result: %d%n",
        getClass().getSimpleName(), which, faults, right);
    assertThat(faults).isGreaterThan(LongSuites.part(1000));
  }

  private void sweep(boolean hostKernels) {
    faults = 0;
    right = 0;
    for (FaultJob job : FaultJobs.ALL) {
      List<double[]> expected = expected(job);
      for (Kind kind : Kind.values()) {
        for (boolean forGood : new boolean[] {false, true}) {
          long which = 1L + sweeps++ % LongSuites.EVERY;
          while (run(job, expected, hostKernels, new FaultPlan(kind, which, forGood), which)) {
            which += LongSuites.EVERY;
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

  /** The same by way of targets that take chunks as they are computed, each once. */
  private static List<double[]> write(Session session, FaultJob job) {
    List<NDArray> arrays = job.arrays().apply(session);
    List<RegionTarget> targets = arrays.stream().map(array -> new RegionTarget()).toList();
    session.computeTo(arrays, List.copyOf(targets));
    for (RegionTarget target : targets) {
      assertThat(target.calls()).containsExactly("open", "commit");
      assertThat(target.regions()).doesNotHaveDuplicates();
    }
    return targets.stream().map(RegionTarget::values).toList();
  }

  /** Whether the call that was to fail has come. */
  private boolean run(
      FaultJob job, List<double[]> expected, boolean hostKernels, FaultPlan plan, long which) {
    String what =
        "%s, %s, call %d, host's kernels %s".formatted(job.name(), plan, which, hostKernels);
    Device host = host();
    FarDevice far = far();
    DeviceGroup group =
        new DeviceGroup(host, hostKernels, List.of(new FaultyDevice(far, plan)), RATES);
    try (Session session = Session.open(SessionConfig.defaults(), group)) {
      // A second job finds what the first one has left: a lost device, say.
      List<Supplier<List<double[]>>> jobs =
          List.of(() -> compute(session, job), () -> write(session, job));
      for (Supplier<List<double[]>> attempt : jobs) {
        check(what, attempt, expected);
        right++;
        assertThat(session.memory().live()).as("%s: bytes in use", what).isZero();
        assertThat(host.memory().live()).as("%s: bytes on the host", what).isZero();
      }
    }
    assertThat(far.memory().live()).as("%s: bytes on the device", what).isZero();
    faults += plan.faults();
    return plan.isReached();
  }

  private void check(String what, Supplier<List<double[]>> attempt, List<double[]> expected) {
    List<double[]> values;
    try {
      values = attempt.get();
    } catch (WeftException e) {
      throw new AssertionError(what + " failed", e);
    }
    assertThat(values).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      double[] result = expected.get(i);
      if (tolerance() == 0) {
        assertThat(values.get(i)).as(what).isEqualTo(result);
        continue;
      }
      assertThat(values.get(i)).as(what).hasSameSizeAs(result);
      for (int j = 0; j < result.length; j++) {
        assertThat(values.get(i)[j])
            .as(what)
            .isCloseTo(result[j], within(tolerance() * Math.abs(result[j])));
      }
    }
  }
}
