package dev.weft.testkit.random;

import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reductions and running sums of what a random expression has so far. */
final class ReductionMoves {
  private static final List<String> NAMES =
      List.of(
          "sum",
          "sum",
          "prod",
          "mean",
          "min",
          "max",
          "argmin",
          "argmax",
          "any",
          "all",
          "count_nonzero",
          "nansum");

  private final RandomExpressions drawing;

  ReductionMoves(RandomExpressions drawing) {
    this.drawing = drawing;
  }

  void reduce() {
    Step x = drawing.any();
    if (drawing.random.nextInt(6) == 0 && x.expected().shape().rank() > 0) {
      cumsum(x);
      return;
    }
    String name = NAMES.get(drawing.random.nextInt(NAMES.size()));
    reduce(name, x, 0);
  }

  void variance() {
    reduce("var", drawing.any(), 1e-5);
  }

  private void reduce(String name, Step x, double tolerance) {
    Shape shape = x.expected().shape();
    List<Integer> axes = axes(shape.rank(), name.startsWith("arg"));
    boolean empty = axes.stream().anyMatch(axis -> shape.extent(axis) == 0);
    boolean needsSome = name.startsWith("arg") || name.equals("min") || name.equals("max");
    if (empty && (needsSome || name.equals("mean") || name.equals("var"))) {
      return;
    }
    Dense expected = Folds.reduce(name, x.expected(), axes);
    if (expected == null) {
      return;
    }
    boolean keep = drawing.random.nextInt(3) == 0;
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    int[] given = axes.stream().mapToInt(Integer::intValue).toArray();
    drawing.add(
        "%s %s over %s%s".formatted(name, x.name(), axes, keep ? " keepdims" : ""),
        keep ? expected.as(kept) : expected,
        tolerance,
        b -> {
          NDArray reduced = Reductions.reduce(name, b.of(x), given);
          return keep ? reduced.keepdims(shape, given) : reduced;
        });
  }

  /** All axes or one, or any that are not none: no axes would mean all. */
  private List<Integer> axes(int rank, boolean oneOrAll) {
    List<Integer> all = IntStream.range(0, rank).boxed().toList();
    if (rank == 0 || drawing.random.nextInt(4) == 0) {
      return all;
    }
    List<Integer> axes = new ArrayList<>(List.of(drawing.random.nextInt(rank)));
    for (int axis : all) {
      if (!oneOrAll && !axes.contains(axis) && drawing.random.nextInt(3) == 0) {
        axes.add(axis);
      }
    }
    return axes.stream().sorted().toList();
  }

  private void cumsum(Step x) {
    int axis = drawing.random.nextInt(x.expected().shape().rank());
    Dense expected = Folds.cumsum(x.expected(), axis);
    if (expected != null) {
      drawing.add(
          "cumsum %s along %d".formatted(x.name(), axis), expected, 0, b -> b.of(x).cumsum(axis));
    }
  }
}
