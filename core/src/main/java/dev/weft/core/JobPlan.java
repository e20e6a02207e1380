package dev.weft.core;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Hints;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Fuser;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.ChunkSize;
import java.util.HashSet;
import java.util.List;

/**
 * The way from expressions to a plan, kept for {@code explain}.
 *
 * @param roots what was asked for
 * @param steps what each optimiser pass made of it
 * @param plan the tasks
 * @param nanos time taken
 */
record JobPlan(List<Expr> roots, List<Optimizer.Step> steps, Plan plan, long nanos) {

  /**
   * Plans a job.
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
    List<Expr> wanted = choice ? roots : Hints.take(roots).roots();
    List<Optimizer.Step> steps =
        config.optimize()
            ? new Optimizer(chunkSize, new HashSet<>(config.disabledPasses())).run(wanted)
            : List.of();
    List<Expr> optimized = steps.isEmpty() ? wanted : steps.getLast().roots();
    Plan plan = new Plan(Fuser.fuse(optimized, destinations));
    return new JobPlan(roots, steps, plan, System.nanoTime() - start);
  }
}
