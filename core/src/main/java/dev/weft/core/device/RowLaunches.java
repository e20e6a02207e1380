package dev.weft.core.device;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.RowProgram.Kept;
import dev.weft.core.kernel.RowProgram.Step;
import dev.weft.core.kernel.RowProgram.Where;
import dev.weft.core.kernel.Sink;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A launch of a row program as launches of its kernels, to be run one after the other. Values that
 * are kept lie in scratch memory, dense over the iteration space of the launch.
 */
public final class RowLaunches {
  private static final long LINE = 64;

  private final RowProgram program;
  private final Arguments whole;
  private final long[] offsets;
  private final long scratchBytes;
  private final long[] cells;

  /** The launches of {@code program} with {@code arguments}. */
  public RowLaunches(RowProgram program, Arguments arguments) {
    this.program = program;
    this.whole = arguments;
    this.cells = arguments.extents().clone();
    for (int axis = 0; axis < cells.length; axis++) {
      cells[axis] = arguments.reduced()[axis] ? 1 : cells[axis];
    }
    this.offsets = new long[program.kept().size()];
    long bytes = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = bytes;
      Kept kept = program.kept().get(i);
      bytes += (planeBytes(kept) * kept.planes() + LINE - 1) & -LINE;
    }
    this.scratchBytes = bytes;
  }

  /** Bytes of scratch memory that a launch needs, aligned to 64. */
  public static long scratchBytes(RowProgram program, long[] extents, boolean[] reduced) {
    long[] none = new long[0];
    return new RowLaunches(
            program, new Arguments(extents, List.of(), List.of(), reduced, none, none, none, none))
        .scratchBytes();
  }

  /** Bytes of scratch memory that the launches share, aligned to 64. */
  public long scratchBytes() {
    return scratchBytes;
  }

  /**
   * The arguments of one step of several launches of a program, whose scratch memory lies one after
   * the other from the beginning of {@code scratch}.
   */
  public static List<Arguments> arguments(
      List<RowLaunches> launches, int step, MemorySegment scratch) {
    List<Arguments> arguments = new ArrayList<>(launches.size());
    long base = 0;
    for (RowLaunches launch : launches) {
      arguments.add(launch.arguments(step, scratch, base));
      base += launch.scratchBytes();
    }
    return arguments;
  }

  /** The kernel of a step. */
  public FusedKernel kernel(int step) {
    return program.steps().get(step).kernel();
  }

  /** Number of launches. */
  public int count() {
    return program.steps().size();
  }

  /**
   * The arguments of one step.
   *
   * @param base where the scratch memory begins in {@code scratch}
   */
  public Arguments arguments(int number, MemorySegment scratch, long base) {
    Step step = program.steps().get(number);
    List<Operand> inputs = new ArrayList<>(step.from().size());
    for (Where from : step.from()) {
      inputs.add(operand(from, scratch, base));
    }
    List<Operand> outputs = new ArrayList<>(step.to().size());
    long[] planes = new long[step.to().size()];
    for (int i = 0; i < planes.length; i++) {
      outputs.add(operand(step.to().get(i), scratch, base));
      if (step.kernel().sinks().get(i) instanceof Sink.Reduce) {
        planes[i] = size(cells) * Long.BYTES;
      }
    }
    long[] scalars = new long[step.scalars().size()];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = whole.scalars()[step.scalars().get(i)];
    }
    long[] extents = step.overCells() ? cells : whole.extents();
    int rank = extents.length;
    if (!step.reduces()) {
      return new Arguments(
          extents, inputs, outputs, new boolean[rank], new long[rank], extents, planes, scalars);
    }
    long[] shape = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = whole.reduced()[axis] ? extents[axis] : 1;
    }
    return new Arguments(
        extents, inputs, outputs, whole.reduced(), new long[rank], shape, planes, scalars);
  }

  private Operand operand(Where where, MemorySegment scratch, long base) {
    return switch (where) {
      case Where.Input(int number) -> whole.inputs().get(number);
      case Where.Output(int number) -> whole.outputs().get(number);
      case Where.Scratch(int number, int plane) -> {
        Kept kept = program.kept().get(number);
        long at = base + offsets[number] + plane * planeBytes(kept);
        yield Operand.of(scratch, at, strides(kept));
      }
    };
  }

  private long[] strides(Kept kept) {
    long[] extents = kept.ofCells() ? cells : whole.extents();
    long[] strides = StridedCopy.dense(extents, kept.dtype().itemSize());
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = kept.ofCells() && whole.reduced()[axis] ? 0 : strides[axis];
    }
    return strides;
  }

  private long planeBytes(Kept kept) {
    return size(kept.ofCells() ? cells : whole.extents()) * kept.dtype().itemSize();
  }

  private static long size(long[] extents) {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }
}
