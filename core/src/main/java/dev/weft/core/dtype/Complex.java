package dev.weft.core.dtype;

/**
 * A complex number.
 *
 * @param re the real part
 * @param im the imaginary part
 */
public record Complex(double re, double im) {
  /** The imaginary unit. */
  public static final Complex I = new Complex(0, 1);

  /** In the form of Python, {@code (1+2j)}, or {@code 2j} where the real part is 0. */
  @Override
  public String toString() {
    if (Double.doubleToRawLongBits(re) == 0) {
      return part(im) + "j";
    }
    String imaginary = part(im);
    boolean signed = imaginary.startsWith("-");
    return "(%s%s%sj)".formatted(part(re), signed ? "" : "+", imaginary);
  }

  private static String part(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e16;
    String text = Double.toString(value);
    return whole ? (1 / value < 0 ? "-" : "") + Math.abs((long) value) : text;
  }
}
