package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.BlockRoutine;
import dev.weft.core.expr.Expr;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of an array of any size: pieces along its longest axis are counted by themselves, a task
 * each, and the counts are added.
 */
final class CountedPieces {
  /** Most pieces. */
  private static final long MOST = 256;

  private CountedPieces() {}

  /**
   * The sum of what a routine makes of each piece: a vector.
   *
   * @param operands arrays of one shape, whose pieces it reads
   * @param all what it reads of them all, as the second operand
   * @param bins the length of the result
   */
  static NDArray sum(
      BlockRoutine routine,
      List<NDArray> operands,
      @Nullable NDArray all,
      long bins,
      DType result) {
    NDArray x = operands.getFirst();
    Session session = x.session();
    if (bins == 0 || x.size() == 0) {
      return session.zeros(result, bins);
    }
    NDArray flat = x.rank() == 0 ? x.reshape(1) : x;
    int axis = longest(flat.shape());
    long extent = flat.shape().extent(axis);
    long bytes = Math.max(1, flat.nbytes() / extent);
    long fitting = session.chunkSize().targetBytes() / bytes;
    long length = Math.max(Math.max(1, fitting), Math.ceilDiv(extent, MOST));
    List<NDArray> counts = new ArrayList<>();
    for (long from = 0; from < extent; from += length) {
      List<Expr> parts = new ArrayList<>();
      for (NDArray operand : operands) {
        NDArray lined = operand.rank() == 0 ? operand.reshape(1) : operand;
        parts.add(Pieces.part(lined, axis, from, Math.min(extent, from + length)).expr());
      }
      counts.add(x.with(count(routine, parts, all, bins, result)));
    }
    return counts.size() == 1
        ? counts.getFirst()
        : session.stack(0, counts.toArray(NDArray[]::new)).sum(0);
  }

  private static Expr count(
      BlockRoutine routine, List<Expr> parts, @Nullable NDArray all, long bins, DType result) {
    List<Long> whole = new ArrayList<>();
    Shape shape = parts.getFirst().shape();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      whole.add(shape.extent(axis));
      axes.add(1 + axis);
    }
    List<Expr> inputs = new ArrayList<>(parts);
    List<List<Integer>> along = new ArrayList<>(Collections.nCopies(parts.size(), axes));
    if (all != null) {
      inputs.add(1, all.expr());
      along.add(1, List.of(1 + shape.rank()));
      whole.add(all.size());
    }
    Chunks chunks = Chunks.whole(Shape.of(bins));
    Expr.Type type = new Expr.Type(result, Shape.of(bins), chunks);
    return new Expr.MapBlocks(routine, inputs, along, whole, type);
  }

  private static int longest(Shape shape) {
    int longest = 0;
    for (int axis = 1; axis < shape.rank(); axis++) {
      longest = shape.extent(axis) > shape.extent(longest) ? axis : longest;
    }
    return longest;
  }
}
