package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.Reduction;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.ReducerVariant;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.memory.PooledBuffer;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.run.Launch;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LoopNest;
import dev.weft.cpu.tile.Tiles;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A launch with reducing sinks. Every block of 4,096 values of every cell is reduced on its own, by
 * whichever worker; the results meet in pairs at the end. So the bits never depend on who did what.
 *
 * <p>Results of blocks lie by sink, outer cell, block, plane and column, next to each other.
 */
abstract class ReduceLaunch extends FusedLaunch {
  private static final long serialVersionUID = 1L;
  static final int WORD = 8;

  final int[] sinks;
  private final transient ReducerVariant[] variants;
  private final transient Reduction[] reductions;

  /** Values of each cell. */
  final long values;

  /** Blocks of each cell. */
  final long blocks;

  /** Cells next to each other that are reduced together, and how many such groups there are. */
  final long columns;

  private final boolean byColumns;
  private final long outer;
  private final transient @Nullable PooledBuffer partials;
  private final long[] sinkBase;

  ReduceLaunch(
      Workers workers,
      FusedCode code,
      Frame frame,
      Tiles.Access[] access,
      long outer,
      long columns,
      boolean byColumns,
      long units,
      Device.Completion completion) {
    super(workers, code, frame, access, units, completion);
    this.sinks = reducing(frame);
    this.variants = new ReducerVariant[sinks.length];
    this.reductions = new Reduction[sinks.length];
    this.values = frame.nest().size(true);
    this.blocks = blocks(values);
    this.outer = outer;
    this.columns = columns;
    this.byColumns = byColumns;
    this.sinkBase = new long[sinks.length];
    long bytes = 0;
    for (int i = 0; i < sinks.length; i++) {
      variants[i] = code.reducer(sinks[i]);
      reductions[i] = reduction(frame, sinks[i]);
      variants[i].count(frame.nest().size(), byColumns);
      sinkBase[i] = bytes;
      bytes += outer * columns * blocks * planes(i) * WORD;
    }
    this.partials = blocks == 1 ? null : workers.memory().allocate(bytes);
  }

  static long blocks(long values) {
    return (values + BlockReducer.BLOCK - 1) / BlockReducer.BLOCK;
  }

  private static int[] reducing(Frame frame) {
    var all = frame.tiles().source().sinks();
    int[] reducing = new int[all.size()];
    int count = 0;
    for (int sink = 0; sink < reducing.length; sink++) {
      if (all.get(sink) instanceof Sink.Reduce) {
        reducing[count++] = sink;
      }
    }
    return Arrays.copyOf(reducing, count);
  }

  static Reduction reduction(Frame frame, int sink) {
    return ((Sink.Reduce) frame.tiles().source().sinks().get(sink)).reduction();
  }

  static @Nullable Launch of(
      Workers workers,
      FusedCode code,
      Arguments arguments,
      LoopNest nest,
      Device.Completion completion) {
    if (nest.size() == 0) {
      EmptyReduction.write(workers, code, Frame.of(code, arguments, nest));
      return null;
    }
    Frame byCell = Frame.of(code, arguments, nest.ordered(false).collapsed());
    int axis = ColumnLaunch.columnAxis(byCell);
    return axis < 0
        ? CellLaunch.of(workers, code, byCell, completion)
        : ColumnLaunch.of(workers, code, byCell, axis, completion);
  }

  @Override
  final void counts() {
    for (ReducerVariant variant : variants) {
      variant.count(frame.nest().size(), byColumns);
    }
  }

  final int planes(int i) {
    return reductions[i].planes();
  }

  /** The reducers to use now, by reducing sink. */
  final BlockReducer[] reducers() {
    BlockReducer[] now = new BlockReducer[sinks.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = variants[i].reducer(byColumns);
    }
    return now;
  }

  final int elementBytes(int i) {
    return variants[i].elementBytes();
  }

  /** Where the results of a block of a group of cells are kept until the end. */
  final long blockAddress(int i, long cells, long block) {
    return Objects.requireNonNull(partials).address()
        + sinkBase[i]
        + (cells * blocks + block) * planes(i) * columns * WORD;
  }

  /** Address of plane 0 of the result of the first cell of a group. */
  abstract long cellAddress(int sink, long cells);

  /** Bytes between the results of neighbouring cells of a group. */
  abstract long cellStep(int sink);

  @Override
  protected final void conclude(Scratch scratch) {
    if (partials == null) {
      return;
    }
    BlockReducer[] reducers = reducers();
    for (int i = 0; i < sinks.length; i++) {
      for (long cells = 0; cells < outer; cells++) {
        long results = blockAddress(i, cells, 0);
        reducers[i].combineAll(results, (int) blocks, (int) columns);
        store(i, cells, 0, (int) columns, results, columns * WORD);
      }
    }
  }

  @Override
  protected final void release() {
    if (partials != null) {
      partials.close();
    }
  }

  /** Writes finished results of neighbouring cells to their place in the launch's output. */
  final void store(int i, long cells, long column, int count, long from, long planeBytes) {
    int sink = sinks[i];
    Reduction reduction = reductions[i];
    boolean finds = reduction == Reduction.ARGMIN || reduction == Reduction.ARGMAX;
    long step = cellStep(sink);
    long to = cellAddress(sink, cells) + column * step;
    long planeStep = frame.arguments().planeBytes()[sink];
    for (int plane = 0; plane < reduction.planes(); plane++) {
      boolean asItIs = !(finds && plane == 1) && !(reduction == Reduction.MOMENTS && plane == 0);
      if (asItIs && step == WORD) {
        Memory.copy(from + plane * planeBytes, to + plane * planeStep, (long) count * WORD);
        continue;
      }
      for (int c = 0; c < count; c++) {
        long word = Memory.getLong(from + plane * planeBytes + (long) c * WORD);
        if (finds && plane == 1) {
          word = globalPosition(word);
        } else if (reduction == Reduction.MOMENTS && plane == 0) {
          // Reducers count in float64, partial results in int64.
          word = (long) Double.longBitsToDouble(word);
        }
        Memory.putLong(to + plane * planeStep + c * step, word);
      }
    }
  }

  /**
   * The position in the whole array of a value of this launch, over the reduced axes in C order.
   */
  private long globalPosition(long position) {
    Arguments arguments = frame.arguments();
    long rest = position;
    long global = 0;
    long scale = 1;
    for (int axis = arguments.extents().length - 1; axis >= 0; axis--) {
      if (arguments.reduced()[axis]) {
        long extent = arguments.extents()[axis];
        global += (rest % extent + arguments.reduceBase()[axis]) * scale;
        rest /= extent;
        scale *= arguments.reduceShape()[axis];
      }
    }
    return global;
  }
}
