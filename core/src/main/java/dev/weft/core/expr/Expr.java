package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.List;

/**
 * A node of the lazy expression. Nodes are immutable; what counts is identity, never {@code
 * equals}, which would walk shared parts again and again. Built by {@link Exprs}, which checks
 * operands; the records trust their makers.
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

  /** What is known of a value before it is computed. */
  record Type(DType dtype, Shape shape, Chunks chunks) {
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
  record Elementwise(ElementwiseOp op, List<Expr> inputs, Type type) implements Expr {}

  /** The value as another type. */
  record Cast(Expr input, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** Elements seen through an affine index map; {@code label} says how it was asked for. */
  record ViewOf(Expr input, View view, String label, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** The elements in C order under another shape. */
  record Reshape(Expr input, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** The input reduced over {@code axes} (ascending), which are dropped. */
  record Reduce(Expr input, Reduction reduction, List<Integer> axes, Finish finish, Type type)
      implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** Running sum or product along an axis. */
  record Scan(Expr input, Routine routine, int axis, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** Arrays one after the other along an axis. */
  record Concatenate(List<Expr> inputs, int axis, Type type) implements Expr {}

  /** The elements of {@code input} at {@code indices} (int64, rank 1) along an axis. */
  record Take(Expr input, Expr indices, int axis, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input, indices);
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
  }

  /** The same elements in another chunk grid. */
  record Rechunk(Expr input, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** The same elements, and the wish that the tasks which make them run on a device. */
  record Hint(Expr input, String device, Type type) implements Expr {
    @Override
    public List<Expr> inputs() {
      return List.of(input);
    }
  }

  /** The user's Java code, chunk by chunk. */
  record MapChunks(ChunkFunction function, String name, List<Expr> inputs, Type type)
      implements Expr {}

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
