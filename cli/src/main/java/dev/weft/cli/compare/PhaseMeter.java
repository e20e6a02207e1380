package dev.weft.cli.compare;

import dev.weft.core.dtype.DType;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.plan.StageWork;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides the time of a job among its phases, by its events. While several tasks and copies run at
 * once, the time is shared between their phases in proportion, so that phases add up to no more
 * than the time that has passed. Safe for many threads; measures one job after the other.
 *
 * <pre>
 * slot 1   kernel  kernel  kernel  reduce
 * slot 2   kernel  kernel  reduce           four units in all: kernel 2.5, reduce 1.5
 * </pre>
 */
public final class PhaseMeter implements EventListener {
  private static final Phase[] PHASES = Phase.values();

  /** A change is a time, a phase and a direction in one number, so that a million can be kept. */
  private static final int SHIFT = 4;

  private final Set<Phase> known = EnumSet.noneOf(Phase.class);
  private List<Stage> stages = List.of();
  private JobWork work = new JobWork(0, 0, 0, null);
  private long[] changes = new long[64];
  private int count;
  private long planBegun;
  private long begun;
  private boolean started;

  @Override
  public synchronized void on(JobEvent event) {
    switch (event) {
      case JobEvent.Planned plan -> {
        known.clear();
        // A plan that is used again has the same list.
        work = plan.stages() == stages ? work : work(plan);
        stages = plan.stages();
        planBegun = plan.nanos() - plan.planNanos();
        started = false;
        count = 0;
        for (Stage stage : stages) {
          known.add(phase(stage.id()));
        }
      }
      case JobEvent.TasksPlanned plan -> {}
      case JobEvent.TaskRetried retried -> {}
      case JobEvent.CopyRetried retried -> {}
      case JobEvent.TaskFailed failed -> {}
      case JobEvent.TaskStarted task -> begin(task.nanos());
      case JobEvent.TaskFinished task ->
          // Only its time in a slot: before that it waited for other tasks.
          spent(phase(task.stage()), task.nanos(), task.took());
      case JobEvent.TaskRefused task -> {}
      case JobEvent.CopyStarted copy -> begin(copy.nanos());
      case JobEvent.CopyFinished copy -> {
        // Only its time on the link: before that it waited for other copies.
        Phase phase = copy.toHost() ? Phase.DEVICE_TO_HOST : Phase.HOST_TO_DEVICE;
        known.add(phase);
        spent(phase, copy.nanos(), copy.took());
      }
      case JobEvent.CopyFound copy -> {}
      case JobEvent.DeviceLost lost -> {}
      case JobEvent.Finished end -> {}
    }
  }

  private void begin(long nanos) {
    if (!started) {
      started = true;
      begun = nanos;
    }
  }

  private void spent(Phase phase, long end, long took) {
    change(end - took, phase, true);
    change(end, phase, false);
  }

  private void change(long nanos, Phase phase, boolean begins) {
    if (count == changes.length) {
      changes = Arrays.copyOf(changes, 2 * count);
    }
    long since = Math.max(0, nanos - planBegun);
    changes[count++] = (since << SHIFT) | (phase.ordinal() << 1) | (begins ? 1 : 0);
  }

  private static JobWork work(JobEvent.Planned plan) {
    StageWork prices = new StageWork(plan.stages());
    double additions = 0;
    double products = 0;
    DType type = null;
    for (Stage stage : plan.stages()) {
      double price = prices.additions(stage.id());
      additions += price;
      if (stage.work() instanceof Work.Library library
          && library.kernel().routine() == LibraryKernel.Routine.MATMUL) {
        products += price;
        type = type == null ? stage.outputs().getFirst().array().dtype() : type;
      }
    }
    return new JobWork(plan.bytesRead(), additions, products, type);
  }

  private Phase phase(int stage) {
    return switch (stages.get(stage).work()) {
      case Work.Fused fused -> Phase.KERNEL;
      case Work.Rows rows -> Phase.KERNEL;
      case Work.Library library -> Phase.KERNEL;
      case Work.Host host -> Phase.KERNEL;
      case Work.Combine combine -> Phase.REDUCE;
      case Work.Write write -> Phase.DEVICE_TO_HOST;
    };
  }

  /**
   * The times of the job that has ended.
   *
   * @param total nanoseconds that it took, seen by the caller
   * @param bytesWritten bytes of its results
   */
  synchronized JobTimes times(long total, long bytesWritten) {
    Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    double[] spent = shares();
    known.forEach(phase -> phases.put(phase, Math.round(spent[phase.ordinal()])));
    if (started) {
      phases.put(Phase.COMPILE, begun - planBegun);
    }
    return new JobTimes(
        phases,
        total,
        new JobWork(
            work.bytes() + bytesWritten, work.additions(), work.products(), work.productType()));
  }

  /** Goes through all changes by time; threads have reported them in any order. */
  private double[] shares() {
    long[] sorted = Arrays.copyOf(changes, count);
    Arrays.sort(sorted);
    double[] spent = new double[PHASES.length];
    int[] running = new int[PHASES.length];
    int all = 0;
    long last = 0;
    for (long change : sorted) {
      long now = change >> SHIFT;
      for (int phase = 0; all > 0 && phase < spent.length; phase++) {
        spent[phase] += (double) (now - last) * running[phase] / all;
      }
      last = now;
      int direction = (change & 1) == 1 ? 1 : -1;
      running[(int) (change >> 1) & 7] += direction;
      all += direction;
    }
    return spent;
  }
}
