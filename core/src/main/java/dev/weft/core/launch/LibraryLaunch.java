package dev.weft.core.launch;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.memory.TaskMemory;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Launches library kernels, which know three axes: the iteration space is folded into them, over
 * copies of operands that do not fold.
 */
public final class LibraryLaunch {
  private final Device device;
  private final TaskMemory memory;
  private final Stage stage;
  private final Work.Library work;

  public LibraryLaunch(Device device, TaskMemory memory, Stage stage, Work.Library work) {
    this.device = device;
    this.memory = memory;
    this.stage = stage;
    this.work = work;
  }

  public void launch(CompiledKernel kernel, long chunk, Completion completion) {
    Operands operands = new Operands(memory);
    Region region = stage.iteration().region(chunk);
    Operand target = operands.output(stage, stage.outputs().getFirst(), region, chunk);
    boolean matmul = work.kernel().routine() == Routine.MATMUL;
    if (region.size() == 0 && !(matmul && target(region, matmul) > 0)) {
      completion.done(null);
      return;
    }
    List<Operand> inputs = new ArrayList<>();
    for (Stage.Input input : stage.inputs()) {
      inputs.add(operands.find(input, region));
    }
    Operand carry = goesOn(region) ? inputs.getFirst() : null;
    List<Operand> others = inputs.subList(isCarried() ? 1 : 0, inputs.size());
    if (matmul && carry != null) {
      long[] tile = Arrays.copyOf(region.extents(), region.rank());
      tile[region.rank() - 1] = 1;
      memory.copy(tile, work.kernel().dtype().itemSize(), carry, target);
    }
    memory.whenCopied(
        completion,
        () -> {
          if (matmul) {
            matmul(kernel, region, others, carry != null, target, completion);
          } else {
            alongAxis(kernel, region, others, carry, target, completion);
          }
        });
  }

  /** Whether tasks go on from what others have done: then their first input is that. */
  private boolean isCarried() {
    int own =
        switch (work.kernel().routine()) {
          case MATMUL, GATHER -> 2;
          case CUMSUM, CUMPROD -> 1;
        };
    return stage.inputs().size() > own;
  }

  private boolean goesOn(Region region) {
    boolean first =
        stage.inputs().getFirst() instanceof Stage.Input.Before before
            && before.reach(region).size() == 0;
    return isCarried() && !first;
  }

  private static long target(Region region, boolean matmul) {
    long size = 1;
    for (int axis = 0; axis < region.rank() - (matmul ? 1 : 0); axis++) {
      size *= region.extents()[axis];
    }
    return size;
  }

  /** A task holds one matrix: leading axes have extent 1. */
  private void matmul(
      CompiledKernel kernel,
      Region region,
      List<Operand> inputs,
      boolean accumulates,
      Operand target,
      Completion completion) {
    int lead = region.rank() - 3;
    long[] extents = Arrays.copyOfRange(region.extents(), lead, lead + 3);
    Operand left = pair(inputs.get(0), lead, lead + 2);
    Operand right = pair(inputs.get(1), lead + 2, lead + 1);
    Operand out = pair(target, lead, lead + 1);
    device.launch(
        kernel,
        Arguments.map(
            extents, List.of(left, right), List.of(out), new long[] {accumulates ? 0 : 1}),
        completion);
  }

  /** The operand over two of its axes. */
  private static Operand pair(Operand operand, int rows, int columns) {
    long[] strides = {operand.strides()[rows], operand.strides()[columns]};
    return Operand.of(memory(operand), operand.base(), strides);
  }

  /** Folds the axes before and after the one that matters into one each. */
  private void alongAxis(
      CompiledKernel kernel,
      Region region,
      List<Operand> inputs,
      @Nullable Operand carry,
      Operand target,
      Completion completion) {
    int axis = work.scalars().get(1).intValue();
    boolean gather = work.kernel().routine() == Routine.GATHER;
    int rank = region.rank() - (gather ? 1 : 0);
    int itemSize = work.kernel().dtype().itemSize();
    long[] extents = Arrays.copyOf(region.extents(), rank);
    long[] inputExtents = extents.clone();
    long[] inputStrides = Arrays.copyOf(inputs.getFirst().strides(), rank);
    if (gather) {
      inputExtents[axis] = region.extents()[rank];
      inputStrides[axis] = inputs.getFirst().strides()[rank];
    }
    Operand source = Operand.of(memory(inputs.getFirst()), inputs.getFirst().base(), inputStrides);
    if (!folds(inputExtents, inputStrides, axis)) {
      source = copy(source, inputExtents, itemSize);
    }
    long[] outStrides = Arrays.copyOf(target.strides(), rank);
    Operand place = Operand.of(memory(target), target.base(), outStrides);
    boolean direct = folds(extents, outStrides, axis);
    Operand out = direct ? place : blank(extents, itemSize);
    List<Operand> operandList = new ArrayList<>();
    operandList.add(fold(source, inputExtents, axis));
    if (gather) {
      Operand indices = inputs.get(1);
      operandList.add(
          Operand.of(memory(indices), indices.base(), new long[] {0, indices.strides()[axis], 0}));
    }
    if (carry != null) {
      operandList.add(plane(carry, extents, axis, itemSize));
    }
    Completion ended =
        direct ? completion : failure -> putInPlace(failure, extents, out, place, completion);
    long[] folded = {product(extents, 0, axis), extents[axis], product(extents, axis + 1, rank)};
    Arguments arguments =
        Arguments.map(
            folded,
            operandList,
            List.of(fold(out, extents, axis)),
            new long[] {carry == null ? 0 : 1});
    memory.whenCopied(completion, () -> device.launch(kernel, arguments, ended));
  }

  /** What a scan goes on from, over the axes before and after its own. */
  private Operand plane(Operand carry, long[] extents, int axis, int itemSize) {
    long[] one = extents.clone();
    one[axis] = 1;
    return fold(folds(one, carry.strides(), axis) ? carry : copy(carry, one, itemSize), one, axis);
  }

  private void putInPlace(
      @Nullable Throwable failure,
      long[] extents,
      Operand from,
      Operand to,
      Completion completion) {
    if (failure != null) {
      completion.done(failure);
      return;
    }
    // The end of a launch is heard on a thread of the device, where nobody catches.
    try {
      memory.copy(extents, work.kernel().dtype().itemSize(), from, to);
    } catch (RuntimeException | Error e) {
      memory.whenCopied(copied -> completion.done(e));
      return;
    }
    memory.whenCopied(completion);
  }

  private static MemorySegment memory(Operand operand) {
    return Objects.requireNonNull(operand.memory());
  }

  private Operand copy(Operand from, long[] extents, int itemSize) {
    Operand to = blank(extents, itemSize);
    memory.copy(extents, itemSize, from, to);
    return to;
  }

  private Operand blank(long[] extents, int itemSize) {
    DeviceBuffer buffer = memory.temporary(product(extents, 0, extents.length) * itemSize);
    return Operand.of(buffer.memory(), 0, StridedCopy.dense(extents, itemSize));
  }

  /**
   * Whether the axes before {@code axis}, and those after it, can be walked with one stride each.
   */
  private static boolean folds(long[] extents, long[] strides, int axis) {
    return isOneRun(extents, strides, 0, axis)
        && isOneRun(extents, strides, axis + 1, extents.length);
  }

  private static boolean isOneRun(long[] extents, long[] strides, int from, int to) {
    long expected = -1;
    boolean first = true;
    for (int a = to - 1; a >= from; a--) {
      // Along an axis of extent 1 nothing moves, whatever its stride.
      if (extents[a] != 1) {
        if (!first && strides[a] != expected) {
          return false;
        }
        expected = strides[a] * extents[a];
        first = false;
      }
    }
    return true;
  }

  private static Operand fold(Operand operand, long[] extents, int axis) {
    long[] strides = operand.strides();
    long before = axis == 0 ? 0 : innermost(strides, extents, 0, axis);
    long after =
        axis == extents.length - 1 ? 0 : innermost(strides, extents, axis + 1, extents.length);
    return Operand.of(memory(operand), operand.base(), new long[] {before, strides[axis], after});
  }

  private static long innermost(long[] strides, long[] extents, int from, int to) {
    for (int axis = to - 1; axis > from; axis--) {
      if (extents[axis] > 1) {
        return strides[axis];
      }
    }
    return strides[from];
  }

  private static long product(long[] extents, int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= extents[axis];
    }
    return product;
  }
}
