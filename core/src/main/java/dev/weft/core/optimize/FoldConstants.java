package dev.weft.core.optimize;

import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.op.Interpretation;
import java.util.List;

/**
 * Computes what is known already.
 *
 * <pre>{@code
 * add(2, 3)           ->  5
 * view(fill 2)        ->  fill 2
 * cast(fill 2, int8)  ->  fill 2
 * }</pre>
 *
 * Functions with a tolerance are left alone: folding them could change the last bit.
 */
final class FoldConstants implements Pass {
  @Override
  public String name() {
    return "fold constants";
  }

  @Override
  public List<Expr> apply(List<Expr> roots) {
    return Graphs.rewrite(roots, (was, node) -> fold(node));
  }

  private static Expr fold(Expr node) {
    return switch (node) {
      case Expr.Elementwise e -> elementwise(e);
      case Expr.Cast(Expr.Fill fill, Expr.Type type) ->
          new Expr.Fill(Interpretation.convert(fill.value(), type.dtype()), type);
      case Expr.ViewOf view when view.input() instanceof Expr.Fill fill ->
          new Expr.Fill(fill.value(), view.type());
      case Expr.Reshape(Expr.Fill fill, Expr.Type type) -> new Expr.Fill(fill.value(), type);
      case Expr.Rechunk(Expr.Fill fill, String why, Expr.Type type) ->
          new Expr.Fill(fill.value(), type);
      case Expr.Hint(Expr.Fill fill, String device, Expr.Type type) ->
          new Expr.Fill(fill.value(), type);
      default -> node;
    };
  }

  private static Expr elementwise(Expr.Elementwise e) {
    Scalar[] args = new Scalar[e.inputs().size()];
    for (int i = 0; i < args.length; i++) {
      if (e.op().ulps() > 0 || !(e.inputs().get(i) instanceof Expr.Fill fill)) {
        return e;
      }
      args[i] = fill.value();
    }
    return new Expr.Fill(Interpretation.evaluate(e.op(), e.dtype(), args), e.type());
  }
}
