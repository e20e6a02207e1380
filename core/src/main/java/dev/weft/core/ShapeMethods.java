package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Slicing and rearranging. Nothing is copied until a value is computed. */
public sealed interface ShapeMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /** A basic index written as in NumPy, such as {@code "1:, ::-2, ..., newaxis, 3"}. */
  default NDArray slice(String items) {
    return slice(Index.parse(items).toArray(Index[]::new));
  }

  /**
   * An index by NumPy's rules: positions, ranges with steps, new axes and an ellipsis are a view.
   * Beside arrays of positions and masks, positions count as arrays without axes; the axes of all
   * of them stand where the first one did, or first of all where other items are between them.
   * Masks and arrays of positions are computed now, since shapes and errors depend on them.
   *
   * <pre>{@code
   * x.slice(Index.at(0), Index.of(1, 2));         // x[0, [1, 2]]
   * x.slice(Index.of(0, 1), Index.of(1, 0));      // x[[0, 1], [1, 0]]: two elements
   * x.slice(Index.all(), Index.of(y.greater(0))); // x[:, y > 0]
   * }</pre>
   *
   * @throws UsageException for positions out of range, masks that do not fit, and arrays of
   *     positions that do not broadcast
   */
  default NDArray slice(Index... items) {
    if (Picking.isNeeded(items)) {
      return Picking.of(self(), List.of(items));
    }
    View view = Indexing.view(self().shape(), List.of(items));
    return self().with(Exprs.view(self().expr(), view, "slice"));
  }

  /** The elements in C order under another shape; one extent may be -1: whatever is left. */
  default NDArray reshape(long... extents) {
    Shape shape = Reshaping.resolve(self().shape(), extents);
    return self().with(Exprs.reshape(self().expr(), shape, self().autoChunks(shape)));
  }

  /** All elements in C order along one axis. */
  default NDArray ravel() {
    return reshape(-1);
  }

  /** Axes permuted; no axes means reversed. */
  default NDArray transpose(int... axes) {
    int rank = self().rank();
    int[] order =
        axes.length == 0
            ? IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray()
            : Arrays.stream(axes).map(axis -> self().shape().axis("transpose", axis)).toArray();
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw new UsageException(
          "transpose: axes %s are no permutation of the %d axes of shape %s; name each axis once"
              .formatted(Arrays.toString(axes), rank, self().shape()));
    }
    View view = View.transpose(self().shape(), order);
    return self().with(Exprs.view(self().expr(), view, "transpose"));
  }

  /** Axes reversed: NumPy's {@code .T}. */
  default NDArray t() {
    return transpose();
  }

  /** Axis {@code from} moved to position {@code to}. */
  default NDArray moveaxis(int from, int to) {
    return moveaxis(new int[] {from}, new int[] {to});
  }

  /**
   * Axes moved to positions of the result, one each; the others keep their order.
   *
   * @throws UsageException when they are not as many of each, or one is named twice
   */
  default NDArray moveaxis(int[] from, int[] to) {
    return Reshaping.moveaxis(self(), from, to);
  }

  /** Two axes exchanged. */
  default NDArray swapaxes(int a, int b) {
    int first = self().shape().axis("swapaxes", a);
    int second = self().shape().axis("swapaxes", b);
    int[] order = IntStream.range(0, self().rank()).toArray();
    order[first] = second;
    order[second] = first;
    return order.length == 0 ? self() : transpose(order);
  }

  /** Axes of extent 1 dropped: the named ones, or all. */
  default NDArray squeeze(int... axes) {
    return self().with(Reshaping.squeeze(self().expr(), axes));
  }

  /** A new axis of extent 1 at this position of the result. */
  default NDArray expandDims(int axis) {
    return self().with(Reshaping.expandDims(self().expr(), axis));
  }

  /** The array stretched to a shape. */
  default NDArray broadcastTo(long... extents) {
    return self().with(Exprs.broadcast(self().expr(), Shape.of(extents)));
  }

  /** Order of elements reversed along the axes; none means all. */
  default NDArray flip(int... axes) {
    return self().with(Reshaping.flip(self().expr(), axes));
  }

  /** Elements shifted along an axis, those that fall off re-entering at the other end. */
  default NDArray roll(long shift, int axis) {
    return Reshaping.roll(self(), shift, axis);
  }

  /**
   * Elements shifted along several axes; an axis that is named again is shifted further.
   *
   * @throws UsageException when shifts and axes are not as many
   */
  default NDArray roll(long[] shifts, int[] axes) {
    return Reshaping.roll(self(), shifts, axes);
  }

  /**
   * Frequency 0 moved from the first place to the middle, along each of the axes: {@code [0, 1, 2,
   * -2, -1].fftshift()} is {@code [-2, -1, 0, 1, 2]}. No axes means all.
   */
  default NDArray fftshift(int... axes) {
    return Reshaping.shiftHalf(self(), true, axes);
  }

  /** The way back from {@link #fftshift}. */
  default NDArray ifftshift(int... axes) {
    return Reshaping.shiftHalf(self(), false, axes);
  }

  /** The array repeated as a whole along each axis. */
  default NDArray tile(long... repetitions) {
    return Reshaping.tile(self(), repetitions);
  }

  /** Each element repeated along an axis. */
  default NDArray repeat(long count, int axis) {
    return Reshaping.repeat(self(), count, axis);
  }

  /**
   * Each element repeated so many times along an axis, one number for each, or one for all.
   *
   * @throws UsageException for negative numbers, or when they are not as many as the axis is long
   */
  default NDArray repeat(long[] counts, int axis) {
    return Reshaping.repeat(self(), counts, axis);
  }

  /**
   * The elements at the given positions along an axis, which the axes of {@code indices} replace:
   * integers of any rank, computed and checked now. Of bool, false is 0 and true is 1, as in NumPy;
   * {@link #select} takes masks.
   */
  default NDArray take(NDArray indices, int axis) {
    return Selection.take(self(), indices, axis);
  }

  /** The elements at the given positions along an axis. */
  default NDArray take(long[] indices, int axis) {
    return Selection.take(self(), indices, axis);
  }

  /**
   * The elements where {@code mask} is true, in C order; of a mask that has the first axes only,
   * whole slices. The result's extent depends on the mask's values, so the mask is computed now,
   * chunk by chunk, and kept as one bit for each element, or as positions where these take less.
   */
  default NDArray select(NDArray mask) {
    return Selection.select(self(), mask);
  }

  /** The same array in another chunk grid, given as {@link ChunkSpec} understands. */
  default NDArray rechunk(ChunkSpec spec) {
    Chunks chunks = spec.resolve(self().shape(), self().dtype(), self().session().chunkSize());
    return self().with(Exprs.rechunk(self().expr(), chunks));
  }

  /** The same array in regular chunks of these lengths: one for all axes, or one per axis. */
  default NDArray rechunk(long... lengths) {
    return rechunk(ChunkSpec.of(lengths));
  }

  /** Reduced axes put back with extent 1, given the shape before the reduction. */
  default NDArray keepdims(Shape before, int... axes) {
    return self().with(Reshaping.keepdims(self().expr(), before, axes));
  }
}
