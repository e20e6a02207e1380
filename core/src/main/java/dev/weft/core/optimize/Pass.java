package dev.weft.core.optimize;

import dev.weft.core.expr.Expr;
import java.util.List;

/** One step of the optimiser: equal values, shapes and types, less work. */
public interface Pass {
  /** The name by which the pass is shown and switched off. */
  String name();

  /** Roots that compute the same as {@code roots}; the same list elements where nothing changed. */
  List<Expr> apply(List<Expr> roots);
}
