package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A complex array as two real ones. Whatever is computed with complex numbers is computed with such
 * pairs, so that no device has to know complex numbers; only what is stored lies element by
 * element, real and imaginary part in turns.
 *
 * <pre>{@code
 * (a + b) * c     ->  complex(real multiply(...) - ..., ...)
 * x[::2].real     ->  real(x[::2]), or what the real part of x was made of
 * }</pre>
 *
 * @param re the real parts
 * @param im the imaginary parts, of the same type, shape and chunks
 */
public record ComplexPair(Expr re, Expr im) {
  /** Parts of one real floating type, stretched to a common shape. */
  public static ComplexPair of(Expr re, Expr im) {
    Shape shape = Broadcasting.common("complex", List.of(re.shape(), im.shape()));
    Expr first = Exprs.broadcast(re, shape);
    Expr second = Exprs.broadcast(im, shape);
    Chunks chunks = ChunkRules.align(shape, List.of(first.chunks(), second.chunks()));
    return new ComplexPair(Exprs.rechunk(first, chunks), Exprs.rechunk(second, chunks));
  }

  /** The parts of a complex array, or a real one with imaginary parts of 0. */
  public static ComplexPair of(Expr x) {
    if (!x.dtype().isComplex()) {
      return new ComplexPair(x, fill(x, 0));
    }
    ComplexPair joined = joined(x);
    return joined != null ? joined : new ComplexPair(part(x, false), part(x, true));
  }

  /** The same with parts of a type. */
  static ComplexPair of(Expr x, DType part) {
    return of(x).map(each -> Exprs.cast(each, part));
  }

  /** A result as a node that a job can make: complex elements are no kernel's. */
  public static Expr stored(Expr x) {
    return x.dtype().isComplex() && !(x instanceof Expr.MapBlocks) ? of(x).join() : x;
  }

  /** The parts that a node joins, or null where it is no such node. */
  static @Nullable ComplexPair joined(Expr x) {
    return x instanceof Expr.MapBlocks map && map.routine() instanceof JoinParts
        ? new ComplexPair(map.inputs().getFirst(), map.inputs().getLast())
        : null;
  }

  private static Expr part(Expr x, boolean imaginary) {
    Expr.Type type = new Expr.Type(x.dtype().part(), x.shape(), x.chunks());
    return Expr.MapBlocks.alike(new PartOf(imaginary), List.of(x), type);
  }

  /** The same number everywhere in the type, shape and chunks of an array. */
  static Expr fill(Expr like, double value) {
    return new Expr.Fill(Scalar.of(like.dtype(), value), like.type());
  }

  /** The same done with both parts. */
  public ComplexPair map(UnaryOperator<Expr> function) {
    return of(function.apply(re), function.apply(im));
  }

  /** The complex array. */
  public Expr join() {
    Expr.Type type = new Expr.Type(re.dtype().complex(), re.shape(), re.chunks());
    return Expr.MapBlocks.alike(new JoinParts(), List.of(re, im), type);
  }
}
