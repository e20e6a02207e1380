package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.place.Work;
import dev.weft.core.place.Workload;
import dev.weft.core.plan.Plan;

/**
 * How a device really behaves, whatever the scheduler believes.
 *
 * @param place what the scheduler is told
 * @param rates how fast it is
 * @param slowAt when kernels become slower, in nanoseconds
 * @param slowBy by which factor
 * @param failsAt when it is lost
 */
record SimulatedDevice(Place place, Rates rates, double slowAt, double slowBy, double failsAt) {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** A device that is as fast as the scheduler is told. */
  static SimulatedDevice of(Place place) {
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
  double nanos(Work work) {
    double atWork = Math.max(work.bytes() / rates.memory(), work.additions() / rates.arithmetic());
    return rates.launchNanos() + place.slots() * atWork;
  }

  /** When a task ends that begins now. */
  double end(Work work, double now) {
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

  /** Time of all tasks of a stage, on all slots, at full speed. */
  double kernels(Plan plan, int stage) {
    Workload workload = new Workload(plan.graph().stages());
    double sum = 0;
    for (long chunk = 0; chunk < plan.chunks(stage); chunk++) {
      sum += nanos(workload.of(stage, chunk)) / place.slots();
    }
    return sum;
  }
}
