package dev.weft.core.plan;

import dev.weft.core.NDArray;
import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Fuser;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.shape.ChunkSize;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Plans of lazy arrays, made as a session makes them. */
public final class Plans {
  private Plans() {}

  /** The plan that computes the arrays. */
  public static Plan of(NDArray... arrays) {
    return of(new Destination.Memory(), arrays);
  }

  /** The plan that computes the arrays and leaves them on the devices that make them. */
  public static Plan resident(NDArray... arrays) {
    return of(new Destination.Devices(), arrays);
  }

  /** The plan that computes the arrays for one kind of destination. */
  public static Plan of(Destination destination, NDArray... arrays) {
    List<Expr> roots = List.of(arrays).stream().map(NDArray::expr).toList();
    List<Destination> ends = Collections.nCopies(roots.size(), destination);
    Optimizer optimizer = new Optimizer(new ChunkSize(1 << 20), Set.of());
    return new Plan(Fuser.fuse(optimizer.run(roots).getLast().roots(), ends));
  }
}
