package dev.weft.core.fuse;

import dev.weft.core.expr.ChunkRules;
import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stage that combines the partial results of a reduction. Its iteration space is the grid of
 * the stage before: one point per chunk, cut so that a task covers all chunks of its kept cells.
 */
final class CombineStages {
  private final StageBuilder builder;

  CombineStages(StageBuilder builder) {
    this.builder = builder;
  }

  void add(Expr.Reduce node, ArrayDef partials) {
    Chunks domain = partials.grid();
    List<Integer> kept =
        IntStream.range(0, domain.rank())
            .filter(axis -> !node.axes().contains(axis))
            .boxed()
            .toList();
    List<AxisChunks> axes = new ArrayList<>();
    for (int axis = 0; axis < domain.rank(); axis++) {
      int count = domain.axis(axis).count();
      axes.add(AxisChunks.regular(count, node.axes().contains(axis) ? count : 1));
    }
    Chunks iteration = new Chunks(axes);
    Shape points = iteration.shape();
    ArrayDef result = builder.create(node, ChunkRules.reduce(domain, node.axes()));
    boolean integer = !node.input().dtype().isFloating();
    builder.add(
        "combine " + node.reduction().label(),
        new Work.Combine(node.reduction(), kept, node.finish(), integer),
        iteration,
        List.of(new Stage.Input.OfArray(partials, View.identity(points))),
        List.of(new Stage.Output(result, kept, Collections.nCopies(kept.size(), 0L))),
        null);
  }
}
