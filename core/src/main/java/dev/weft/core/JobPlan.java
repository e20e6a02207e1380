package dev.weft.core;

import dev.weft.core.expr.Expr;
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

  static JobPlan of(List<Expr> roots, SessionConfig config, ChunkSize chunkSize) {
    long start = System.nanoTime();
    List<Optimizer.Step> steps =
        config.optimize()
            ? new Optimizer(chunkSize, new HashSet<>(config.disabledPasses())).run(roots)
            : List.of();
    List<Expr> optimized = steps.isEmpty() ? roots : steps.getLast().roots();
    Plan plan = new Plan(Fuser.fuse(optimized));
    return new JobPlan(roots, steps, plan, System.nanoTime() - start);
  }
}
