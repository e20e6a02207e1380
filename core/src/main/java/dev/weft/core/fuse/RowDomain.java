package dev.weft.core.fuse;

import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are whole in the chunks of a grid: what lies along its last axes. Grids of one value a
 * row match it with those axes dropped, or kept with extent 1; either way, axes that both have are
 * the same by number, and so are chunks.
 *
 * @param grid over the elements of the rows
 * @param reduced the axes along which rows lie, in order
 */
record RowDomain(Chunks grid, List<Integer> reduced) {
  /**
   * Elements of a row up to which a task computes it on one thread alone. A launch of as many is
   * not shared among threads either.
   */
  static final long LONGEST = 256 << 10;

  private int kept() {
    return grid.rank() - reduced.size();
  }

  /** Why the rows that a stage reduces cannot stay together, or null when they can. */
  static @Nullable String refusal(Stage stage) {
    List<Integer> axes = ((Work.Fused) stage.work()).reducedAxes();
    Chunks grid = stage.iteration();
    int rank = grid.rank();
    if (axes.getFirst() != rank - axes.size()) {
      return "rows lie along the last axes, but axes %s of %d are reduced".formatted(axes, rank);
    }
    long length = 1;
    for (int axis : axes) {
      int count = grid.axis(axis).count();
      if (count > 1) {
        return "axis %d is cut into %d chunks, so that no task has whole rows"
            .formatted(axis, count);
      }
      length *= grid.shape().extent(axis);
    }
    return length > LONGEST
        ? "a row has %,d elements, and more than %,d are shared among threads"
            .formatted(length, LONGEST)
        : null;
  }

  /** Whether a stage reduces some axes and keeps others, so that there is more than one row. */
  static boolean hasRows(Stage stage) {
    return stage.work() instanceof Work.Fused fused
        && !fused.reducedAxes().isEmpty()
        && fused.reducedAxes().size() < stage.iteration().rank()
        && stage.iteration().shape().size() > 0;
  }

  /** The rows that a stage reduces; null where there is nothing that could stay together. */
  static @Nullable RowDomain of(Stage stage) {
    return hasRows(stage) && refusal(stage) == null
        ? new RowDomain(stage.iteration(), ((Work.Fused) stage.work()).reducedAxes())
        : null;
  }

  boolean isOfRows(Chunks other) {
    return other.equals(grid);
  }

  /** Whether a grid has the elements of the rows, or one for each. */
  boolean matches(Chunks other) {
    if (isOfRows(other)) {
      return true;
    }
    if (other.rank() != kept() && other.rank() != grid.rank()) {
      return false;
    }
    for (int axis = 0; axis < other.rank(); axis++) {
      boolean same =
          axis < kept()
              ? other.axis(axis).equals(grid.axis(axis))
              : other.shape().extent(axis) == 1;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether a view of a matching array shows each row nothing but what is its own. */
  static boolean isLocal(View view) {
    for (int axis = 0; axis < view.base().rank(); axis++) {
      boolean own =
          axis < view.shape().rank() && view.target()[axis] == axis && view.step()[axis] == 1;
      if (view.offset()[axis] != 0 || view.base().extent(axis) != 1 && !own) {
        return false;
      }
    }
    return true;
  }

  /** An input of a stage over a matching grid as one over the elements of the rows. */
  Stage.Input widened(Stage.Input input) {
    return switch (input) {
      case Stage.Input.OfArray(ArrayDef array, View view) ->
          new Stage.Input.OfArray(array, widened(view));
      case Stage.Input.OfIndex(int axis, View view) -> new Stage.Input.OfIndex(axis, widened(view));
      case Stage.Input.OfRandom(long seed, long stream, Shape shape, View view) ->
          new Stage.Input.OfRandom(seed, stream, shape, widened(view));
      case Stage.Input.Before before -> before;
    };
  }

  private View widened(View view) {
    Shape shape = grid.shape();
    if (view.shape().equals(shape)) {
      return view;
    }
    int[] target = new int[shape.rank()];
    long[] step = new long[shape.rank()];
    Arrays.fill(target, -1);
    for (int axis = 0; axis < kept(); axis++) {
      target[axis] = view.target()[axis];
      step[axis] = view.step()[axis];
    }
    return new View(shape, view.base(), view.offset(), target, step);
  }
}
