package dev.weft.cpu.fused;

import dev.weft.core.device.Device;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.Reduction;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.BoxTiles;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LoopNest;
import dev.weft.cpu.tile.Tiles;
import dev.weft.cpu.tile.Transposition;
import org.jspecify.annotations.Nullable;

/**
 * A reduction in which neighbours are values of neighbouring cells: the innermost axis is kept, and
 * strips of columns are reduced together, row by row.
 *
 * <p>Axes in order: the other kept axes, the reduced ones, the columns.
 */
final class ColumnLaunch extends ReduceLaunch {
  private static final long serialVersionUID = 1L;

  /** Rows computed at a time when nothing lies transposed. */
  private static final int ROWS = 16;

  /** Elements of a tile that is read twice: 1 MiB of float64, half of a second cache. */
  private static final int READ_TWICE = 128 << 10;

  /** Fewer columns than this leave vectors empty, unless cells have few values themselves. */
  private static final long FEW = 16;

  private final int reducedFrom;
  private final int strip;
  private final long strips;
  private final int rowsAtOnce;

  /** Whether tiles hold whole blocks: moments need them, and in place they cost nothing. */
  private final boolean wholeBlocks;

  private final int capacity;

  private ColumnLaunch(
      Workers workers,
      FusedCode code,
      Frame frame,
      int reducedFrom,
      int strip,
      long outer,
      Device.Completion completion) {
    super(
        workers,
        code,
        frame,
        access(frame),
        outer,
        frame.rowLength(),
        true,
        outer * strips(frame, strip) * blocks(frame.nest().size(true)),
        completion);
    this.reducedFrom = reducedFrom;
    this.strip = strip;
    this.strips = strips(frame, strip);
    boolean inPlace = isInPlace(frame);
    this.wholeBlocks = inPlace || hasMoments(frame);
    int block = (int) Math.min(values, BlockReducer.BLOCK);
    if (wholeBlocks) {
      this.rowsAtOnce = block;
    } else if (Transposition.rowAxis(frame) >= 0) {
      this.rowsAtOnce = Math.min(block, MapLaunch.BLOCK_ROWS);
    } else {
      this.rowsAtOnce = Math.min(block, Math.max(ROWS, BlockReducer.STRIP * ROWS / strip));
    }
    // What is read in place needs no memory, but the tiles ask for some.
    this.capacity = (inPlace ? Math.min(block, ROWS) : rowsAtOnce) * strip;
  }

  /** Whether all that is reduced lies in memory, and blocks of it are rows at equal distances. */
  private static boolean isInPlace(Frame frame) {
    Tiles.Access[] access = BoxTiles.access(frame);
    boolean inPlace = frame.tiles().stores() == null && !severalAxes(frame);
    for (int p = 0; p < frame.inputs(); p++) {
      inPlace &= access[p] == Tiles.Access.DIRECT;
    }
    return inPlace;
  }

  /** Whether rows lie along several axes, so that their distances differ. */
  private static boolean severalAxes(Frame frame) {
    int rank = frame.rank();
    return rank > 2 && frame.nest().reduced()[rank - 3];
  }

  private static long strips(Frame frame, int strip) {
    return (frame.rowLength() + strip - 1) / strip;
  }

  private static boolean hasMoments(Frame frame) {
    for (Sink sink : frame.tiles().source().sinks()) {
      if (sink instanceof Sink.Reduce reduce && reduce.reduction() == Reduction.MOMENTS) {
        return true;
      }
    }
    return false;
  }

  /** How operands are reached; what moments read in place must lie in one block of rows. */
  private static Tiles.Access[] access(Frame frame) {
    Tiles.Access[] access = BoxTiles.access(frame);
    for (int p = 0; p < frame.inputs(); p++) {
      if (severalAxes(frame) && hasMoments(frame) && frame.tiles().readsDirectly(p)) {
        access[p] = Tiles.Access.STAGED;
      }
    }
    return access;
  }

  /**
   * The kept axis to take as columns, or -1 when values should come cell by cell.
   *
   * @param frame kept axes before reduced ones
   */
  static int columnAxis(Frame frame) {
    LoopNest nest = frame.nest();
    int kept = nest.rank();
    while (kept > 0 && nest.reduced()[kept - 1]) {
      kept--;
    }
    if (kept == 0) {
      return -1;
    }
    int axis = kept - 1;
    if (kept == nest.rank()) {
      return axis;
    }
    long cells = nest.extents()[axis];
    if (nest.size(true) <= 64) {
      return cells >= FEW ? axis : -1;
    }
    return cells >= FEW && votes(frame, axis, nest.rank() - 1) > 0 ? axis : -1;
  }

  /** How many more operands have their neighbours along {@code axis} than along {@code other}. */
  private static int votes(Frame frame, int axis, int other) {
    int votes = 0;
    int inputs = frame.inputs();
    for (int q = 0; q < frame.nest().bases().length; q++) {
      long one = Math.abs(frame.nest().strides()[q][axis]);
      long two = Math.abs(frame.nest().strides()[q][other]);
      boolean counts = q < inputs || frame.tiles().sinkOutput()[q - inputs] >= 0;
      if (counts && one != 0 && two != 0) {
        votes += one < two ? 1 : -1;
      }
    }
    return votes;
  }

  static ColumnLaunch of(
      Workers workers, FusedCode code, Frame byCell, int axis, Device.Completion completion) {
    int rank = byCell.rank();
    int[] axes = new int[rank];
    int next = 0;
    for (int a = 0; a < rank; a++) {
      if (a != axis) {
        axes[next++] = a;
      }
    }
    axes[rank - 1] = axis;
    LoopNest nest = byCell.nest().permuted(axes).collapsed();
    Frame frame = byCell.with(nest);
    int reducedFrom = 0;
    long outer = 1;
    while (reducedFrom < nest.rank() - 1 && !nest.reduced()[reducedFrom]) {
      outer *= nest.extents()[reducedFrom++];
    }
    long widest = BlockReducer.STRIP;
    if (hasMoments(frame)) {
      long rows = Math.min(nest.size(true), BlockReducer.BLOCK);
      widest = Math.min(widest, Math.max(READ_TWICE / rows, FEW) & -FEW);
    }
    int strip = (int) Math.min(frame.rowLength(), widest);
    return new ColumnLaunch(workers, code, frame, reducedFrom, strip, outer, completion);
  }

  @Override
  void run(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    int rank = frame.rank();
    int rowAxis = reducedFrom < rank - 1 ? rank - 2 : -1;
    BoxTiles tiles = new BoxTiles(frame, access, rowAxis, tile, scratch, capacity);
    BlockReducer[] reducers = reducers();
    long[] states = new long[sinks.length];
    for (int i = 0; i < sinks.length; i++) {
      states[i] = scratch.take(reducers[i].scratchBytes(strip));
    }
    long words = scratch.take(4L * strip * WORD);
    long[] index = new long[rank];
    for (long unit = from; unit < to; unit++) {
      long block = unit % blocks;
      long rest = unit / blocks;
      long column = rest % strips * strip;
      long cells = rest / strips;
      int width = (int) Math.min(strip, columns - column);
      index[rank - 1] = column;
      decode(cells, 0, reducedFrom, index);
      long start = block * BlockReducer.BLOCK;
      int n = (int) Math.min(BlockReducer.BLOCK, values - start);
      takeRows(tiles, reducers, index, start, n, width, states);
      for (int i = 0; i < sinks.length; i++) {
        finish(tiles, reducers[i], i, start, n, width, states[i], words);
        keep(i, cells, block, column, width, words);
      }
    }
  }

  private void takeRows(
      BoxTiles tiles,
      BlockReducer[] reducers,
      long[] index,
      long start,
      int n,
      int width,
      long[] states) {
    for (int done = 0; done < n; ) {
      decode(start + done, reducedFrom, frame.rank() - 1, index);
      int rows = (int) Math.min(Math.min(rowsAtOnce, n - done), tiles.rowsFrom(index));
      tiles.run(index, rows, width, wholeBlocks ? done : 0);
      for (int i = 0; i < sinks.length && !wholeBlocks; i++) {
        long at = tiles.values(sinks[i]);
        long step = tiles.valueStep(sinks[i]);
        for (int row = 0; row < rows; row++) {
          reducers[i].accumulateRow(done + row, at + row * step, width, states[i]);
        }
      }
      done += rows;
    }
  }

  private void finish(
      BoxTiles tiles,
      BlockReducer reducer,
      int i,
      long start,
      int n,
      int width,
      long state,
      long words) {
    if (wholeBlocks) {
      long at = tiles.values(sinks[i]);
      long step = tiles.valueStep(sinks[i]);
      reducer.reduceColumns(at, step, n, width, start, state, words);
    } else {
      reducer.finishBlock(n, width, start, state, words, (long) width * WORD);
    }
  }

  private void keep(int i, long cells, long block, long column, int width, long words) {
    if (blocks == 1) {
      store(i, cells, column, width, words, (long) width * WORD);
      return;
    }
    long to = blockAddress(i, cells, block) + column * WORD;
    for (int plane = 0; plane < planes(i); plane++) {
      Memory.copy(
          words + (long) plane * width * WORD, to + plane * columns * WORD, (long) width * WORD);
    }
  }

  /** Splits a number in C order over the axes [from, to). */
  private void decode(long number, int from, int to, long[] index) {
    long rest = number;
    for (int axis = to - 1; axis >= from; axis--) {
      long extent = frame.nest().extents()[axis];
      index[axis] = rest % extent;
      rest /= extent;
    }
  }

  @Override
  long cellAddress(int sink, long cells) {
    int q = frame.inputs() + sink;
    long address = frame.nest().bases()[q];
    long rest = cells;
    for (int axis = reducedFrom - 1; axis >= 0; axis--) {
      long extent = frame.nest().extents()[axis];
      address += rest % extent * frame.nest().strides()[q][axis];
      rest /= extent;
    }
    return address;
  }

  @Override
  long cellStep(int sink) {
    return frame.step(frame.inputs() + sink);
  }
}
