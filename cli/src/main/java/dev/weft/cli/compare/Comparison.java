package dev.weft.cli.compare;

import dev.weft.cli.compare.Workload.Prepared;
import dev.weft.core.Devices;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.JobFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes the same arrays on several devices, one after the other: a cold run, a warm-up, the
 * timed runs. The answers of the first and the last run are compared with those of the first device
 * that computed any.
 */
public final class Comparison implements AutoCloseable {
  private final Workload workload;
  private final SessionConfig config;
  private final Pace pace;
  private final double ulps;
  private final boolean limits;
  private final Consumer<String> progress;
  private @Nullable Yardstick yardstick;

  /** The answers that the others are compared with. */
  private record Yardstick(String device, List<HostArray> answers) {}

  /**
   * A comparison.
   *
   * @param config settings of all sessions, but for the device
   * @param ulps distance up to which floating-point answers count as the same
   * @param limits whether what devices can do at most, and their energy, is measured too
   * @param progress is told what is being done
   */
  public Comparison(
      Workload workload,
      SessionConfig config,
      Pace pace,
      double ulps,
      boolean limits,
      Consumer<String> progress) {
    this.workload = workload;
    this.config = config;
    this.pace = pace;
    this.ulps = ulps;
    this.limits = limits;
    this.progress = progress;
  }

  /**
   * Runs on one device, with inputs from the host, and where it has memory of its own with inputs
   * there too.
   *
   * @param resident only with inputs on the device
   */
  public List<Outcome> run(String device, boolean resident) {
    if (Devices.probe(device) instanceof Availability.Unusable(String reason, String remedy)) {
      return List.of(new Outcome.NotRun(device, reason, remedy));
    }
    List<Outcome> outcomes = new ArrayList<>();
    boolean far = false;
    if (!resident) {
      far = run(device, InputsAt.HOST, outcomes);
    }
    if (resident || far && outcomes.getLast() instanceof Outcome.Measured) {
      run(device, InputsAt.DEVICE, outcomes);
    }
    return outcomes;
  }

  /** The answer is whether there is memory of a device's own. */
  private boolean run(String device, InputsAt inputs, List<Outcome> outcomes) {
    PhaseMeter meter = new PhaseMeter();
    progress.accept(device + inputs.suffix() + ": first run");
    boolean far = false;
    try (Session session = Session.open(config.withDevice(device).withListener(meter))) {
      far = session.devices().size() > 1;
      try (Prepared prepared = workload.prepare(session, inputs)) {
        outcomes.add(measure(device, inputs, session, prepared, meter));
      }
    } catch (JobFailedException | DeviceException e) {
      outcomes.add(
          new Outcome.Failed(
              device, inputs, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    return far;
  }

  private Outcome measure(
      String device, InputsAt inputs, Session session, Prepared prepared, PhaseMeter meter) {
    String label = device + inputs.suffix();
    boolean stays = inputs == InputsAt.DEVICE;
    try (TimedRuns job = new TimedRuns(session, prepared.arrays(), meter, stays)) {
      final JobTimes cold = job.run();
      Agreement agreement = agreement(device, prepared.names(), job.answers());
      if (!agreement.agrees()) {
        return new Outcome.Different(device, inputs, agreement);
      }
      progress.accept(label + ": warming up");
      pace.warmUp(() -> job.run().total());
      List<JobTimes> runs = new ArrayList<>();
      for (int i = 1; i <= pace.repeats(); i++) {
        progress.accept("%s: run %d of %d".formatted(label, i, pace.repeats()));
        runs.add(job.run());
      }
      agreement = agreement.and(agreement(device, prepared.names(), job.answers()));
      if (!agreement.agrees()) {
        return new Outcome.Different(device, inputs, agreement);
      }
      EnergyUse energy = limits ? EnergyUse.measure(session, job::run) : EnergyUse.NOT_ASKED;
      job.close();
      progress.accept(label + ": what the device can do at most");
      Limits most =
          limits ? Limits.of(session, cold.work().productType()) : Limits.unknown("not asked for");
      String description = description(session.devices().getLast());
      return new Outcome.Measured(device, inputs, description, cold, runs, agreement, most, energy);
    }
  }

  /** What the device is, and why its products are slower than they could be. */
  private static String description(DeviceInfo device) {
    boolean slow =
        device.details().getOrDefault("matrix products", "").contains("without OpenBLAS");
    return device.description() + (slow ? ", matrix products without OpenBLAS" : "");
  }

  private Agreement agreement(String device, List<String> names, List<HostArray> answers) {
    Yardstick known = yardstick;
    if (known == null) {
      known = new Yardstick(device, answers.stream().map(Comparison::copy).toList());
      yardstick = known;
    }
    return Agreement.of(known.device(), ulps, names, known.answers(), answers);
  }

  /** A copy that outlives the session. */
  private static HostArray copy(HostArray array) {
    HostArray copy = HostArray.allocate(array.dtype(), array.shape());
    copy.segment().copyFrom(array.segment());
    return copy;
  }

  @Override
  public void close() {
    if (yardstick != null) {
      yardstick.answers().forEach(HostArray::close);
    }
  }
}
