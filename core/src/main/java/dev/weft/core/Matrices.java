package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.linalg.LapackProvider;
import dev.weft.core.linalg.MatrixRoutine;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Routines over the matrices that the last two axes of arrays form, each in one chunk. */
final class Matrices {
  /** LAPACK counts its memory in 32 bits, and takes some multiples of the matrix. */
  private static final int LARGEST = 20_000;

  private Matrices() {}

  /**
   * Refuses what is no array of matrices, and makes the rest floating.
   *
   * @throws UsageException for less than two axes, and where LAPACK is missing
   */
  static NDArray checked(String name, NDArray x) {
    Norms.requireMatrices(name, x);
    DType dtype = working(name, x);
    LapackProvider.installed(name);
    for (int axis = x.rank() - 2; axis < x.rank(); axis++) {
      if (x.shape().extent(axis) > LARGEST) {
        throw new UsageException(
            "%s: shape %s has matrices with an axis of %d; LAPACK counts in 32 bits, use at most %d"
                .formatted(name, x.shape(), x.shape().extent(axis), LARGEST));
      }
    }
    return x.cast(dtype);
  }

  /** The type that LAPACK computes in. */
  private static DType working(String name, NDArray x) {
    DType dtype = x.dtype();
    if (dtype == DType.FLOAT16) {
      throw new UsageException(
          "%s: LAPACK does not compute with float16; cast to float32".formatted(name));
    }
    return Reductions.real(x);
  }

  /** The same, and refuses matrices that are not square. */
  static NDArray square(String name, NDArray x) {
    Norms.requireMatrices(name, x);
    requireSquare(name, x);
    return checked(name, x);
  }

  static void requireSquare(String name, NDArray x) {
    if (rows(x) != columns(x)) {
      throw new UsageException(
          "%s: shape %s has matrices that are not square; the last two extents must be equal"
              .formatted(name, x.shape()));
    }
  }

  static int rows(NDArray x) {
    return Math.toIntExact(x.shape().extent(x.rank() - 2));
  }

  static int columns(NDArray x) {
    return Math.toIntExact(x.shape().extent(x.rank() - 1));
  }

  static boolean isEmpty(NDArray x) {
    return Math.min(rows(x), columns(x)) == 0;
  }

  /** The extents of the axes in front of the matrices, and then others. */
  static long[] batch(NDArray x, long... tail) {
    long[] extents = Arrays.copyOf(x.shape().extents(), x.rank() - 2 + tail.length);
    System.arraycopy(tail, 0, extents, x.rank() - 2, tail.length);
    return extents;
  }

  /** Both in their common floating type; integers are float64, as in NumPy. */
  static NDArray[] together(String name, NDArray a, NDArray b) {
    DType dtype = Promotion.of(working(name, a), working(name, b));
    return new NDArray[] {a.cast(dtype), b.cast(dtype)};
  }

  /**
   * Applies a routine to arrays of matrices with the same axes in front of them.
   *
   * @param routine by the number of threads that it may use
   */
  static NDArray apply(
      IntFunction<MatrixRoutine> routine, long rows, long columns, NDArray... operands) {
    return apply(operands[0].dtype(), routine, rows, columns, operands);
  }

  /** The same with a result of another type than the operands. */
  static NDArray apply(
      DType result,
      IntFunction<MatrixRoutine> routine,
      long rows,
      long columns,
      NDArray... operands) {
    NDArray first = operands[0];
    int leading = first.rank() - 2;
    Chunks grid = grid(first);
    List<AxisChunks> cuts = new ArrayList<>(grid.axes().subList(0, leading));
    long tasks = cuts.stream().mapToLong(AxisChunks::count).reduce(1, (p, q) -> p * q);
    MatrixRoutine alone = routine.apply(1);
    boolean wide =
        tasks == 1 && Math.min(rows(first), columns(first)) >= alone.leastOfSeveralThreads();
    List<Expr> inputs = new ArrayList<>();
    List<List<Integer>> axes = new ArrayList<>();
    List<Long> extents = new ArrayList<>(List.of(rows, columns));
    for (NDArray operand : operands) {
      List<Integer> own = new ArrayList<>(IntStream.range(0, leading).boxed().toList());
      List<AxisChunks> chunks = new ArrayList<>(cuts);
      for (int axis = leading; axis < leading + 2; axis++) {
        chunks.add(one(operand.shape().extent(axis)));
        own.add(leading + place(operand.shape().extent(axis), own, extents, leading));
      }
      inputs.add(Exprs.rechunk(operand.expr(), new Chunks(chunks), "whole matrices"));
      axes.add(own);
    }
    cuts.add(one(rows));
    cuts.add(one(columns));
    Shape shape = Shape.of(batch(first, rows, columns));
    Expr.Type type = new Expr.Type(result, shape, new Chunks(cuts));
    return first.with(
        new Expr.MapBlocks(
            wide ? routine.apply(first.session().config().threads()) : alone,
            inputs,
            axes,
            List.copyOf(extents.subList(2, extents.size())),
            type));
  }

  /**
   * A whole axis of this extent that the operand has not got yet: one of the result or of another
   * operand, or a new one. A task goes over all of them, so that fewer are better.
   */
  private static int place(long extent, List<Integer> own, List<Long> extents, int leading) {
    for (int i = 0; i < extents.size(); i++) {
      if (extents.get(i) == extent && !own.contains(leading + i)) {
        return i;
      }
    }
    extents.add(extent);
    return extents.size() - 1;
  }

  private static AxisChunks one(long extent) {
    return AxisChunks.regular(extent, Math.max(1, extent));
  }

  /** As many whole matrices in a chunk as its size allows. */
  private static Chunks grid(NDArray x) {
    Chunks own = x.chunks();
    int last = x.rank() - 1;
    long bytes = own.largest() * x.dtype().itemSize();
    boolean whole = own.axis(last).count() <= 1 && own.axis(last - 1).count() <= 1;
    return whole && bytes <= 2 * x.session().chunkSize().targetBytes()
        ? own
        : x.session().chunkSize().auto(x.shape(), x.dtype());
  }

  /** The rows from {@code from} to before {@code to} of matrices. */
  static NDArray rows(NDArray x, long from, long to) {
    return Pieces.part(x, x.rank() - 2, from, to);
  }

  static NDArray columns(NDArray x, long from, long to) {
    return Pieces.part(x, x.rank() - 1, from, to);
  }

  /** One row of matrices. */
  static NDArray row(NDArray x, long row) {
    return rows(x, row, row + 1).squeeze(-2);
  }

  static NDArray transposed(NDArray x) {
    return x.swapaxes(-2, -1);
  }

  /** Transposed, and complex numbers conjugate. */
  static NDArray adjoint(NDArray x) {
    return transposed(x.conj());
  }

  /** Identities of so many rows and columns, one for each matrix of x. */
  static NDArray identities(NDArray x, long rows, long columns) {
    return x.session().eye(rows, columns, 0).cast(x.dtype()).broadcastTo(batch(x, rows, columns));
  }

  static NDArray full(NDArray x, double value, long... tail) {
    return x.session().full(x.dtype(), value, batch(x, tail));
  }
}
