package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays of several others: chosen by conditions, spread over grids, put together from blocks. */
public sealed interface CombineMethods permits Session {
  /** The session itself. */
  Session self();

  /**
   * Where the first of the conditions holds, its choice; where none does, {@code otherwise}. All
   * broadcast; the type is that of all choices together.
   *
   * @throws UsageException when conditions are not bool, or not as many as choices
   */
  default NDArray select(NDArray[] conditions, NDArray[] choices, NDArray otherwise) {
    requirePairs("select", conditions, choices);
    NDArray chosen = self().own(otherwise);
    for (int i = conditions.length - 1; i >= 0; i--) {
      chosen = self().own(conditions[i]).where(choices[i], chosen);
    }
    return chosen;
  }

  /**
   * Where a condition holds, its value, the last one where several do; {@code otherwise} where none
   * does. The type is that of {@code x}, over which all broadcast.
   *
   * @throws UsageException when conditions are not bool, or not as many as values
   */
  default NDArray piecewise(NDArray x, NDArray[] conditions, NDArray[] values, NDArray otherwise) {
    requirePairs("piecewise", conditions, values);
    NDArray chosen = self().own(otherwise).cast(x.dtype());
    for (int i = 0; i < conditions.length; i++) {
      chosen = self().own(conditions[i]).where(self().own(values[i]).cast(x.dtype()), chosen);
    }
    return chosen.broadcastTo(x.shape().extents());
  }

  private static void requirePairs(String name, NDArray[] conditions, NDArray[] values) {
    if (conditions.length != values.length || conditions.length == 0) {
      throw new UsageException(
          "%s: %d conditions and %d values; give one value for each condition, and at least one"
              .formatted(name, conditions.length, values.length));
    }
    for (NDArray condition : conditions) {
      if (condition.dtype() != DType.BOOL) {
        throw new UsageException(
            "%s: a condition is %s; use bool, compare first".formatted(name, condition.dtype()));
      }
    }
  }

  /**
   * The coordinates of a grid: for each vector an array over the grid in which it runs along its
   * own axis. Nothing is copied.
   *
   * @param xy whether the first vector runs along the second axis, as x does in a picture; else
   *     along the first
   * @param sparse whether each array has its own axis only, and extent 1 along the others
   */
  default NDArray[] meshgrid(boolean xy, boolean sparse, NDArray... vectors) {
    int rank = vectors.length;
    long[] grid = new long[rank];
    NDArray[] along = new NDArray[rank];
    for (int i = 0; i < rank; i++) {
      int axis = xy && rank > 1 && i < 2 ? 1 - i : i;
      long[] own = new long[rank];
      Arrays.fill(own, 1);
      own[axis] = vectors[i].size();
      grid[axis] = own[axis];
      along[i] = self().own(vectors[i]).reshape(own);
    }
    return sparse
        ? along
        : Arrays.stream(along).map(x -> x.broadcastTo(grid)).toArray(NDArray[]::new);
  }

  /**
   * Positions along the last axis that put several keys in order: by the last key, where that is
   * equal by the one before it, and so on. {@code lexsort(names, ages)} sorts by age, then by name.
   *
   * @throws UsageException for no keys, or keys of different shapes
   */
  default NDArray lexsort(NDArray... keys) {
    return Ordering.lexsort(Arrays.stream(keys).map(self()::own).toArray(NDArray[]::new));
  }

  /**
   * Einstein's sum: products of elements, summed over the letters that the result has not.
   *
   * <pre>{@code
   * session.einsum("ij,jk->ik", a, b);    // a matrix product
   * session.einsum("bij,bij->b", a, b);   // sums of products, one for each b
   * session.einsum("...ii->...i", a);     // diagonals
   * session.einsum("ij,jk,kl", a, b, c);  // result: letters that stand once, by the alphabet
   * }</pre>
   *
   * <p>Two operands at a time are multiplied, those first whose product is smallest. The type is
   * the promoted one of all; integers wrap around, float32 is added up in float64.
   *
   * @throws UsageException for subscripts that do not fit the operands; it names the letter
   */
  default NDArray einsum(String subscripts, NDArray... operands) {
    return Einsum.of(self(), subscripts, operands);
  }

  /**
   * The matrix product of several matrices, in the order that takes the fewest multiplications. The
   * first and the last may be vectors.
   *
   * @throws UsageException for less than two operands, other ranks, or extents that do not fit
   */
  default NDArray multiDot(NDArray... matrices) {
    return Norms.chain(Arrays.stream(matrices).map(self()::own).toArray(NDArray[]::new));
  }

  /**
   * The positions in C order of positions along each axis of a shape. Whether all are within it is
   * computed now.
   *
   * @throws UsageException for positions that are not as many as axes, or out of range
   */
  default NDArray ravelMultiIndex(NDArray[] positions, long... extents) {
    return Gathering.raveled(positions, Shape.of(extents));
  }

  /** Arrays stretched to the shape that they have in common. */
  default NDArray[] broadcastArrays(NDArray... arrays) {
    List<Shape> shapes = Arrays.stream(arrays).map(NDArray::shape).toList();
    Shape common = Broadcasting.common("broadcast_arrays", shapes);
    return Arrays.stream(arrays)
        .map(x -> self().own(x).broadcastTo(common.extents()))
        .toArray(NDArray[]::new);
  }

  /**
   * A matrix of blocks: those of a row beside each other along the last axis, rows on top of each
   * other along the one before it. Blocks of fewer axes get new ones in front.
   *
   * @throws UsageException where extents do not fit
   */
  default NDArray block(NDArray[]... rows) {
    int rank = Arrays.stream(rows).flatMap(Arrays::stream).mapToInt(NDArray::rank).max().orElse(0);
    List<NDArray> joined = new ArrayList<>();
    for (NDArray[] row : rows) {
      joined.add(beside(-1, Math.max(2, rank), row));
    }
    return beside(-2, Math.max(2, rank), joined.toArray(NDArray[]::new));
  }

  /** Blocks of at least so many axes, joined along an axis that counts from the end. */
  default NDArray beside(int axis, int rank, NDArray... blocks) {
    NDArray[] deep = Arrays.stream(blocks).map(block -> deep(block, rank)).toArray(NDArray[]::new);
    return self().concatenate(axis, deep);
  }

  private static NDArray deep(NDArray block, int rank) {
    NDArray deep = block;
    while (deep.rank() < rank) {
      deep = deep.expandDims(0);
    }
    return deep;
  }
}
