package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
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

  /** A basic index: positions, ranges with steps, new axes and an ellipsis. */
  default NDArray slice(Index... items) {
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
    int source = self().shape().axis("moveaxis", from);
    int goal = self().shape().axis("moveaxis", to);
    List<Integer> order = new ArrayList<>(IntStream.range(0, self().rank()).boxed().toList());
    order.add(goal, order.remove(source));
    return transpose(order.stream().mapToInt(Integer::intValue).toArray());
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

  /** The array repeated as a whole along each axis. */
  default NDArray tile(long... repetitions) {
    return Reshaping.tile(self(), repetitions);
  }

  /** Each element repeated along an axis. */
  default NDArray repeat(long count, int axis) {
    return Reshaping.repeat(self(), count, axis);
  }

  /**
   * The elements at the given positions along an axis; {@code indices} is an integer array of rank
   * 1, which is computed and checked now.
   */
  default NDArray take(NDArray indices, int axis) {
    return Selection.take(self(), indices, axis);
  }

  /** The elements at the given positions along an axis. */
  default NDArray take(long[] indices, int axis) {
    return Selection.take(self(), indices, axis);
  }

  /**
   * The elements (of a rank-1 mask: whole slices) where {@code mask} is true, in C order. The
   * result's extent depends on the mask's values, so the mask is computed now, chunk by chunk, and
   * kept as one bit for each element, or as positions where these take less.
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
