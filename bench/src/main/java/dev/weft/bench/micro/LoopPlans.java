package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How long loops of lazy steps take to plan: {@code bench/micro loops [steps]}. The first time and,
 * over other data of equal shapes, again; planning must be linear in the steps.
 */
public final class LoopPlans {
  private static final int ELEMENTS = 64;

  private final List<JobEvent.Planned> planned = new ArrayList<>();
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withListener(this::listen));

  private LoopPlans() {}

  /** Prints a line for each kind of step. */
  public static void main(String[] args) {
    int most = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    LoopPlans bench = new LoopPlans();
    try (Session session = bench.session) {
      // The first round warms the JVM.
      bench.round(Math.min(most, 1000), false);
      IO.println(
          "%-18s %8s %8s %10s %12s %12s"
              .formatted("step", "steps", "stages", "tasks", "first, ms", "again, ms"));
      bench.round(most, true);
    }
  }

  private void listen(JobEvent event) {
    if (event instanceof JobEvent.Planned plan) {
      planned.add(plan);
    }
  }

  private void round(int most, boolean print) {
    for (Map.Entry<String, UnaryOperator<NDArray>> kind : kinds().entrySet()) {
      for (int steps = 10; steps <= most; steps *= 10) {
        JobEvent.Planned first = plan(kind.getValue(), steps);
        JobEvent.Planned again = plan(kind.getValue(), steps);
        if (print) {
          IO.println(
              "%-18s %,8d %,8d %,10d %12.2f %12.2f"
                  .formatted(
                      kind.getKey(),
                      steps,
                      first.stages().size(),
                      first.tasks(),
                      first.planNanos() / 1e6,
                      again.planNanos() / 1e6));
        }
      }
    }
  }

  private JobEvent.Planned plan(UnaryOperator<NDArray> step, int steps) {
    NDArray z = session.random(steps).uniform(ELEMENTS).persist();
    for (int i = 0; i < steps; i++) {
      z = step.apply(z);
    }
    try (HostArray ignored = z.compute()) {
      return planned.getLast();
    }
  }

  private Map<String, UnaryOperator<NDArray>> kinds() {
    NDArray y = session.random(1).uniform(ELEMENTS).persist();
    Map<String, UnaryOperator<NDArray>> kinds = new LinkedHashMap<>();
    kinds.put("add 1", z -> z.add(1));
    kinds.put("halve, add y", z -> z.multiply(0.5).add(y));
    kinds.put("where", z -> z.greater(0.5).where(z.multiply(0.5), z.add(0.25)));
    kinds.put("flip, add 1", z -> z.flip().add(1));
    kinds.put("stencil by slices", this::stencil);
    kinds.put("roll", z -> z.roll(1, 0));
    kinds.put("roll, add", z -> z.add(z.roll(1, 0)).multiply(0.5));
    kinds.put("subtract mean", z -> z.subtract(z.mean()));
    kinds.put("cumsum, halve", z -> z.cumsum(0).multiply(0.5));
    kinds.put("concatenate", z -> session.concatenate(0, z.slice("32:"), y.slice(":32")).add(1));
    return kinds;
  }

  private NDArray stencil(NDArray z) {
    NDArray middle = z.slice("1:-1").add(z.slice(":-2")).add(z.slice("2:")).divide(3);
    return session.concatenate(0, z.slice(":1"), middle, z.slice("-1:"));
  }
}
