package dev.weft.core.routine;

import dev.weft.core.expr.Block;
import dev.weft.core.fourier.Tables;
import java.util.List;

/**
 * Discrete Fourier transforms of the lines along an axis. Complex numbers are two blocks, or one in
 * which real and imaginary parts lie along an axis of its own, the first; results are such blocks.
 * Computed in float64 and rounded once.
 *
 * @param axis of the arrays, not counting that of the parts
 * @param length of a line that is transformed; input lines are cut, or go on with 0
 * @param inverse whether the sign of the exponent is +
 * @param scale the factor of the result
 * @param stacked whether complex input is one block
 */
public record FourierLines(
    Form form, int axis, int length, boolean inverse, double scale, boolean stacked)
    implements HostRoutine {
  /** Of what a transform is, and what comes out. */
  public enum Form {
    /** Complex numbers of complex ones. */
    COMPLEX("fft"),
    /** The first half of the spectrum, {@code length / 2 + 1}, of real numbers. */
    FROM_REAL("rfft"),
    /** Real numbers of the first half of their spectrum. */
    TO_REAL("irfft");

    private final String label;

    Form(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return inverse && form == Form.COMPLEX ? "ifft" : form.label;
  }

  /** Additions of an element, about: so many for each doubling of the length. */
  @Override
  public double cost() {
    return 4 + 2 * Math.log(length) / Math.log(2);
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    List<NumberLines> from = NumberLines.parts(inputs, axis, stacked);
    List<NumberLines> to = NumberLines.parts(List.of(output), axis, form != Form.TO_REAL);
    int inner = form != Form.COMPLEX && length % 2 == 0 ? length / 2 : length;
    if (to.getFirst().isDense() ? Tables.isShort(inner) : FourierColumns.fits(inner)) {
      new FourierColumns(this, from, to).run();
    } else {
      new FourierEach(this, from, to).run();
    }
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
