package dev.weft.core.routine;

import dev.weft.core.expr.Block;
import dev.weft.core.fourier.Factors;
import dev.weft.core.fourier.Tables;
import java.util.List;

/**
 * Discrete Fourier transforms of the lines along an axis. Complex numbers are two blocks of their
 * parts, or one block as they are stored; results are one block with the parts along its first
 * axis. Computed in float64 and rounded once.
 *
 * @param axis of the input along which lines lie
 * @param to the same of the result, not counting the axis of the parts
 * @param length of a line that is transformed; input lines are cut, or go on with 0
 * @param inverse whether the sign of the exponent is +
 * @param scale the factor of the result
 * @param whole for lines that are columns of a matrix which is one line of so many numbers, by
 *     rows: results are turned by their row and column, so that transforms of rows remain; else 0
 */
public record FourierLines(
    Form form, int axis, int to, int length, boolean inverse, double scale, long whole)
    implements HostRoutine {
  /** Of what a transform is, and what comes out. */
  public enum Form {
    /** Complex numbers of complex ones. */
    COMPLEX,
    /** The first half of the spectrum, {@code length / 2 + 1}, of real numbers. */
    FROM_REAL,
    /** Real numbers of the first half of their spectrum. */
    TO_REAL
  }

  /** Numbers of the longest line that one task transforms. */
  private static final int LONGEST = 1 << 17;

  /** Whether lines of so many elements are short enough for a task. */
  public static boolean fits(Form form, long length) {
    long inner = form != Form.COMPLEX && length % 2 == 0 ? length / 2 : length;
    return inner <= (Factors.isSmooth(inner) ? LONGEST : LONGEST / 2);
  }

  @Override
  public String name() {
    return switch (form) {
      case COMPLEX -> inverse ? "ifft" : "fft";
      case FROM_REAL -> inverse ? "ihfft" : "rfft";
      case TO_REAL -> inverse ? "irfft" : "hfft";
    };
  }

  /** Additions of an element, about: so many for each doubling of the length. */
  @Override
  public double cost() {
    return 4 + 2 * Math.log(length) / Math.log(2);
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    List<NumberLines> read = NumberLines.inputs(inputs, axis);
    List<NumberLines> written = NumberLines.outputs(output, to, form != Form.TO_REAL);
    int inner = isHalved() ? length / 2 : length;
    boolean dense = read.getFirst().isDense() && written.getFirst().isDense();
    if (isPart() || (dense ? Tables.isShort(inner) : FourierColumns.fits(inner))) {
      long column = whole > 0 ? output.region().start()[to + 2] : 0;
      new FourierColumns(this, read, written, column).run();
    } else {
      new FourierEach(this, read, written).run();
    }
  }

  /** Whether lines are only a part of a longer one, which columns are made for. */
  private boolean isPart() {
    return whole > 0 || axis != to;
  }

  /** Elements that a line of the spectrum or of numbers has as the input of a transform. */
  int given() {
    return form == Form.TO_REAL ? length / 2 + 1 : length;
  }

  /** Elements of a line of the result. */
  int made() {
    return form == Form.FROM_REAL ? length / 2 + 1 : length;
  }

  /** Whether two real numbers make a complex one of a transform of half the length. */
  boolean isHalved() {
    return form != Form.COMPLEX && length % 2 == 0;
  }

  /** The factor of what the transforms give. */
  double factor() {
    return form == Form.FROM_REAL && isHalved() ? scale / 2 : scale;
  }
}
