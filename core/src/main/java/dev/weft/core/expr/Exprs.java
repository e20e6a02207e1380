package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.UsageException;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Reduction;
import dev.weft.core.op.TypeRule;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes expression nodes: resolves types and shapes, broadcasts, and refuses what cannot work, so
 * that errors are raised where the user wrote them.
 */
public final class Exprs {
  /** The label of views that stretch elements. */
  public static final String BROADCAST = "broadcast";

  private Exprs() {}

  /** A number without axes. */
  public static Expr scalar(Scalar value) {
    return new Expr.Fill(
        value, new Expr.Type(value.dtype(), Shape.SCALAR, Chunks.whole(Shape.SCALAR)));
  }

  /** An operation on operands of any types and shapes that fit. */
  public static Expr apply(ElementwiseOp op, List<Expr> operands) {
    if (operands.stream().anyMatch(operand -> operand.dtype().isComplex())) {
      return ComplexExprs.apply(op, operands);
    }
    TypeRule.Signature signature = op.resolve(operands.stream().map(Expr::dtype).toList());
    Expr last = operands.getLast();
    if (operands.size() == 2 && op.comparesWhole(operands.getFirst().dtype(), last.dtype())) {
      return UnsignedExprs.compare(op, operands.getFirst(), last);
    }
    Shape shape = Broadcasting.common(op.name(), operands.stream().map(Expr::shape).toList());
    List<Expr> inputs = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      inputs.add(broadcast(cast(operands.get(i), signature.operands().get(i)), shape));
    }
    return elementwise(op, inputs, signature.result());
  }

  /** An operation on operands that already have the row's types and equal shapes. */
  public static Expr elementwise(ElementwiseOp op, List<Expr> inputs, DType result) {
    Shape shape = inputs.getFirst().shape();
    Chunks chunks = ChunkRules.align(shape, inputs.stream().map(Expr::chunks).toList());
    return new Expr.Elementwise(op, List.copyOf(inputs), new Expr.Type(result, shape, chunks));
  }

  /** The value as {@code dtype}; the node itself if it is that already. */
  public static Expr cast(Expr input, DType dtype) {
    if (input.dtype() == dtype) {
      return input;
    }
    if (dtype.isComplex() || input.dtype().isComplex()) {
      return ComplexExprs.cast(input, dtype);
    }
    return new Expr.Cast(input, new Expr.Type(dtype, input.shape(), input.chunks()));
  }

  /** The node seen through {@code view}; the node itself for the identity. */
  public static Expr view(Expr input, View view, String label) {
    if (view.isIdentity()) {
      return input;
    }
    if (input.dtype().isComplex()) {
      return ComplexExprs.view(input, view, label);
    }
    return viewOf(input, view, label);
  }

  static Expr viewOf(Expr input, View view, String label) {
    Chunks chunks = ChunkRules.view(input.chunks(), view);
    return new Expr.ViewOf(input, view, label, new Expr.Type(input.dtype(), view.shape(), chunks));
  }

  /** The value stretched to {@code shape}. */
  public static Expr broadcast(Expr input, Shape shape) {
    if (input.shape().equals(shape)) {
      return input;
    }
    if (!Broadcasting.stretches(input.shape(), shape)) {
      throw new UsageException(
          "broadcast_to: shape %s does not stretch to %s: axes align at the end, and only extent 1 stretches"
              .formatted(input.shape(), shape));
    }
    return view(input, View.broadcast(input.shape(), shape), BROADCAST);
  }

  /** The elements in C order under {@code shape}; a view when only unit axes come or go. */
  public static Expr reshape(Expr input, Shape shape, Chunks chunks) {
    if (input.shape().equals(shape)) {
      return input;
    }
    if (input.shape().size() != shape.size()) {
      throw new UsageException(
          "reshape: %s has %d elements and cannot become %s, which has %d; the numbers of elements must agree"
              .formatted(input.shape(), input.shape().size(), shape, shape.size()));
    }
    View view = View.unitAxes(input.shape(), shape);
    if (view != null) {
      return view(input, view, "reshape");
    }
    if (input.dtype().isComplex()) {
      return ComplexExprs.ofParts(input, part -> reshape(part, shape, chunks));
    }
    return new Expr.Reshape(input, new Expr.Type(input.dtype(), shape, chunks));
  }

  /** A reduction; {@code axes} counted from 0, ascending. */
  public static Expr reduce(
      Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish) {
    if (input.dtype().isComplex()) {
      return ComplexExprs.reduce(input, reduction, axes, finish);
    }
    if (input.dtype() == DType.FLOAT16) {
      return HalfExprs.reduce(input, reduction, axes, finish);
    }
    if (input.dtype() == DType.UINT64 && !reduction.accepts(DType.UINT64)) {
      return UnsignedExprs.reduce(input, reduction, axes, finish);
    }
    DType result =
        finish instanceof Expr.Finish.Value && reduction == Reduction.MOMENTS
            ? DType.FLOAT64
            : reduction.result(input.dtype());
    return reduce(input, reduction, axes, finish, result);
  }

  /**
   * A sum, product or variance as float64, in which floating elements are accumulated: for what is
   * computed further and rounded once, at its end.
   */
  public static Expr reduceWide(
      Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish) {
    if (!input.dtype().isFloating()) {
      throw new IllegalArgumentException(reduction.label() + " of " + input.dtype());
    }
    Expr computed = cast(input, input.dtype().computed());
    return reduce(computed, reduction, axes, finish, DType.FLOAT64);
  }

  private static Expr reduce(
      Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish, DType result) {
    if (!reduction.hasIdentity() && axes.stream().anyMatch(a -> input.shape().extent(a) == 0)) {
      throw new UsageException(
          "%s: shape %s has no elements along axes %s, and %s of nothing is undefined; reduce other axes, or add elements first"
              .formatted(reduction.label(), input.shape(), axes, reduction.label()));
    }
    Chunks chunks = ChunkRules.reduce(input.chunks(), axes);
    return new Expr.Reduce(
        input, reduction, List.copyOf(axes), finish, new Expr.Type(result, chunks.shape(), chunks));
  }

  /**
   * A running sum or product along an axis. Totals of float32 are float64 within a chunk; those
   * that go from chunk to chunk must be too.
   */
  public static Expr scan(Expr input, Routine routine, int axis) {
    if (input.dtype().isComplex()) {
      return ComplexExprs.scan(input, routine, axis);
    }
    Reduction like = routine == Routine.CUMSUM ? Reduction.SUM : Reduction.PROD;
    DType result = like.result(input.dtype());
    boolean widens =
        result == DType.FLOAT16 || result == DType.FLOAT32 && input.chunks().axis(axis).count() > 1;
    Expr typed = cast(input, widens ? DType.FLOAT64 : result);
    return cast(new Expr.Scan(typed, routine, axis, typed.type()), result);
  }

  /** Arrays one after the other along {@code axis}; other extents must agree. */
  public static Expr concatenate(List<Expr> parts, int axis) {
    Shape first = parts.getFirst().shape();
    DType common = Promotion.common(parts.stream().map(Expr::dtype).toList());
    long extent = 0;
    for (Expr part : parts) {
      if (part.shape().rank() != first.rank()
          || !part.shape().with(axis, 0).equals(first.with(axis, 0))) {
        throw new UsageException(
            "concatenate: shapes %s and %s differ outside axis %d; only that axis may differ"
                .formatted(first, part.shape(), axis));
      }
      if (extent + part.shape().extent(axis) < 0) {
        throw new UsageException(
            "concatenate: the extents along axis %d add up to more than 2^63-1; join fewer or smaller arrays"
                .formatted(axis));
      }
      extent += part.shape().extent(axis);
    }
    DType dtype = common;
    if (dtype.isComplex()) {
      return ComplexExprs.concatenate(parts, axis, dtype);
    }
    List<Expr> inputs = alignParts(parts.stream().map(part -> cast(part, dtype)).toList(), axis);
    Chunks chunks = ChunkRules.concatenate(inputs.stream().map(Expr::chunks).toList(), axis);
    return new Expr.Concatenate(
        inputs, axis, new Expr.Type(dtype, first.with(axis, extent), chunks));
  }

  /** Gives the parts the same cuts on every axis but {@code axis}. */
  private static List<Expr> alignParts(List<Expr> parts, int axis) {
    Chunks lead = parts.getFirst().chunks();
    List<Expr> aligned = new ArrayList<>(parts.size());
    for (Expr part : parts) {
      Chunks wanted = lead.with(axis, part.chunks().axis(axis));
      aligned.add(rechunk(part, wanted));
    }
    return aligned;
  }

  /** The elements at {@code indices} (int64, rank 1, in range) along an axis. */
  public static Expr take(Expr input, Expr indices, int axis) {
    if (input.dtype().isComplex()) {
      return ComplexExprs.ofParts(input, part -> take(part, indices, axis));
    }
    Shape shape = input.shape().with(axis, indices.shape().extent(0));
    requireCountable("take", shape, input.shape().extent(axis));
    Chunks chunks = input.chunks().with(axis, indices.chunks().axis(0));
    return new Expr.Take(input, indices, axis, new Expr.Type(input.dtype(), shape, chunks));
  }

  /** The same value in another chunk grid. */
  public static Expr rechunk(Expr input, Chunks chunks) {
    return rechunk(input, chunks, "");
  }

  /** The same value in another chunk grid, for a reason that {@code explain} tells. */
  public static Expr rechunk(Expr input, Chunks chunks, String why) {
    if (input.chunks().equals(chunks)) {
      return input;
    }
    if (input.dtype().isComplex()) {
      return ComplexExprs.ofParts(input, part -> rechunk(part, chunks, why));
    }
    return new Expr.Rechunk(input, why, input.type().with(chunks));
  }

  /** Matrix product of operands of rank 2 or more; leading axes broadcast. */
  public static Expr matmul(Expr left, Expr right, ProductCut cut) {
    DType dtype = Promotion.of(left.dtype(), right.dtype());
    if (dtype.isComplex()) {
      return ComplexExprs.matmul(left, right, cut);
    }
    if (dtype == DType.FLOAT16) {
      DType wide = dtype.computed();
      return cast(matmul(cast(left, wide), cast(right, wide), cut), dtype);
    }
    if (dtype == DType.BOOL) {
      throw new UsageException(
          "matmul: dtype bool is not accepted; cast to int64 or float64 first");
    }
    int lead = Math.max(left.shape().rank(), right.shape().rank()) - 2;
    long inner = left.shape().extent(left.shape().rank() - 1);
    if (inner != right.shape().extent(right.shape().rank() - 2)) {
      throw new UsageException(
          "matmul: shapes %s and %s do not fit: the last axis of the first is %d, the last but one of the second is %d; they must be equal, transpose one of them if needed"
              .formatted(
                  left.shape(),
                  right.shape(),
                  inner,
                  right.shape().extent(right.shape().rank() - 2)));
    }
    long rows = left.shape().extent(left.shape().rank() - 2);
    long columns = right.shape().extent(right.shape().rank() - 1);
    Shape batch =
        Broadcasting.common("matmul", List.of(leading(left.shape()), leading(right.shape())));
    Shape shape = batch.insert(lead, rows).insert(lead + 1, columns);
    requireCountable("matmul", shape, inner);
    long[] lengths = IntStream.range(0, shape.rank()).mapToLong(axis -> 1).toArray();
    lengths[lead] = cut.tile();
    lengths[lead + 1] = cut.tile();
    Chunks tiles = Chunks.regular(shape, lengths);
    AxisChunks pieces = cut.inner(rows, columns, inner, dtype);
    Expr a = cast(left, dtype);
    Expr b = cast(right, dtype);
    if (pieces.count() > 1) {
      a = ProductCut.fit(a, tiles.axis(lead), pieces);
      b = ProductCut.fit(b, pieces, tiles.axis(lead + 1));
    }
    a = broadcast(a, batch.insert(lead, rows).insert(lead + 1, inner));
    b = broadcast(b, batch.insert(lead, inner).insert(lead + 1, columns));
    return new Expr.MatMul(a, b, pieces, new Expr.Type(dtype, shape, tiles));
  }

  /** A task is a part of a space with one axis more than its result. */
  private static void requireCountable(String operation, Shape result, long along) {
    if (Bytes.product(result.size(), along) == Long.MAX_VALUE) {
      throw new UsageException(
          "%s: a result of shape %s, each element from an axis of %d, are more than 2^63-1 steps; compute it in parts"
              .formatted(operation, result, along));
    }
  }

  private static Shape leading(Shape shape) {
    long[] extents = new long[shape.rank() - 2];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = shape.extent(axis);
    }
    return Shape.of(extents);
  }

  /** The same elements, asked for on a device; a hint that is there already is replaced. */
  public static Expr hint(Expr input, String device) {
    if (input.dtype().isComplex()) {
      return ComplexExprs.ofParts(input, part -> hint(part, device));
    }
    Expr bare = input instanceof Expr.Hint inner ? inner.input() : input;
    return new Expr.Hint(bare, device, bare.type());
  }
}
