package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import java.util.ArrayList;
import java.util.List;

/** The calls of entry points of {@link ReduceText} that a chunk needs. */
final class ReduceSteps {
  private static final int BLOCK = 4096;

  /** Leaves room for the last step of a grid-stride loop. */
  private static final int MOST = 1 << 30;

  /** Up to so many elements of a cell one thread reduces all of them. */
  private static final int FEW = 16;

  /**
   * Bytes that a multiprocessor must have in flight to use the memory's bandwidth: what CUB aims at
   * on an H200.
   */
  private static final long IN_FLIGHT = 48 << 10;

  /** Blocks that fill a device come as so many for each of its multiprocessors. */
  private static final int BLOCKS_OF_MULTIPROCESSOR = 8;

  private final FusedKernel kernel;
  private final String name;
  private final Arguments arguments;
  private final CudaLaunch.Addresses addresses;
  private final LaunchOperands operands;
  private final LaunchStruct struct;
  private final ReduceShape shape;
  private final int leader;
  private final IterationAxes kept;
  private final IterationAxes reduced;

  ReduceSteps(
      FusedKernel kernel, String name, Arguments arguments, CudaLaunch.Addresses addresses) {
    this.kernel = kernel;
    this.name = name;
    this.arguments = arguments;
    this.addresses = addresses;
    this.struct = LaunchStruct.of(kernel);
    this.shape = ReduceShape.of(kernel);
    this.operands = LaunchOperands.of(kernel, arguments, addresses);
    boolean[] keeps = new boolean[arguments.extents().length];
    for (int axis = 0; axis < keeps.length; axis++) {
      keeps[axis] = !arguments.reduced()[axis];
    }
    long[][] strides = operands.strides();
    this.leader = leader(keeps);
    this.kept = IterationAxes.inMemoryOrder(arguments.extents(), strides, keeps, leader);
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

  /**
   * The calls; none when there is nothing to compute.
   *
   * @param chunks how many such chunks go together
   */
  List<ChunkCall> calls(int chunks, int device) {
    long cells = kept.size();
    long length = reduced.size();
    if (cells == 0) {
      return List.of();
    }
    if (length == 0) {
      requireIdentity();
    }
    long blocks = blocks(length);
    requireSmall(cells, length, blocks);
    long[] words = words(cells, length);
    long[] shared = MapSteps.shared(kernel, arguments);
    List<ChunkCall> calls = new ArrayList<>();
    calls.add(reduce(chunks, cells * blocks, device, shared, words));
    if (blocks > 1) {
      // One thread a cell when there are cells for every thread.
      int join = ReduceText.JOIN_THREADS;
      int group = chunks * cells >= (long) device * join ? 1 : join;
      long joining = blocksOf(cells, join / group);
      calls.add(new ChunkCall(name + "_join" + group, join, joining, shared, words));
    }
    return calls;
  }

  private static long blocksOf(long items, int itemsOfBlock) {
    return (items + itemsOfBlock - 1) / itemsOfBlock;
  }

  /** Items differ in length, so that more blocks than run at once even out. */
  static int manyMore(int device) {
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

  /**
   * The call that reduces blocks of cells: along the elements, or across cells where these are
   * neighbours in memory.
   */
  private ChunkCall reduce(int chunks, long items, int device, long[] shared, long[] words) {
    if (reduced.size() <= FEW) {
      return call("reduce1", shape.threads(), items, 1, shared, words);
    }
    if (!across()) {
      return call("reduce64", shape.threads(), items, 64, shared, words);
    }
    int ways = shape.threads() / 32;
    if (shape.staged() && isMixed()) {
      return call("staged32", shape.threads(), items, ways, shared, words);
    }
    long flying =
        chunks
            * blocksOf(items, 32)
            * shape.threads()
            * shape.loads()
            * Math.max(Long.BYTES, shape.elementBytes());
    return flying < IN_FLIGHT * device / BLOCKS_OF_MULTIPROCESSOR
        ? call("columns16", shape.wideThreads(), items, shape.wideThreads() / 16, shared, words)
        : call("columns32", shape.threads(), items, ways, shared, words);
  }

  private ChunkCall call(
      String suffix, int threads, long items, int ways, long[] shared, long[] words) {
    long blocks = blocksOf(items, threads / ways);
    return new ChunkCall(name + "_" + suffix, threads, blocks, shared, words);
  }

  /** Whether neighbours of the leading operand in memory are neighbouring cells. */
  private boolean across() {
    return leader >= 0
        && kept.rank() > 0
        && kept.innermost(leader) != 0
        && Math.abs(kept.innermost(leader)) < Math.abs(reduced.innermost(leader));
  }

  /** Whether another operand's neighbours are elements of one cell. */
  private boolean isMixed() {
    for (int i = 0; i < kernel.params().size(); i++) {
      long cell = Math.abs(kept.innermost(i));
      long element = Math.abs(reduced.innermost(i));
      if (kernel.params().get(i) instanceof Param.Buffer && element != 0 && element < cell) {
        return true;
      }
    }
    return false;
  }

  /**
   * The operand in whose order cells are taken: the first that walks both cells and elements; where
   * such operands disagree, and those of the other kind can be staged, one whose neighbours are
   * neighbouring cells.
   */
  private int leader(boolean[] keeps) {
    int along = -1;
    for (int i = 0; i < kernel.params().size(); i++) {
      long cell = operands.least(i, arguments, keeps);
      long element = operands.least(i, arguments, arguments.reduced());
      if (!(kernel.params().get(i) instanceof Param.Buffer) || cell == 0 || element == 0) {
        continue;
      }
      if (cell < element && (along < 0 || shape.staged())) {
        return i;
      }
      along = along < 0 ? i : along;
    }
    return along >= 0 ? along : operands.leader(kernel);
  }

  private long[] words(long cells, long length) {
    IterationAxes elements = reduced.atLeastOne();
    int axes = kept.rank() + elements.rank();
    int size = struct.words(axes);
    CudaLaunch.requireWords(kernel, axes, struct.shared(), size);
    WordList words = new WordList(size);
    long ranks = kept.rank() | elements.rank() << LaunchStruct.RANK_BITS;
    words.add(cells, length, addresses.scratch(), ranks);
    for (int sink : struct.planed()) {
      words.add(arguments.planeBytes()[sink]);
    }
    return words.add(operands.bases()).axes(kept).axes(elements).finished();
  }
}
