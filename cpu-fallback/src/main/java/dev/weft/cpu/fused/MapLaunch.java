package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.BoxTiles;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LinearTiles;
import dev.weft.cpu.tile.LoopNest;
import dev.weft.cpu.tile.Tiles.Access;
import dev.weft.cpu.tile.Transposition;
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
            ? (frame.nest().size() + tileLength - 1) / tileLength
            : blocks(frame.nest(), rowAxis),
        completion);
    this.rowAxis = rowAxis;
    this.tileLength = tileLength;
  }

  static MapLaunch of(
      Workers workers,
      FusedCode code,
      Arguments arguments,
      LoopNest nest,
      Device.Completion completion) {
    int firstOutput = arguments.inputs().size();
    LoopNest simple = nest.orderedBy(firstOutput).collapsed();
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

  private static long blocks(LoopNest nest, int rowAxis) {
    long blocks = 1;
    for (int axis = 0; axis < nest.rank(); axis++) {
      blocks *= blocks(nest, axis, rowAxis);
    }
    return blocks;
  }

  private static long blocks(LoopNest nest, int axis, int rowAxis) {
    int step = step(nest, axis, rowAxis);
    return (nest.extents()[axis] + step - 1) / step;
  }

  private static int step(LoopNest nest, int axis, int rowAxis) {
    if (axis == nest.rank() - 1) {
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
    long size = frame.nest().size();
    int capacity = (int) Math.min(size, tileLength);
    LinearTiles tiles = new LinearTiles(frame, access, tile, scratch, capacity);
    for (long unit = from; unit < to; unit++) {
      long start = unit * tileLength;
      tiles.run(start, (int) Math.min(tileLength, size - start));
    }
  }

  private void runBlocks(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    LoopNest nest = frame.nest();
    int rank = nest.rank();
    BoxTiles tiles =
        new BoxTiles(frame, access, rowAxis, tile, scratch, BLOCK_ROWS * BLOCK_COLUMNS);
    long[] index = new long[rank];
    for (long unit = from; unit < to; unit++) {
      long rest = unit;
      for (int axis = rank - 1; axis >= 0; axis--) {
        long count = blocks(nest, axis, rowAxis);
        index[axis] = rest % count * step(nest, axis, rowAxis);
        rest /= count;
      }
      long rows = Math.min(BLOCK_ROWS, nest.extents()[rowAxis] - index[rowAxis]);
      long columns = Math.min(BLOCK_COLUMNS, nest.extents()[rank - 1] - index[rank - 1]);
      tiles.run(index, (int) rows, (int) columns);
    }
  }
}
