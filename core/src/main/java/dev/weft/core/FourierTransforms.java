package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ComplexPair;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.routine.FourierLines;
import dev.weft.core.routine.FourierLines.Form;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fourier transforms along one axis: which routine reads what, and what comes out. */
final class FourierTransforms {
  private FourierTransforms() {}

  static NDArray complex(
      NDArray x, @Nullable Long given, int axis, FourierNorm norm, boolean inverse) {
    String name = inverse ? "ifft" : "fft";
    int along = x.shape().axis(name, axis);
    long n = checked(name, x, along, given == null ? x.shape().extent(along) : given);
    double factor = norm.factor(n, inverse);
    if (x.size() == 0) {
      return x.session().zeros(type(x).complex(), x.shape().with(along, n).extents());
    }
    NDArray numbers = prepared(x, along, n);
    if (!FourierLines.fits(Form.COMPLEX, n)) {
      return LongTransforms.complex(numbers, along, n, factor, inverse);
    }
    FourierLines routine =
        new FourierLines(Form.COMPLEX, along, along, (int) n, inverse, factor, 0);
    return lines(routine, numbers, n);
  }

  static NDArray fromReal(
      NDArray x, @Nullable Long given, int axis, FourierNorm norm, boolean inverse) {
    String name = inverse ? "ihfft" : "rfft";
    int along = x.shape().axis(name, axis);
    if (x.dtype().isComplex()) {
      throw new UsageException(
          "%s: the array is %s; it must be real, take fft, or the real part"
              .formatted(name, x.dtype()));
    }
    long n = checked(name, x, along, given == null ? x.shape().extent(along) : given);
    double factor = norm.factor(n, inverse);
    if (x.size() == 0) {
      return x.session().zeros(type(x).complex(), x.shape().with(along, n / 2 + 1).extents());
    }
    NDArray numbers = prepared(x, along, n);
    if (!FourierLines.fits(Form.FROM_REAL, n)) {
      NDArray all = LongTransforms.complex(numbers, along, n, factor, inverse);
      return Pieces.part(all, along, 0, n / 2 + 1);
    }
    FourierLines routine =
        new FourierLines(Form.FROM_REAL, along, along, (int) n, inverse, factor, 0);
    return lines(routine, numbers, n / 2 + 1);
  }

  static NDArray toReal(
      NDArray x, @Nullable Long given, int axis, FourierNorm norm, boolean inverse) {
    String name = inverse ? "irfft" : "hfft";
    int along = x.shape().axis(name, axis);
    long n = checked(name, x, along, given == null ? 2 * (x.shape().extent(along) - 1) : given);
    double factor = norm.factor(n, inverse);
    DType result = x.dtype() == DType.FLOAT16 ? DType.FLOAT16 : type(x);
    if (x.size() == 0) {
      return x.session().zeros(result, x.shape().with(along, n).extents());
    }
    NDArray numbers = prepared(x, along, n / 2 + 1);
    if (!FourierLines.fits(Form.TO_REAL, n)) {
      return LongTransforms.toReal(numbers, along, n, factor, inverse).cast(result);
    }
    FourierLines routine =
        new FourierLines(Form.TO_REAL, along, along, (int) n, inverse, factor, 0);
    return lines(routine, numbers, n).cast(result);
  }

  private static long checked(String name, NDArray x, int axis, long n) {
    if (n < 1) {
      throw new UsageException(
          "%s: invalid number of data points %d along axis %d of shape %s; use n of 1 or more"
              .formatted(name, n, axis, x.shape()));
    }
    return n;
  }

  /** The type of the parts of the result. */
  static DType type(NDArray x) {
    DType part = x.dtype().part();
    return part == DType.FLOAT32 || part == DType.FLOAT16 ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** Of at most so many elements along the axis, and floating. */
  private static NDArray prepared(NDArray x, int axis, long most) {
    NDArray floating = x.dtype().isComplex() ? x : x.cast(type(x));
    boolean longer = x.shape().extent(axis) > most;
    return longer ? Pieces.part(floating, axis, 0, most) : floating;
  }

  /** The routine over whole lines, of which those of the result have {@code made} elements. */
  private static NDArray lines(FourierLines routine, NDArray x, long made) {
    List<Expr> operands = operands(x, x.expr() instanceof Expr.Source);
    Chunks lines = WholeLines.chunks(x.with(operands.getFirst()), routine.axis());
    List<Expr> read = operands.stream().map(operand -> inLines(operand, lines)).toList();
    Chunks chunks = lines.with(routine.to(), AxisChunks.regular(made, made));
    boolean complex = routine.form() != Form.TO_REAL;
    Chunks whole = complex ? parts(chunks) : chunks;
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      axes.add(axis == routine.axis() ? whole.rank() : axis + whole.rank() - x.rank());
    }
    NDArray result = node(routine, x, read, axes, new Expr.Type(type(x), whole.shape(), whole));
    return complex ? joined(result) : result;
  }

  /** The node of a routine that reads whole lines of operands of equal shape. */
  static NDArray node(
      FourierLines routine, NDArray x, List<Expr> read, List<Integer> axes, Expr.Type type) {
    List<Long> whole = List.of(read.getFirst().shape().extent(routine.axis()));
    return x.with(
        new Expr.MapBlocks(
            routine, read, Collections.nCopies(read.size(), List.copyOf(axes)), whole, type));
  }

  /** The chunks of an array of real and imaginary parts, which lie along the first axis. */
  static Chunks parts(Chunks chunks) {
    List<AxisChunks> all = new ArrayList<>(chunks.axes());
    all.addFirst(AxisChunks.regular(2, 2));
    return new Chunks(all);
  }

  /** Complex numbers of parts that lie along the first axis. */
  static NDArray joined(NDArray parts) {
    Expr re = parts.slice(Index.at(0)).expr();
    Expr im = parts.slice(Index.at(1)).expr();
    return parts.with(ComplexPair.of(re, im).join());
  }

  /**
   * What a routine reads: real numbers, or complex ones as they are stored, or their parts.
   *
   * @param asStored whether complex numbers can be read so
   */
  static List<Expr> operands(NDArray x, boolean asStored) {
    if (!x.dtype().isComplex() || asStored) {
      return List.of(x.expr());
    }
    ComplexPair pair = ComplexPair.of(x.expr());
    return List.of(pair.re(), pair.im());
  }

  /**
   * What is computed is computed in chunks of whole lines; what is stored already, or made by a
   * routine, is read across its chunks.
   */
  private static Expr inLines(Expr operand, Chunks lines) {
    Expr base = operand;
    while (base instanceof Expr.ViewOf view) {
      base = view.input();
    }
    boolean isThere = base instanceof Expr.Source || base instanceof Expr.MapBlocks;
    return isThere ? operand : Exprs.rechunk(operand, lines, "whole lines");
  }

  /** Transforms along one axis after the other. */
  static NDArray along(
      NDArray x, String name, long @Nullable [] extents, int[] axes, FourierNorm norm) {
    Shape shape = x.shape();
    int[] over =
        axes.length == 0 && extents == null
            ? WholeLines.axes(x.rank()).stream().mapToInt(i -> i).toArray()
            : axes;
    if (extents != null && extents.length != over.length) {
      throw new UsageException(
          "%s: %d extents for %d axes; give one for each axis"
              .formatted(name, extents.length, over.length));
    }
    boolean real = name.startsWith("rfft") || name.startsWith("irfft");
    if (over.length == 0 && real) {
      throw new UsageException(
          "%s: no axis to transform of shape %s; give one or more".formatted(name, shape));
    }
    boolean inverse = name.startsWith("i");
    NDArray result = x;
    int last = over.length - 1;
    for (int i = 0; i <= last; i++) {
      // The half that is kept of a real transform is made first, and read last.
      int axis = inverse ? i : last - i;
      shape.axis(name, over[axis]);
      Long n = extents == null || extents[axis] == -1 ? null : extents[axis];
      if (real && axis == last) {
        result =
            inverse
                ? toReal(result, n, over[axis], norm, true)
                : fromReal(result, n, over[axis], norm, false);
      } else {
        result = complex(result, n, over[axis], norm, inverse);
      }
    }
    return result;
  }
}
