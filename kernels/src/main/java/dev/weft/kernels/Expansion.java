package dev.weft.kernels;

import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import java.util.List;

/**
 * A kernel without compositions. Its scalars are those of the original kernel followed by the
 * constants that the compositions mention.
 *
 * @param kernel the body, each value computed once and used
 * @param constants values of the scalars that follow the original ones
 */
public record Expansion(FusedKernel kernel, List<Scalar> constants) {
  /** Copies the list. */
  public Expansion {
    constants = List.copyOf(constants);
  }

  /** Number of scalars that come with the launch. */
  public int launchScalars() {
    return kernel.scalars() - constants.size();
  }
}
