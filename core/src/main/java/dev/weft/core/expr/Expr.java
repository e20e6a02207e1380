package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A node of the lazy expression. Nodes are immutable; what counts is identity: a node that reads
 * others is equal to itself only, and its text names none of them. What records do of their own
 * would walk shared parts again and again, and end in a stack overflow below some thousand steps.
 * Built by {@link Exprs}, which checks operands; the records trust their makers.
 */
public sealed interface Expr {
  /** What is known of the node's value. */
  Type type();

  /** The nodes that this one reads. */
  default List<Expr> inputs() {
    return List.of();
  }

  /** Element type. */
  default DType dtype() {
    return type().dtype();
  }

  /** Extents. */
  default Shape shape() {
    return type().shape();
  }

  /** The chunk grid in which the value is computed. */
  default Chunks chunks() {
    return type().chunks();
  }

  /** The node's text: what it is, but not what it reads. */
  private static String text(Expr node) {
    return "%s %s%s of %d inputs"
        .formatted(
            node.getClass().getSimpleName(), node.dtype(), node.shape(), node.inputs().size());
  }

  /** What is known of a value before it is computed. */
  record Type(DType dtype, Shape shape, Chunks chunks) {
    /** Checks that the bytes can be counted, so that nobody else has to. */
    public Type {
      Bytes.of(dtype, shape);
    }

    /** The same with another chunk grid. */
    public Type with(Chunks other) {
      return new Type(dtype, shape, other);
    }
  }

  /** Elements that exist already. */
  record Source(ArraySource source, Type type) implements Expr {}

  /** The same number everywhere. */
  record Fill(Scalar value, Type type) implements Expr {}

  /** The index along one axis, int64. */
  record Iota(int axis, Type type) implements Expr {}

  /** Draws numbered by the C-order position of the element in an array of this shape. */
  record Random(Distribution distribution, long seed, long stream, Type type) implements Expr {}

  /** An operation on operands of equal shape and of the row's operand types. */
  record Elementwise(ElementwiseOp op, List<Expr> inputs, Type type) implements Expr {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** The value as another type. */
  record Cast(Expr input, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** Elements seen through an affine index map; {@code label} says how it was asked for. */
  record ViewOf(Expr input, View view, String label, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** The elements in C order under another shape. */
  record Reshape(Expr input, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** The input reduced over {@code axes} (ascending), which are dropped. */
  record Reduce(Expr input, Reduction reduction, List<Integer> axes, Finish finish, Type type)
      implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** Running sum or product along an axis. */
  record Scan(Expr input, Routine routine, int axis, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** Arrays one after the other along an axis. */
  record Concatenate(List<Expr> inputs, int axis, Type type) implements Expr {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** The elements of {@code input} at {@code indices} (int64, rank 1) along an axis. */
  record Take(Expr input, Expr indices, int axis, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input, indices);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /**
   * Matrix product over the last two axes; leading axes are equal.
   *
   * @param inner the pieces of the axis that is summed over, which are added one after the other
   */
  record MatMul(Expr left, Expr right, AxisChunks inner, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(left, right);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /**
   * The same elements in another chunk grid.
   *
   * @param why the reason where nobody asked for it, else empty
   */
  record Rechunk(Expr input, String why, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** The same elements, and the wish that the tasks which make them run on a device. */
  record Hint(Expr input, String device, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /**
   * Java code on the host, chunk by chunk. A task makes a chunk of the result; it goes over the
   * axes of the result, and then over others of which it sees all.
   *
   * @param axes for each input the axis of the task along each of its axes
   * @param whole the extents of the axes of which every task sees all, which come after those of
   *     the result
   */
  record MapBlocks(
      BlockRoutine routine,
      List<Expr> inputs,
      List<List<Integer>> axes,
      List<Long> whole,
      Type type)
      implements Expr {
    /** Code over the same region of all inputs and of the result, which have one shape and grid. */
    public static MapBlocks alike(BlockRoutine routine, List<Expr> inputs, Type type) {
      List<Integer> all = IntStream.range(0, type.shape().rank()).boxed().toList();
      return new MapBlocks(
          routine, inputs, Collections.nCopies(inputs.size(), all), List.of(), type);
    }

    /** The chunks of the result, and all of the axes beside them. */
    public Chunks iteration() {
      if (whole.isEmpty()) {
        return chunks();
      }
      List<AxisChunks> all = new ArrayList<>(chunks().axes());
      whole.forEach(extent -> all.add(AxisChunks.regular(extent, extent)));
      return new Chunks(all);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return Expr.text(this);
    }
  }

  /** How a reduction's combined partial result becomes its value. */
  sealed interface Finish {
    /** The first plane of the partial result. */
    record Value() implements Finish {}

    /** The index kept by an arg-reduction. */
    record Position() implements Finish {}

    /** The mean kept by {@link Reduction#MOMENTS}. */
    record Mean() implements Finish {}

    /** Sum of squared deviations over (count - ddof), kept by {@link Reduction#MOMENTS}. */
    record Variance(double ddof) implements Finish {}
  }
}
