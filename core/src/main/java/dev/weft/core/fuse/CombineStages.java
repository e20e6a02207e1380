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
  /** Partial results that are joined at once, at most; a power of two. */
  private static final int MOST = 32;

  /** Bytes that they should come to at most, where there are more than two of them. */
  private static final long TOGETHER = 64 << 20;

  /** Bytes of partial results that may wait for each other. */
  private static final double MUCH = 1 << 20;

  private final StageBuilder builder;

  CombineStages(StageBuilder builder) {
    this.builder = builder;
  }

  void add(Expr.Reduce node, ArrayDef parts) {
    ArrayDef partials = joined(node, parts);
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
    boolean integer = isInteger(node);
    builder.add(
        "combine " + node.reduction().label(),
        new Work.Combine(node.reduction(), kept, node.finish(), integer),
        iteration,
        List.of(new Stage.Input.OfArray(partials, View.identity(points))),
        List.of(new Stage.Output(result, kept, Collections.nCopies(kept.size(), 0L))),
        null);
  }

  private static boolean isInteger(Expr.Reduce node) {
    return !node.input().dtype().isFloating();
  }

  /**
   * Where many partial results take much memory, groups of them are joined as soon as they are
   * there. Groups begin at multiples of a power of two, so that the joins are those of the whole
   * tree, and no bit changes.
   */
  private ArrayDef joined(Expr.Reduce node, ArrayDef parts) {
    ArrayDef partials = parts;
    int axis = onlyCut(node, parts.grid());
    int fan = fan(parts);
    while (axis >= 0 && partials.grid().axis(axis).count() > fan && isLarge(partials)) {
      partials = join(node, partials, axis, fan);
    }
    return partials;
  }

  private static int fan(ArrayDef partials) {
    long fits = TOGETHER / Math.max(1, partials.chunkBytes(0));
    return (int) Long.highestOneBit(Math.clamp(fits, 2, MOST));
  }

  /** The reduced axis that is cut, -1 when there is none or several. */
  private static int onlyCut(Expr.Reduce node, Chunks grid) {
    int only = -1;
    for (int axis : node.axes()) {
      if (grid.axis(axis).count() > 1) {
        if (only >= 0) {
          return -1;
        }
        only = axis;
      }
    }
    return only;
  }

  private static boolean isLarge(ArrayDef partials) {
    return partials.chunkBytes(0) * (double) partials.grid().count() > MUCH;
  }

  private ArrayDef join(Expr.Reduce node, ArrayDef partials, int axis, int fan) {
    Chunks domain = partials.grid();
    List<AxisChunks> axes = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int a = 0; a < domain.rank(); a++) {
      all.add(a);
      axes.add(AxisChunks.regular(domain.axis(a).count(), a == axis ? fan : 1));
      if (!node.axes().contains(a)) {
        kept.add(a);
      }
    }
    Chunks iteration = new Chunks(axes);
    ArrayDef groups = builder.partials(node, domain.with(axis, domain.axis(axis).grouped(fan)));
    builder.add(
        "join " + node.reduction().label(),
        new Work.Combine(node.reduction(), kept, null, isInteger(node)),
        iteration,
        List.of(new Stage.Input.OfArray(partials, View.identity(iteration.shape()))),
        List.of(new Stage.Output(groups, all, Collections.nCopies(all.size(), 0L))),
        null);
    return groups;
  }
}
