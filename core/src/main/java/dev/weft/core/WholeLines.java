package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.BlockRoutine;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays in chunks that hold whole lines along an axis, for routines that need them. */
final class WholeLines {
  private WholeLines() {}

  /** Whether a line is short enough to be in one chunk. */
  static boolean fit(NDArray x, int axis) {
    return x.shape().extent(axis) <= longest(x);
  }

  /** Elements of the longest line that is kept in one chunk. */
  static long longest(NDArray x) {
    // Narrower ones are sorted as 32 bits.
    long bytes = Math.max(x.dtype().itemSize(), Integer.BYTES);
    return x.session().chunkSize().targetBytes() / bytes;
  }

  /** The array in chunks that hold whole lines. */
  static Expr of(NDArray x, int axis) {
    return Exprs.rechunk(x.expr(), chunks(x, axis), "whole lines along axis " + axis);
  }

  /** Chunks of about the size wanted that hold whole lines; its own where they do. */
  static Chunks chunks(NDArray x, int axis) {
    ChunkSize size = x.session().chunkSize();
    Chunks own = x.chunks();
    long bytes = own.largest() * x.dtype().itemSize();
    if (own.axis(axis).count() <= 1 && bytes <= 2 * size.targetBytes()) {
      return own;
    }
    Shape shape = x.shape();
    Shape last = shape.remove(axis).insert(shape.rank() - 1, shape.extent(axis));
    Chunks wanted = size.auto(last, x.dtype());
    List<AxisChunks> axes = new ArrayList<>(wanted.axes().subList(0, shape.rank() - 1));
    axes.add(axis, AxisChunks.regular(shape.extent(axis), Math.max(1, shape.extent(axis))));
    return new Chunks(axes);
  }

  /** The array in chunks of one line's pieces along its last axis. */
  static Expr inPieces(NDArray x) {
    int axis = x.rank() - 1;
    long[] lengths = new long[x.rank()];
    Arrays.fill(lengths, 1);
    lengths[axis] = Long.highestOneBit(Math.max(2, longest(x)));
    return Exprs.rechunk(x.expr(), Chunks.regular(x.shape(), lengths), "pieces of lines");
  }

  /** A routine from chunks to chunks of the same shape. */
  static Expr map(BlockRoutine routine, Expr input, DType result) {
    Expr.Type type = new Expr.Type(result, input.shape(), input.chunks());
    return Expr.MapBlocks.alike(routine, List.of(input), type);
  }

  /** A routine that reads whole lines and gives lines of another length, in one piece each. */
  static Expr resized(BlockRoutine routine, Expr input, int axis, long length, DType result) {
    AxisChunks one = AxisChunks.regular(length, Math.max(1, length));
    Chunks chunks = input.chunks().with(axis, one);
    Expr.Type type = new Expr.Type(result, chunks.shape(), chunks);
    return reading(routine, List.of(input), axis, type);
  }

  /** A routine that reads whole lines of all inputs and makes pieces of lines. */
  static Expr reading(BlockRoutine routine, List<Expr> inputs, int axis, Expr.Type type) {
    List<Integer> axes = new ArrayList<>(axes(type.shape().rank()));
    axes.set(axis, type.shape().rank());
    return new Expr.MapBlocks(
        routine,
        inputs,
        Collections.nCopies(inputs.size(), axes),
        List.of(inputs.getFirst().shape().extent(axis)),
        type);
  }

  static List<Integer> axes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }
}
