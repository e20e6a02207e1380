package dev.weft.cpu.tile;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import java.util.Arrays;
import java.util.List;

/**
 * The iteration space of a launch in its simplest form, and where each operand lies in it: axes of
 * extent 1 are gone, and neighbouring axes that every operand crosses in even steps are one. The
 * elements come in the same order as before, apart from {@link #ordered} axes.
 *
 * @param extents one per axis, outermost first
 * @param reduced whether an axis is reduced
 * @param bases address of the first element of each operand, inputs before outputs; the element
 *     number for generated operands
 * @param strides bytes (element numbers) between neighbours, by operand and axis
 */
public record LoopNest(long[] extents, boolean[] reduced, long[] bases, long[][] strides) {

  /** The space of {@code arguments} as it was given, less its axes of extent 1. */
  public static LoopNest of(Arguments arguments) {
    List<Operand> inputs = arguments.inputs();
    List<Operand> outputs = arguments.outputs();
    int operands = inputs.size() + outputs.size();
    long[] bases = new long[operands];
    long[][] strides = new long[operands][];
    for (int i = 0; i < operands; i++) {
      Operand operand = i < inputs.size() ? inputs.get(i) : outputs.get(i - inputs.size());
      bases[i] =
          operand.memory() == null ? operand.base() : operand.memory().address() + operand.base();
      strides[i] = operand.strides();
    }
    int[] kept = new int[arguments.extents().length];
    int rank = 0;
    for (int axis = 0; axis < kept.length; axis++) {
      if (arguments.extents()[axis] != 1) {
        kept[rank++] = axis;
      }
    }
    return new LoopNest(arguments.extents(), arguments.reduced(), bases, strides)
        .permuted(Arrays.copyOf(kept, rank));
  }

  /** Number of axes. */
  public int rank() {
    return extents.length;
  }

  /** Number of elements. */
  public long size() {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }

  /** Number of elements on reduced axes (or on kept ones). */
  public long size(boolean ofReduced) {
    long size = 1;
    for (int axis = 0; axis < rank(); axis++) {
      size *= reduced[axis] == ofReduced ? extents[axis] : 1;
    }
    return size;
  }

  /** The space with only these axes, in this order. */
  public LoopNest permuted(int[] axes) {
    long[] newExtents = new long[axes.length];
    boolean[] newReduced = new boolean[axes.length];
    long[][] newStrides = new long[strides.length][axes.length];
    for (int i = 0; i < axes.length; i++) {
      newExtents[i] = extents[axes[i]];
      newReduced[i] = reduced[axes[i]];
      for (int operand = 0; operand < strides.length; operand++) {
        newStrides[operand][i] = strides[operand][axes[i]];
      }
    }
    return new LoopNest(newExtents, newReduced, bases, newStrides);
  }

  /** The kept axes in their order, then the reduced ones in theirs, or the other way round. */
  public LoopNest ordered(boolean reducedFirst) {
    int[] axes = new int[rank()];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int axis = 0; axis < rank(); axis++) {
        if (reduced[axis] == ((pass == 0) == reducedFirst)) {
          axes[next++] = axis;
        }
      }
    }
    return permuted(axes);
  }

  /** Kept axes in the order in which {@code operand} lies in memory, farthest steps first. */
  public LoopNest orderedBy(int operand) {
    long[] steps = strides[operand];
    int[] axes = new int[rank()];
    for (int i = 0; i < axes.length; i++) {
      int place = i;
      while (place > 0 && Math.abs(steps[axes[place - 1]]) < Math.abs(steps[i])) {
        axes[place] = axes[place - 1];
        place--;
      }
      axes[place] = i;
    }
    return permuted(axes);
  }

  /** The same order of elements on as few axes as possible. */
  public LoopNest collapsed() {
    int rank = rank();
    if (rank < 2) {
      return this;
    }
    long[] newExtents = new long[rank];
    int[] last = new int[rank];
    int count = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (count > 0 && joins(axis - 1, axis)) {
        newExtents[count - 1] *= extents[axis];
        last[count - 1] = axis;
      } else {
        newExtents[count] = extents[axis];
        last[count++] = axis;
      }
    }
    if (count == rank) {
      return this;
    }
    LoopNest joined = permuted(Arrays.copyOf(last, count));
    return new LoopNest(
        Arrays.copyOf(newExtents, count), joined.reduced, joined.bases, joined.strides);
  }

  private boolean joins(int outer, int inner) {
    if (reduced[outer] != reduced[inner]) {
      return false;
    }
    for (long[] steps : strides) {
      if (steps[outer] != steps[inner] * extents[inner]) {
        return false;
      }
    }
    return true;
  }

  /** Whether an operand's elements follow each other over the whole space, {@code item} apart. */
  boolean isDense(int operand, long item) {
    long expected = item;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      if (strides[operand][axis] != expected) {
        return false;
      }
      expected *= extents[axis];
    }
    return true;
  }

  /** Whether an operand is one and the same element over the axes from {@code axis} on. */
  boolean isConstant(int operand, int axis) {
    for (int a = axis; a < rank(); a++) {
      if (strides[operand][a] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where an operand's element with the C-order number {@code position} lies. */
  public long address(int operand, long position) {
    long address = bases[operand];
    long[] steps = strides[operand];
    long rest = position;
    for (int axis = rank() - 1; axis > 0; axis--) {
      long outer = rest / extents[axis];
      address += (rest - outer * extents[axis]) * steps[axis];
      rest = outer;
    }
    return rank() == 0 ? address : address + rest * steps[0];
  }
}
