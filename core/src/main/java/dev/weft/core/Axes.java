package dev.weft.core;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The axes that a reduction goes over, and whether they stay, with extent 1.
 *
 * <pre>{@code
 * x.subtract(x.mean(Axes.of(1).keepDims()));   // NumPy's x - x.mean(axis=1, keepdims=True)
 * x.sum(Axes.all().keepDims());                // shape (1, 1)
 * x.sum(Axes.of());                            // over no axis: each element for itself
 * }</pre>
 */
public final class Axes {
  private static final Axes ALL = new Axes(null, false);

  /** Null for all. */
  private final int @Nullable [] axes;

  private final boolean kept;

  private Axes(int @Nullable [] axes, boolean kept) {
    this.axes = axes;
    this.kept = kept;
  }

  /** All axes of the array. */
  public static Axes all() {
    return ALL;
  }

  /** These axes, which may count from the end; none at all reduces nothing. */
  public static Axes of(int... axes) {
    return new Axes(axes.clone(), false);
  }

  /** The same axes, which stay in the result with extent 1. */
  public Axes keepDims() {
    return new Axes(axes, true);
  }

  /**
   * Applies a reduction.
   *
   * @param reduction of an array over axes, where none means all
   */
  public NDArray reduce(NDArray x, BiFunction<NDArray, int[], NDArray> reduction) {
    if (axes != null && axes.length == 0) {
      // Over no axis is over one of extent 1.
      return reduction.apply(x.expandDims(0), new int[] {0});
    }
    int[] over = axes == null ? new int[0] : axes.clone();
    NDArray result = reduction.apply(x, over);
    return kept && x.rank() > 0 ? result.keepdims(x.shape(), over) : result;
  }

  /**
   * Applies a reduction of which each result is an array, along {@code lead} axes in front.
   *
   * @param reduction of an array over axes, where none means all
   */
  public NDArray reduceInto(int lead, NDArray x, BiFunction<NDArray, int[], NDArray> reduction) {
    NDArray result = new Axes(axes, false).reduce(x, reduction);
    if (!kept || axes != null && axes.length == 0) {
      return result;
    }
    int[] over = axes == null ? IntStream.range(0, x.rank()).toArray() : axes;
    int[] sorted =
        Arrays.stream(over).map(axis -> x.shape().axis("keepdims", axis)).sorted().toArray();
    for (int axis : sorted) {
      result = result.expandDims(lead + axis);
    }
    return result;
  }

  @Override
  public String toString() {
    return (axes == null ? "all axes" : "axes " + Arrays.toString(axes)) + (kept ? ", kept" : "");
  }
}
