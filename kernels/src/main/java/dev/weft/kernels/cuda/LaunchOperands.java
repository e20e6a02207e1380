package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import java.util.Arrays;

/**
 * The operands of a launch in the order of {@link LaunchStruct}.
 *
 * @param bases address of the first element; element number for index and random parameters
 * @param strides by operand, then axis of the iteration space
 */
record LaunchOperands(long[] bases, long[][] strides) {

  static LaunchOperands of(
      FusedKernel kernel, Arguments arguments, CudaLaunch.Addresses addresses) {
    int inputs = kernel.params().size();
    int outputs = kernel.sinks().size();
    boolean position = LaunchStruct.hasPosition(kernel);
    int count = inputs + outputs + (position ? 1 : 0);
    long[] bases = new long[count];
    long[][] strides = new long[count][];
    for (int i = 0; i < inputs; i++) {
      Operand operand = arguments.inputs().get(i);
      boolean inMemory = kernel.params().get(i) instanceof Param.Buffer;
      bases[i] = operand.base() + (inMemory ? addresses.inputs()[i] : 0);
      strides[i] = operand.strides();
    }
    for (int i = 0; i < outputs; i++) {
      Operand operand = arguments.outputs().get(i);
      bases[inputs + i] = operand.base() + addresses.outputs()[i];
      strides[inputs + i] = operand.strides();
    }
    if (position) {
      position(arguments, bases, strides);
    }
    return new LaunchOperands(bases, strides);
  }

  /** The C-order index among the reduced axes of the whole array is linear in the indices. */
  private static void position(Arguments arguments, long[] bases, long[][] strides) {
    int rank = arguments.extents().length;
    long[] steps = new long[rank];
    long base = 0;
    long step = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      if (arguments.reduced()[axis]) {
        steps[axis] = step;
        base += arguments.reduceBase()[axis] * step;
        step *= arguments.reduceShape()[axis];
      }
    }
    bases[bases.length - 1] = base;
    strides[strides.length - 1] = steps;
  }

  /** The first operand in memory that is not one element for all, or -1. */
  int leader(FusedKernel kernel) {
    for (int i = 0; i < kernel.params().size(); i++) {
      if (kernel.params().get(i) instanceof Param.Buffer
          && Arrays.stream(strides[i]).anyMatch(stride -> stride != 0)) {
        return i;
      }
    }
    return -1;
  }

  /** The shortest step of an operand along some axes, 0 if it takes none. */
  long least(int operand, Arguments arguments, boolean[] chosen) {
    long least = 0;
    for (int axis = 0; axis < chosen.length; axis++) {
      long step = Math.abs(strides[operand][axis]);
      if (chosen[axis] && arguments.extents()[axis] > 1 && step != 0) {
        least = least == 0 ? step : Math.min(least, step);
      }
    }
    return least;
  }
}
