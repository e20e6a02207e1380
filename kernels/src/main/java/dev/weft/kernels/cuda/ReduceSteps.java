package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.ArrayList;
import java.util.List;

/** The calls of entry points of {@link ReduceText} that a launch is. */
final class ReduceSteps {
  private static final int BLOCK = 4096;

  /** Leaves room for the last step of a grid-stride loop. */
  private static final int MOST = 1 << 30;

  /** Up to so many elements of a cell one thread reduces all of them. */
  private static final int FEW = 16;

  /** Blocks of threads for each that the device runs at once: then one thread an item fills it. */
  private static final int PLENTY = 64;

  private final FusedKernel kernel;
  private final String name;
  private final Arguments arguments;
  private final CudaLaunch.Addresses addresses;
  private final LaunchOperands operands;
  private final LaunchStruct struct;
  private final IterationAxes kept;
  private final IterationAxes reduced;

  ReduceSteps(
      FusedKernel kernel, String name, Arguments arguments, CudaLaunch.Addresses addresses) {
    this.kernel = kernel;
    this.name = name;
    this.arguments = arguments;
    this.addresses = addresses;
    this.struct = LaunchStruct.of(kernel);
    this.operands = LaunchOperands.of(kernel, arguments, addresses);
    boolean[] keeps = new boolean[arguments.extents().length];
    for (int axis = 0; axis < keeps.length; axis++) {
      keeps[axis] = !arguments.reduced()[axis];
    }
    long[][] strides = operands.strides();
    this.kept =
        IterationAxes.inMemoryOrder(arguments.extents(), strides, keeps, operands.leader(kernel));
    this.reduced = IterationAxes.inOrder(arguments.extents(), strides, arguments.reduced());
  }

  static long scratchBytes(FusedKernel kernel, Arguments arguments) {
    long blocks = blocks(length(arguments));
    long cells = arguments.size() == 0 ? 0 : arguments.size() / length(arguments);
    return blocks == 1 ? 0 : Long.BYTES * ReduceText.planes(kernel) * cells * blocks;
  }

  private static long length(Arguments arguments) {
    long length = 1;
    for (int axis = 0; axis < arguments.extents().length; axis++) {
      length *= arguments.reduced()[axis] ? arguments.extents()[axis] : 1;
    }
    return length;
  }

  private static long blocks(long length) {
    return Math.max(1, (length + BLOCK - 1) / BLOCK);
  }

  List<Step> steps(int device) {
    long cells = kept.size();
    long length = reduced.size();
    if (cells == 0) {
      return List.of();
    }
    if (length == 0) {
      requireIdentity();
    }
    MapSteps.requireAxes(struct, kept, kernel);
    MapSteps.requireAxes(struct, reduced, kernel);
    long blocks = blocks(length);
    requireSmall(cells, length, blocks);
    long[] words = words(cells, length, blocks);
    int threads = ReduceText.threads(kernel);
    int ways = ways(length, cells * blocks, device);
    List<Step> steps = new ArrayList<>();
    int grid = CudaLaunch.grid(cells * blocks, threads / ways, manyMore(device));
    steps.add(new Step(name + "_reduce" + ways, grid, threads, 0, words));
    if (blocks > 1) {
      // One thread a cell when there are cells for every thread.
      int join = ReduceText.JOIN_THREADS;
      int group = cells >= (long) device * join ? 1 : join;
      int joinGrid = CudaLaunch.grid(cells, join / group, manyMore(device));
      steps.add(new Step(name + "_join" + group, joinGrid, join, 0, words));
    }
    return steps;
  }

  /** Items differ in length, so that more blocks than run at once even out. */
  private static int manyMore(int device) {
    return Math.multiplyExact(device, 16);
  }

  /** Numbers of cells, of their elements and of blocks take 32 bits: division is so much faster. */
  private void requireSmall(long cells, long length, long blocks) {
    if (Math.max(length, cells * blocks) > MOST) {
      throw new DeviceException(
          "kernel %s: %d cells of %d elements each; a CUDA launch reduces up to %d of both. Rechunk to smaller chunks"
              .formatted(kernel.name(), cells, length, MOST));
    }
  }

  private void requireIdentity() {
    for (Sink sink : kernel.sinks()) {
      if (sink instanceof Sink.Reduce reduce
          && (reduce.reduction() == dev.weft.core.op.Reduction.ARGMIN
              || reduce.reduction() == dev.weft.core.op.Reduction.ARGMAX)) {
        throw new InternalException(
            "%s of no elements has no result; it must be refused before the launch"
                .formatted(reduce.reduction().label()));
      }
    }
  }

  /** Threads that share an item: 64 along the elements, 8 or 1 across cells. */
  private int ways(long length, long items, int device) {
    if (length <= FEW) {
      return 1;
    }
    int leader = operands.leader(kernel);
    boolean across =
        leader >= 0
            && kept.rank() > 0
            && kept.innermost(leader) != 0
            && Math.abs(kept.innermost(leader)) < Math.abs(reduced.innermost(leader));
    if (!across) {
      return 64;
    }
    return items >= (long) PLENTY * device ? 1 : 8;
  }

  private long[] words(long cells, long length, long blocks) {
    int axes = struct.axes();
    WordList words = new WordList(struct.size());
    words.add(cells, length, blocks, addresses.scratch());
    words.add(kept.rank()).axes(kept.extents(), axes);
    words.add(reduced.rank()).axes(reduced.extents(), axes);
    for (int operand = 0; operand < operands.bases().length; operand++) {
      words.add(operands.bases()[operand]);
      words.axes(kept.strides()[operand], axes).axes(reduced.strides()[operand], axes);
    }
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      words.add(arguments.planeBytes()[sink]);
    }
    MapSteps.addKeysAndScalars(words, kernel, arguments);
    return words.finished();
  }
}
