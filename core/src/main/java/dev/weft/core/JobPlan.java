package dev.weft.core;

import dev.weft.core.event.JobEvent;
import dev.weft.core.expr.ComplexPair;
import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Structure;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Fuser;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.ChunkSize;
import java.util.HashSet;
import java.util.List;

/**
 * The way from expressions to a plan.
 *
 * @param roots what was asked for
 * @param steps what each optimiser pass made of it, kept for {@code explain} only
 * @param plan the tasks
 * @param nanos time taken
 */
record JobPlan(List<Expr> roots, List<Optimizer.Step> steps, Plan plan, long nanos) {

  /** What listeners hear of it. */
  JobEvent.Planned event(long job) {
    return new JobEvent.Planned(
        job,
        System.nanoTime(),
        plan.graph().stages(),
        plan.tasks(),
        plan.bytesRead(),
        plan.denseBytes(),
        nanos);
  }

  /**
   * Plans a job from the start.
   *
   * @param choice whether there are several devices; hints say nothing to one alone
   * @param destinations where each result goes
   */
  static JobPlan of(
      List<Expr> roots,
      SessionConfig config,
      ChunkSize chunkSize,
      boolean choice,
      List<Destination> destinations) {
    long start = System.nanoTime();
    List<Expr> wanted = wanted(roots, choice);
    List<Optimizer.Step> steps = optimize(wanted, config, chunkSize);
    List<Expr> optimized = steps.isEmpty() ? wanted : steps.getLast().roots();
    Plan plan = new Plan(Fuser.fuse(optimized, destinations, config.memoryLimit()));
    return new JobPlan(roots, steps, plan, System.nanoTime() - start);
  }

  /**
   * Plans a job with the stages of an equal expression where there are any; then the passes that
   * made them are not told.
   *
   * @param destinations where each result goes
   */
  static JobPlan of(
      List<Expr> roots,
      SessionConfig config,
      ChunkSize chunkSize,
      boolean choice,
      List<Destination> destinations,
      PlanCache known) {
    long start = System.nanoTime();
    List<Expr> wanted = wanted(roots, choice);
    Structure structure = Structure.of(wanted);
    StageGraph graph = structure == null ? null : known.get(structure, destinations);
    if (graph == null) {
      List<Optimizer.Step> steps = optimize(wanted, config, chunkSize);
      List<Expr> optimized = steps.isEmpty() ? wanted : steps.getLast().roots();
      graph = Fuser.fuse(optimized, destinations, config.memoryLimit());
      if (structure != null) {
        known.put(structure, destinations, graph);
      }
    }
    return new JobPlan(roots, List.of(), new Plan(graph), System.nanoTime() - start);
  }

  /** The plan of a job that is not to be run but told of, with what passes made of it. */
  static JobPlan explained(List<NDArray> arrays, Session session) {
    boolean choice = session.openDevices().all().size() > 1;
    List<Expr> exprs = arrays.stream().map(array -> session.own(array).expr()).toList();
    List<Destination> destinations = Destinations.of(arrays, List.of(), session.chunkSize());
    return of(exprs, session.config(), session.chunkSize(), choice, destinations);
  }

  private static List<Expr> wanted(List<Expr> roots, boolean choice) {
    List<Expr> stored = roots.stream().map(ComplexPair::stored).toList();
    return choice ? stored : DeviceHints.take(stored).roots();
  }

  private static List<Optimizer.Step> optimize(
      List<Expr> wanted, SessionConfig config, ChunkSize chunkSize) {
    return config.optimize()
        ? new Optimizer(chunkSize, new HashSet<>(config.disabledPasses())).run(wanted)
        : List.of();
  }
}
