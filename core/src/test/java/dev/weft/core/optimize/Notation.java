package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Expr;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;

/** Expressions in one line, such as {@code add(slice(x), 2.0)}, and named sources to make them. */
public final class Notation {
  private Notation() {}

  /** A source in memory that is never read. */
  public record Named(String description, DType dtype, Shape shape) implements ArraySource {
    @Override
    public Layout memory() {
      return new Layout(MemorySegment.NULL, 0, shape.strides());
    }

    @Override
    public void read(Region region, MemorySegment target) {
      throw new UnsupportedOperationException(description + " is never read");
    }
  }

  /** A source that is never read. */
  public static ArraySource source(String name, DType dtype, long... extents) {
    return new Named(name, dtype, Shape.of(extents));
  }

  /** A source that would have to be read, and never is. */
  public static ArraySource file(String name, DType dtype, long... extents) {
    return new File(name, dtype, Shape.of(extents));
  }

  private record File(String description, DType dtype, Shape shape) implements ArraySource {
    @Override
    public void read(Region region, MemorySegment target) {
      throw new UnsupportedOperationException(description + " is never read");
    }
  }

  /** The whole expression. */
  public static String of(Expr node) {
    String inputs = node.inputs().stream().map(Notation::of).collect(Collectors.joining(", "));
    return switch (node) {
      case Expr.Source s -> s.source().description();
      case Expr.Fill f -> f.value().toString();
      case Expr.Iota i -> "index" + i.axis();
      case Expr.Random r -> "random" + r.shape();
      case Expr.Elementwise e -> e.op().name() + "(" + inputs + ")";
      case Expr.Cast c -> c.dtype() + "(" + inputs + ")";
      case Expr.ViewOf v -> v.label() + v.view() + "(" + inputs + ")";
      case Expr.Reshape r -> "reshape" + r.shape() + "(" + inputs + ")";
      case Expr.Reduce r -> r.reduction().label() + r.axes() + "(" + inputs + ")";
      case Expr.Scan s -> s.routine() + "(" + inputs + ")";
      case Expr.Concatenate c -> "concatenate(" + inputs + ")";
      case Expr.Take t -> "take(" + inputs + ")";
      case Expr.MatMul m -> "matmul(" + inputs + ")";
      case Expr.Rechunk r -> "rechunk(" + inputs + ")";
      case Expr.Hint h -> "hint(" + inputs + ", " + h.device() + ")";
      case Expr.MapBlocks m -> m.routine().name() + "(" + inputs + ")";
    };
  }
}
