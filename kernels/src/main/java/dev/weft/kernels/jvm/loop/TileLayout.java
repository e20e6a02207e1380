package dev.weft.kernels.jvm.loop;

import java.util.List;

/**
 * How the arguments of a generated loop are laid out.
 *
 * @param lanes elements per step of the loop; it computes whole steps only
 * @param operandBytes bytes per element of each operand, 0 for a uniform one
 * @param scalars number of scalars between operands and outputs
 * @param outputBytes bytes per element of each output
 */
public record TileLayout(
    int lanes, List<Integer> operandBytes, int scalars, List<Integer> outputBytes) {
  /** Copies the lists. */
  public TileLayout {
    operandBytes = List.copyOf(operandBytes);
    outputBytes = List.copyOf(outputBytes);
  }

  /** Number of arguments. */
  public int arguments() {
    return operandBytes.size() + scalars + outputBytes.size();
  }

  /** Position of output {@code number} among the arguments. */
  public int outputArgument(int number) {
    return operandBytes.size() + scalars + number;
  }
}
