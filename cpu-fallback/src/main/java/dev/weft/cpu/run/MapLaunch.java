package dev.weft.cpu.run;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.run.Tiles.Access;
import org.jspecify.annotations.Nullable;

/** A launch without reductions, walked in ranges or, where operands lie transposed, in blocks. */
final class MapLaunch extends FusedLaunch {
  private static final long serialVersionUID = 1L;

  /** Elements of a tile when everything is reached in place. */
  static final int DIRECT_TILE = 16 << 10;

  /** Elements of a tile when something is copied: two or three dense tiles stay in the L2 cache. */
  static final int STAGED_TILE = 4 << 10;

  /** Rows and columns of a block: 128 KiB of float64 in a dense tile. */
  static final int BLOCK_ROWS = 64;

  static final int BLOCK_COLUMNS = 256;

  private final int rowAxis;
  private final int tileLength;

  private MapLaunch(
      Workers workers,
      FusedCode code,
      Frame frame,
      Access[] access,
      int rowAxis,
      int tileLength,
      Device.Completion completion) {
    super(
        workers,
        code,
        frame,
        access,
        rowAxis < 0
            ? (frame.layout().size() + tileLength - 1) / tileLength
            : blocks(frame.layout(), rowAxis),
        completion);
    this.rowAxis = rowAxis;
    this.tileLength = tileLength;
  }

  static MapLaunch of(
      Workers workers,
      FusedCode code,
      Arguments arguments,
      Layout layout,
      Device.Completion completion) {
    int firstOutput = arguments.inputs().size();
    Layout simple = layout.orderedBy(firstOutput).collapsed();
    Frame frame = Frame.of(code, arguments, simple);
    int rowAxis = LinearTiles.isFlat(frame) ? -1 : Transposition.rowAxis(frame);
    Access[] access = rowAxis < 0 ? LinearTiles.access(frame) : BoxTiles.access(frame);
    boolean direct = true;
    for (Access one : access) {
      direct &= one == Access.DIRECT || one == Access.UNIFORM;
    }
    int tile = direct ? DIRECT_TILE : STAGED_TILE;
    return new MapLaunch(workers, code, frame, access, rowAxis, tile, completion);
  }

  private static long blocks(Layout layout, int rowAxis) {
    long blocks = 1;
    for (int axis = 0; axis < layout.rank(); axis++) {
      blocks *= blocks(layout, axis, rowAxis);
    }
    return blocks;
  }

  private static long blocks(Layout layout, int axis, int rowAxis) {
    int step = step(layout, axis, rowAxis);
    return (layout.extents()[axis] + step - 1) / step;
  }

  private static int step(Layout layout, int axis, int rowAxis) {
    if (axis == layout.rank() - 1) {
      return BLOCK_COLUMNS;
    }
    return axis == rowAxis ? BLOCK_ROWS : 1;
  }

  @Override
  void run(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    if (rowAxis < 0) {
      runRanges(from, to, tile, scratch);
    } else {
      runBlocks(from, to, tile, scratch);
    }
  }

  private void runRanges(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    long size = frame.layout().size();
    int capacity = (int) Math.min(size, tileLength);
    LinearTiles tiles = new LinearTiles(frame, access, tile, scratch, capacity);
    for (long unit = from; unit < to; unit++) {
      long start = unit * tileLength;
      tiles.run(start, (int) Math.min(tileLength, size - start));
    }
  }

  private void runBlocks(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    Layout layout = frame.layout();
    int rank = layout.rank();
    BoxTiles tiles =
        new BoxTiles(frame, access, rowAxis, tile, scratch, BLOCK_ROWS * BLOCK_COLUMNS);
    long[] index = new long[rank];
    for (long unit = from; unit < to; unit++) {
      long rest = unit;
      for (int axis = rank - 1; axis >= 0; axis--) {
        long count = blocks(layout, axis, rowAxis);
        index[axis] = rest % count * step(layout, axis, rowAxis);
        rest /= count;
      }
      long rows = Math.min(BLOCK_ROWS, layout.extents()[rowAxis] - index[rowAxis]);
      long columns = Math.min(BLOCK_COLUMNS, layout.extents()[rank - 1] - index[rank - 1]);
      tiles.run(index, (int) rows, (int) columns);
    }
  }
}
