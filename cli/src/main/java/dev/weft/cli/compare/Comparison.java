package dev.weft.cli.compare;

import dev.weft.cli.compare.Workload.Prepared;
import dev.weft.core.Devices;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
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
  private final Consumer<String> progress;
  private @Nullable Yardstick yardstick;

  /** The answers that the others are compared with. */
  private record Yardstick(String device, List<HostArray> answers) {}

  /**
   * A comparison.
   *
   * @param config settings of all sessions, but for the device
   * @param ulps distance up to which floating-point answers count as the same
   * @param progress is told what is being done
   */
  public Comparison(
      Workload workload, SessionConfig config, Pace pace, double ulps, Consumer<String> progress) {
    this.workload = workload;
    this.config = config;
    this.pace = pace;
    this.ulps = ulps;
    this.progress = progress;
  }

  /** Runs on one device. */
  public Outcome run(String device) {
    if (Devices.probe(device) instanceof Availability.Unusable(String reason, String remedy)) {
      return new Outcome.NotRun(device, reason, remedy);
    }
    PhaseMeter meter = new PhaseMeter();
    progress.accept(device + ": first run");
    try (Session session = Session.open(config.withDevice(device).withListener(meter));
        Prepared prepared = workload.prepare(session)) {
      return measure(device, session, prepared, meter);
    } catch (JobFailedException | DeviceException e) {
      return new Outcome.Failed(device, String.valueOf(e.getMessage()));
    }
  }

  private Outcome measure(String device, Session session, Prepared prepared, PhaseMeter meter) {
    TimedRuns job = new TimedRuns(session, prepared.arrays(), meter);
    final JobTimes cold = job.run();
    Agreement agreement = agreement(device, prepared.names(), job.answers());
    if (agreement.agrees()) {
      progress.accept(device + ": warming up");
      pace.warmUp(() -> job.run().total());
      List<JobTimes> runs = new ArrayList<>();
      for (int i = 1; i <= pace.repeats(); i++) {
        progress.accept("%s: run %d of %d".formatted(device, i, pace.repeats()));
        runs.add(job.run());
      }
      agreement = agreement.and(agreement(device, prepared.names(), job.answers()));
      if (agreement.agrees()) {
        String description = description(session.devices().getFirst());
        job.close();
        return new Outcome.Measured(device, description, cold, runs, agreement);
      }
    }
    job.close();
    return new Outcome.Different(device, agreement);
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

  /** Runs the job again and again; keeps the answers of the last run. */
  private static final class TimedRuns implements AutoCloseable {
    private final Session session;
    private final List<NDArray> arrays;
    private final PhaseMeter meter;
    private final long bytesWritten;
    private List<HostArray> answers = List.of();

    TimedRuns(Session session, List<NDArray> arrays, PhaseMeter meter) {
      this.session = session;
      this.arrays = arrays;
      this.meter = meter;
      this.bytesWritten = arrays.stream().mapToLong(NDArray::nbytes).sum();
    }

    JobTimes run() {
      close();
      long begun = System.nanoTime();
      answers = session.compute(arrays);
      return meter.times(System.nanoTime() - begun, bytesWritten);
    }

    List<HostArray> answers() {
      return answers;
    }

    @Override
    public void close() {
      answers.forEach(HostArray::close);
      answers = List.of();
    }
  }
}
