package dev.weft.core;

import dev.weft.core.device.ByteCount;
import dev.weft.core.diagram.ChunkDrawing;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.file.FileAccess;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A lazy n-dimensional array: a description of how its elements are computed, cut into chunks.
 * Immutable; methods return new arrays and check types and shapes at once, and nothing is computed
 * before {@link #compute}, {@link #persist} or {@link #computeTo}. The few methods that must look
 * at values earlier say so.
 */
public final class NDArray
    implements Input<HostArray>,
        UnaryMethods,
        BinaryMethods,
        BlockMethods,
        ComplexMethods,
        CurveMethods,
        ReductionMethods,
        DerivedMethods,
        OrderMethods,
        ChoiceMethods,
        ShapeMethods,
        PieceMethods,
        UpdateMethods,
        ProductMethods,
        LinalgMethods,
        MovingMethods,
        SampleMethods,
        FourierMethods,
        AutoCloseable {
  private final Session session;
  private final Expr expr;

  /** What {@link #persist} has kept for this array, null for all that are lazy. */
  private final @Nullable ArraySource kept;

  private volatile boolean closed;

  NDArray(Session session, Expr expr) {
    this(session, expr, null);
  }

  NDArray(Session session, Expr expr, @Nullable ArraySource kept) {
    this.session = session;
    this.expr = expr;
    this.kept = kept;
  }

  /** Whether the array was made by {@link #persist}: computing it again costs nothing. */
  public boolean isPersisted() {
    return kept != null;
  }

  /** Refuses to go on with a persisted array that is closed. */
  void requireKept() {
    if (kept != null) {
      kept.lease().run();
    }
  }

  /** An array of the same session, of an expression that is made of what its arrays are. */
  public NDArray with(Expr other) {
    return new NDArray(session, other);
  }

  /**
   * Each chunk as a task, in C order of the grid, for functions that want one at a time. All that
   * are computed together share what they have in common, and a function begins when its chunk is
   * there: the array may be larger than memory where functions keep little of it.
   */
  public List<Delayed<HostArray>> toDelayed() {
    List<Delayed<HostArray>> tasks = new ArrayList<>();
    for (long chunk = 0; chunk < chunks().count(); chunk++) {
      tasks.add(Delayed.of(session.tasks(), new ChunkInput(this, chunk)));
    }
    return tasks;
  }

  @Override
  public NDArray self() {
    return this;
  }

  /** The session that computes this array. */
  public Session session() {
    return session;
  }

  /** The expression behind the array. */
  public Expr expr() {
    return expr;
  }

  /** Element type. */
  public DType dtype() {
    return expr.dtype();
  }

  /** Extents. */
  public Shape shape() {
    return expr.shape();
  }

  /** Number of axes. */
  public int rank() {
    return expr.shape().rank();
  }

  /** Number of elements. */
  public long size() {
    return expr.shape().size();
  }

  /** Bytes that the computed array takes. */
  public long nbytes() {
    return size() * dtype().itemSize();
  }

  /** The chunk grid. */
  public Chunks chunks() {
    return expr.chunks();
  }

  Chunks autoChunks(Shape shape) {
    return session.chunkSize().auto(shape, dtype());
  }

  @Override
  public NDArray apply(ElementwiseOp op, NDArray... others) {
    List<Expr> operands = new ArrayList<>(1 + others.length);
    operands.add(expr);
    for (NDArray other : others) {
      operands.add(session.own(other).expr);
    }
    return with(Exprs.apply(op, operands));
  }

  @Override
  public NDArray apply(ElementwiseOp op, double other) {
    return with(Exprs.apply(op, List.of(expr, number(other))));
  }

  @Override
  public NDArray apply(ElementwiseOp op, long other) {
    return with(Exprs.apply(op, List.of(expr, number(op, other))));
  }

  /** The operation with a number as the first operand, as in {@code 1 / x}. */
  public NDArray applyFrom(ElementwiseOp op, double first) {
    return with(Exprs.apply(op, List.of(number(first), expr)));
  }

  /** The operation with an integer as the first operand. */
  public NDArray applyFrom(ElementwiseOp op, long first) {
    return with(Exprs.apply(op, List.of(number(op, first), expr)));
  }

  private Expr number(double value) {
    return Exprs.scalar(scalar(dtype().part(), value));
  }

  private Expr number(ElementwiseOp op, long value) {
    return Exprs.scalar(scalar(op, dtype().part(), value));
  }

  /** This session's array without axes that a plain number is where it meets {@code met}. */
  NDArray weak(DType met, double value) {
    return with(Exprs.scalar(scalar(met.part(), value)));
  }

  /** The same of an integer, which must fit the type. */
  NDArray weak(DType met, long value) {
    return with(Exprs.scalar(Scalar.of(Promotion.withScalar(met.part(), Kind.SIGNED), value)));
  }

  private static Scalar scalar(DType met, double value) {
    return Scalar.of(Promotion.withScalar(met, Kind.FLOATING), value);
  }

  private static Scalar scalar(ElementwiseOp op, DType met, long value) {
    DType dtype = Promotion.withScalar(met, Kind.SIGNED);
    if (dtype.isFloating() || (value >= dtype.minValue() && value <= dtype.maxValue())) {
      return Scalar.of(dtype, value);
    }
    return switch (op.rule()) {
      // Comparing with an integer that the array's type cannot hold is well defined, as in NumPy.
      case COMPARISON, LOGICAL -> Scalar.of(DType.INT64, value);
      // What the array becomes holds it, or rounds it.
      case FLOATING, DIVISION ->
          Scalar.of(op.resolve(Collections.nCopies(op.arity(), met)).result(), value);
      case ARITHMETIC, NUMERIC, SELECT, BITS, FROM_BITS -> Scalar.of(dtype, value);
    };
  }

  /** The elements as another type, converted as NumPy's {@code astype} does. */
  public NDArray cast(DType dtype) {
    return with(Exprs.cast(expr, dtype));
  }

  /** The user's own Java function of one element, computed in float64. */
  public NDArray map(DoubleUnaryOperator function) {
    return UserFunctions.map(this, function);
  }

  /** The user's own Java code over whole chunks; see {@link UserFunctions}. */
  public NDArray mapChunks(DType result, UserFunctions.OfChunk function, NDArray... others) {
    return UserFunctions.mapChunks(this, result, function, others);
  }

  /**
   * The same array, with the wish that the tasks which compute it run on a device such as {@code
   * cpu}, {@code cuda} or {@code cuda:1}. The wish changes no result and fails no job: where the
   * device is not there, full or lost, tasks run elsewhere, and {@link #explain} and the reasons of
   * placements say so. A kernel that computes several arrays at once heeds the wish for its last
   * one that has any.
   *
   * @throws dev.weft.core.error.UsageException when the text names no single device
   */
  public NDArray on(String device) {
    return with(Exprs.hint(expr, DeviceName.single(device)));
  }

  /** Matrix product, NumPy's {@code @}: leading axes broadcast, vectors are allowed. */
  public NDArray matmul(NDArray other) {
    return LinearAlgebra.matmul(this, session.own(other));
  }

  /** Sum of products over the last axis of this and the last but one of the other. */
  public NDArray dot(NDArray other) {
    return LinearAlgebra.dot(this, session.own(other));
  }

  /** All products of an element of this and an element of the other. */
  public NDArray outer(NDArray other) {
    return LinearAlgebra.outer(this, session.own(other));
  }

  /** Sum of products over pairs of axes. */
  public NDArray tensordot(NDArray other, int[] axes, int[] otherAxes) {
    return LinearAlgebra.tensordot(this, session.own(other), axes, otherAxes);
  }

  /** Computes the elements. Close the result to reuse its memory at once. */
  public HostArray compute() {
    return session.compute(List.of(this)).getFirst();
  }

  /** Computes the elements into a file or another target, complete or not at all. */
  public void computeTo(ArrayTarget target) {
    session.computeTo(List.of(this), List.of(target));
  }

  /**
   * Computes the elements into a file, in the format that its name says. The file appears complete
   * or not at all, in place of one that exists. Formats come with {@code weft-io}.
   */
  public void save(Path file) {
    computeTo(FileAccess.installed().target(file));
  }

  /** Computes the only element of an array of one element. */
  public double toDouble() {
    try (HostArray value = compute()) {
      return value.item();
    }
  }

  /**
   * Computes the array now and keeps its chunks for later use, each on the device that made it;
   * where the host's memory is short, chunks that no job is reading go to disk and come back. They
   * are kept until the array that this returns is {@link #close closed}, nothing refers to it or to
   * arrays made of it any more, or the session closes. If a device is lost, reading an array that
   * it held fails with an {@link dev.weft.core.error.ArrayLostException}.
   */
  public NDArray persist() {
    return session.persist(this);
  }

  /**
   * Gives back what {@link #persist} has kept for this array: neither it nor arrays made of it can
   * be computed any more. Jobs that are reading it are not disturbed, and the memory is given back
   * when the last of them has ended. Any other array is lazy and holds nothing: it need not be
   * closed, and closing it does nothing. May be called again.
   */
  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      closed = true;
    }
  }

  /** How the array would be computed: every step from the expression to the plan. */
  public String explain() {
    return session.explain(List.of(this));
  }

  /**
   * Draws how the array would be computed: the expression, the stages, and the tasks if they are
   * few. Drawing comes with {@code weft-pictures}.
   *
   * <pre>{@code
   * x.subtract(x.mean()).square().mean().visualize(Path.of("variance.svg"));
   * }</pre>
   *
   * @param file its ending says the format: {@code .svg}, {@code .png} or {@code .dot}
   * @throws dev.weft.core.error.UsageException as {@link Session#visualize} does
   */
  public void visualize(Path file) {
    session.visualize(List.of(this), file, PictureOptions.defaults());
  }

  /**
   * Shape, type, chunks and bytes as a table beside a drawing of the chunk grid, as an HTML
   * fragment for notebooks and reports. Nothing is computed.
   */
  public String toHtml() {
    return ArrayHtml.of(this);
  }

  /** The chunk grid as an SVG drawing: one box for up to three axes, several boxes for more. */
  public String toSvg() {
    return ChunkDrawing.svg(chunks());
  }

  /** What is known without computing. */
  @Override
  public String toString() {
    return closed
        ? "NDArray(shape=%s, dtype=%s, closed)".formatted(shape(), dtype())
        : "NDArray(shape=%s, dtype=%s, chunks=%s, %s, %s)"
            .formatted(
                shape(),
                dtype(),
                chunks(),
                ArrayHtml.counted(chunks().count(), "chunk"),
                ByteCount.text(nbytes()));
  }
}
