package dev.weft.core.expr;

import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;

/** Joins chunks where operations have left a grid much finer than automatic, and says why. */
public final class Coarsening {
  private Coarsening() {}

  /**
   * What is kept of an array that is persisted: the array itself, or in larger chunks. A grid that
   * was just asked for, by {@code rechunk} or for a source, stays.
   */
  public static Expr forKeeping(Expr expr, ChunkSize size) {
    boolean asked = expr instanceof Expr.Rechunk || expr instanceof Expr.Source;
    return asked ? expr : joined(expr, size);
  }

  /** A concatenation, or in larger chunks where parts and their seams leave many small ones. */
  public static Expr ofParts(Expr concatenation, ChunkSize size) {
    return joined(concatenation, size);
  }

  private static Expr joined(Expr expr, ChunkSize size) {
    Chunks grid = expr.chunks();
    Chunks joined = size.joined(grid, expr.dtype());
    return grid.equals(joined)
        ? expr
        : Exprs.rechunk(expr, joined, size.whyJoined(grid, expr.dtype()));
  }
}
