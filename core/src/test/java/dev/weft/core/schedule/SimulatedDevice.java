package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.StageWork;
import dev.weft.core.plan.TaskWork;

/**
 * How a device really behaves, whatever the scheduler believes.
 *
 * @param place what the scheduler is told
 * @param rates how fast it is
 * @param slowAt when kernels become slower, in nanoseconds
 * @param slowBy by which factor
 * @param failsAt when it is lost
 */
public record SimulatedDevice(
    Place place, Rates rates, double slowAt, double slowBy, double failsAt) {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** A device that is as fast as the scheduler is told. */
  public static SimulatedDevice of(Place place) {
    return new SimulatedDevice(place, place.rates(), NEVER, 1, NEVER);
  }

  SimulatedDevice slowing(double at, double by) {
    return new SimulatedDevice(place, rates, at, by, failsAt);
  }

  SimulatedDevice failing(double at) {
    return new SimulatedDevice(place, rates, slowAt, slowBy, at);
  }

  SimulatedDevice truly(Rates other) {
    return new SimulatedDevice(place, other, slowAt, slowBy, failsAt);
  }

  /** Time of a task in its slot at full speed. */
  double nanos(TaskWork work) {
    double atWork = Math.max(work.bytes() / rates.memory(), work.additions() / rates.arithmetic());
    return rates.launchNanos() + place.slots() * atWork;
  }

  /** When a task ends that begins now. */
  double end(TaskWork work, double now) {
    double nanos = nanos(work);
    double fast = Math.clamp(slowAt - now, 0, nanos);
    return now + fast + (nanos - fast) * slowBy;
  }

  double in(long bytes) {
    return rates.copyNanos() + bytes / rates.in();
  }

  double out(long bytes) {
    return rates.copyNanos() + bytes / rates.out();
  }

  /** Time of all tasks of a stage, on all slots, at full speed, each started alone. */
  double kernels(Plan plan, int stage) {
    StageWork workload = new StageWork(plan.graph().stages());
    double sum = 0;
    for (long chunk = 0; chunk < plan.chunks(stage); chunk++) {
      sum += nanos(workload.of(stage, chunk)) / place.slots();
    }
    return sum;
  }

  /** The same device without the time that it takes to start work. */
  SimulatedDevice withoutLaunches() {
    Rates free =
        new Rates(
            rates.memory(), rates.arithmetic(), rates.in(), rates.out(), 0, rates.copyNanos());
    return truly(free);
  }
}
