package dev.weft.core;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which of a Fourier transform and its inverse is divided by the number of elements n. */
public enum FourierNorm {
  /** The inverse. */
  BACKWARD,
  /** Both, by the square root of n. */
  ORTHO,
  /** The forward transform. */
  FORWARD;

  /**
   * The norm of a name as NumPy writes it, such as {@code "ortho"}.
   *
   * @throws UsageException for another name
   */
  public static FourierNorm of(String name) {
    return Arrays.stream(values())
        .filter(norm -> norm.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "norm '%s' is not one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(FourierNorm::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  double factor(long n, boolean inverse) {
    return switch (this) {
      case BACKWARD -> inverse ? 1.0 / n : 1;
      case ORTHO -> 1 / Math.sqrt(n);
      case FORWARD -> inverse ? 1 : 1.0 / n;
    };
  }
}
