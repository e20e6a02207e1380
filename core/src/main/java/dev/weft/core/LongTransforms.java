package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.fourier.Columns;
import dev.weft.core.fourier.Factors;
import dev.weft.core.optimize.ReshapedSource;
import dev.weft.core.routine.FourierLines;
import dev.weft.core.routine.FourierLines.Form;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Transforms of lines that are too long for one task. A line of a times b numbers is a matrix of a
 * rows: tasks transform some of its columns and turn the results, others transform rows of those.
 *
 * <pre>
 *   x[j] as a x b  ->  columns, turned: y[p, q]  ->  rows, transposed: X[q', p]  ->  X[k], k = q' a + p
 * </pre>
 *
 * A length with a large prime is a convolution around such a line.
 */
final class LongTransforms {
  /** Bytes of a part of a matrix: rows of narrower ones are short for the memory. */
  private static final long LEAST = 4 << 20;

  private LongTransforms() {}

  /** Of a line that may be shorter than n. */
  static NDArray complex(NDArray x, int axis, long n, double factor, boolean inverse) {
    DType result = x.dtype().complex();
    int last = x.rank() - 1;
    NDArray line = x.moveaxis(axis, last);
    NDArray made =
        Factors.isSmooth(n)
            ? twice(padded(line, n), n, factor, inverse)
            : around(line, n, factor, inverse);
    return made.cast(result).moveaxis(last, axis);
  }

  /** Of a first half that may be shorter. */
  static NDArray toReal(NDArray x, int axis, long n, double factor, boolean inverse) {
    int last = x.rank() - 1;
    NDArray half = padded(x.cast(x.dtype().complex()).moveaxis(axis, last), n / 2 + 1);
    // What counts as real at both ends is left out, since only real parts come out.
    NDArray rest = Pieces.part(half, last, 1, (n + 1) / 2);
    NDArray all = half.session().concatenate(last, half, rest.flip(last).conj());
    return complex(all, last, n, factor, inverse).real().moveaxis(last, axis);
  }

  private static NDArray padded(NDArray x, long n) {
    int last = x.rank() - 1;
    long missing = n - x.shape().extent(last);
    if (missing == 0) {
      return x;
    }
    NDArray zeros = x.session().zeros(x.dtype(), x.shape().with(last, missing).extents());
    return x.session().concatenate(last, x, zeros);
  }

  private static NDArray twice(NDArray x, long n, double factor, boolean inverse) {
    int rows = x.rank() - 1;
    long a = Factors.half(n);
    long b = n / a;
    Shape matrix = x.shape().with(rows, a).insert(rows + 1, b);
    Chunks byColumns = chunks(x, matrix, rows);
    Chunks byRows = chunks(x, matrix, rows + 1);
    List<Expr> read = new ArrayList<>();
    // Complex numbers that lie in one piece are read as they are stored; parts are put in one.
    boolean there = x.expr() instanceof Expr.Source given && ReshapedSource.fits(given.source());
    for (Expr part : FourierTransforms.operands(x, there)) {
      read.add(new Expr.Reshape(part, new Expr.Type(part.dtype(), matrix, byColumns)));
    }
    List<Integer> axes = behindParts(matrix.rank());
    axes.set(rows, matrix.rank() + 1);
    Chunks whole = FourierTransforms.parts(byColumns);
    NDArray turned =
        FourierTransforms.node(
            new FourierLines(Form.COMPLEX, rows, rows, (int) a, inverse, 1, n),
            x,
            read,
            axes,
            new Expr.Type(DType.FLOAT64, whole.shape(), whole));
    // Each row of what is there becomes a column.
    AxisChunks one = AxisChunks.regular(b, b);
    Chunks made = FourierTransforms.parts(byRows.with(rows, one).with(rows + 1, byRows.axis(rows)));
    List<Integer> swapped = behindParts(matrix.rank());
    swapped.set(rows, rows + 2);
    swapped.set(rows + 1, matrix.rank() + 1);
    NDArray stacked =
        FourierTransforms.node(
            new FourierLines(Form.COMPLEX, rows + 1, rows, (int) b, inverse, factor, 0),
            x,
            List.of(turned.slice(Index.at(0)).expr(), turned.slice(Index.at(1)).expr()),
            swapped,
            new Expr.Type(FourierTransforms.type(x), made.shape(), made));
    Chunks auto = FourierTransforms.parts(x.autoChunks(x.shape()));
    return FourierTransforms.joined(x.with(Exprs.reshape(stacked.expr(), auto.shape(), auto)));
  }

  /** Axes of a result that come after that of its parts. */
  private static List<Integer> behindParts(int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      axes.add(axis + 1);
    }
    return axes;
  }

  /** Matrices one by one, in chunks that are whole along an axis. */
  private static Chunks chunks(NDArray x, Shape matrix, int whole) {
    int other = 2 * matrix.rank() - 3 - whole;
    long line = matrix.extent(whole) * 2 * Double.BYTES;
    long target = Math.max(LEAST, x.session().chunkSize().targetBytes());
    long together = target / line / Columns.MOST * Columns.MOST;
    long[] lengths = new long[matrix.rank()];
    Arrays.fill(lengths, 1);
    lengths[whole] = matrix.extent(whole);
    lengths[other] = Math.min(matrix.extent(other), Math.max(Columns.MOST, together));
    return Chunks.regular(matrix, lengths);
  }

  /** By a convolution with {@code exp(i pi j^2 / n)} around a longer line. */
  private static NDArray around(NDArray x, long n, double factor, boolean inverse) {
    if (n > Integer.MAX_VALUE) {
      throw new UsageException(
          "fft: lines of %d elements have a prime above %d; give n of %d"
              .formatted(n, Factors.LARGEST, Factors.convenient(n)));
    }
    Session session = x.session();
    int last = x.rank() - 1;
    NDArray index = session.arange(n);
    NDArray square = index.multiply(index).remainder(2 * n);
    NDArray nearest = square.subtract(square.greater(n).cast(DType.INT64).multiply(2 * n));
    NDArray angle = nearest.multiply((inverse ? 1 : -1) * Math.PI / n);
    NDArray chirp = angle.cos().complex(angle.sin());
    NDArray kernel = chirp.conj();
    long length = Factors.convenient(2 * n - 1);
    NDArray between = session.zeros(DType.COMPLEX128, length - 2 * n + 1);
    NDArray circle = session.concatenate(0, kernel, between, Pieces.part(kernel, 0, 1, n).flip(0));
    NDArray given = Pieces.part(chirp, 0, 0, x.shape().extent(last)).multiply(x);
    NDArray spectrum =
        twice(padded(given, length), length, 1, false).multiply(twice(circle, length, 1, false));
    NDArray all = twice(spectrum, length, factor / length, true);
    return Pieces.part(all, last, 0, n).multiply(chirp);
  }
}
