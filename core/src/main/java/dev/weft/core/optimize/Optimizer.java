package dev.weft.core.optimize;

import dev.weft.core.error.InternalException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.ChunkSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs the passes in order and keeps what each of them did. */
public final class Optimizer {
  /** What one pass uncovers for another is done after two or three rounds. */
  private static final int MAX_ROUNDS = 8;

  private final List<Pass> passes;

  /** The standard passes but those whose names are in {@code disabled}. */
  public Optimizer(ChunkSize chunkSize, Set<String> disabled) {
    List<Pass> standard =
        List.of(
            new FoldConstants(),
            new Simplify(),
            new MergeCommon(),
            new PushViews(),
            new AlignChunks(chunkSize));
    List<String> names = standard.stream().map(Pass::name).toList();
    for (String name : disabled) {
      if (!names.contains(name)) {
        throw new UsageException(
            "optimiser pass '%s' is unknown; use one of %s".formatted(name, names));
      }
    }
    this.passes = standard.stream().filter(pass -> !disabled.contains(pass.name())).toList();
  }

  /**
   * What one pass made of the expression.
   *
   * @param pass its name
   * @param roots the expression afterwards
   * @param changed whether it differs from the one before
   * @param nanos time taken
   */
  public record Step(String pass, List<Expr> roots, boolean changed, long nanos) {}

  /**
   * Runs all passes, and again as long as they find something to do. The last step holds the
   * result; the list is empty without passes. Later rounds are listed where they changed something.
   */
  public List<Step> run(List<Expr> roots) {
    List<Step> steps = new ArrayList<>(passes.size());
    List<Expr> current = roots;
    boolean changed = true;
    for (int round = 0; changed && round < MAX_ROUNDS; round++) {
      changed = false;
      for (Pass pass : passes) {
        Step step = step(pass, current);
        if (round == 0 || step.changed()) {
          steps.add(step);
        }
        changed |= step.changed();
        current = step.roots();
      }
    }
    return steps;
  }

  private static Step step(Pass pass, List<Expr> roots) {
    long start = System.nanoTime();
    List<Expr> next = pass.apply(roots);
    long nanos = System.nanoTime() - start;
    verify(pass, roots, next);
    return new Step(pass.name(), next, !same(roots, next), nanos);
  }

  private static void verify(Pass pass, List<Expr> before, List<Expr> after) {
    for (int i = 0; i < before.size(); i++) {
      Expr was = before.get(i);
      Expr is = after.get(i);
      if (was.dtype() != is.dtype() || !was.shape().equals(is.shape())) {
        throw new InternalException(
            "pass '%s' turned %s%s into %s%s:%n%s"
                .formatted(
                    pass.name(),
                    was.dtype(),
                    was.shape(),
                    is.dtype(),
                    is.shape(),
                    ExprText.of(before)));
      }
    }
  }

  private static boolean same(List<Expr> before, List<Expr> after) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != after.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Number of distinct nodes. */
  public static int size(List<Expr> roots) {
    return Graphs.topological(roots).size();
  }
}
