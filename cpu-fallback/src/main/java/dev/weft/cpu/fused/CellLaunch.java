package dev.weft.cpu.fused;

import dev.weft.core.device.Device;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LinearTiles;
import org.jspecify.annotations.Nullable;

/**
 * A reduction whose values come cell by cell: the innermost axis is reduced. A tile is one block of
 * one cell, or several cells that have few values.
 */
final class CellLaunch extends ReduceLaunch {
  private static final long serialVersionUID = 1L;

  /** Cells whose blocks are taken in turn where they share cache lines, which are read once. */
  private static final long TOGETHER = 8;

  private final long cells;
  private final long cellsPerTile;

  private CellLaunch(
      Workers workers,
      FusedCode code,
      Frame frame,
      long cells,
      long cellsPerTile,
      long units,
      Device.Completion completion) {
    super(workers, code, frame, LinearTiles.access(frame), cells, 1, false, units, completion);
    this.cells = cells;
    this.cellsPerTile = cellsPerTile;
  }

  static CellLaunch of(Workers workers, FusedCode code, Frame frame, Device.Completion completion) {
    long cells = frame.nest().size(false);
    long values = frame.nest().size(true);
    long blocks = blocks(values);
    long perTile = together(frame);
    if (blocks == 1) {
      perTile = Math.max(1, BlockReducer.BLOCK / values);
    }
    long units = (cells + perTile - 1) / perTile * blocks;
    return new CellLaunch(workers, code, frame, cells, perTile, units, completion);
  }

  /** Cells that lie without gaps are taken one after the other, as memory is read ahead. */
  private static long together(Frame frame) {
    for (int input = 0; input < frame.inputs(); input++) {
      if (frame.step(input) != 0 && !frame.isRowDense(input)) {
        return TOGETHER;
      }
    }
    return 1;
  }

  @Override
  void run(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch) {
    LinearTiles tiles = new LinearTiles(frame, access, tile, scratch, BlockReducer.BLOCK);
    BlockReducer[] reducers = reducers();
    if (blocks == 1) {
      long words = scratch.take(4L * WORD);
      for (long unit = from; unit < to; unit++) {
        wholeCells(tiles, reducers, unit * cellsPerTile, words);
      }
      return;
    }
    for (long unit = from; unit < to; unit++) {
      long first = unit / blocks * cellsPerTile;
      long block = unit % blocks;
      long last = Math.min(cells, first + cellsPerTile);
      for (long cell = first; cell < last; cell++) {
        block(tiles, reducers, cell, block);
      }
    }
  }

  private void wholeCells(LinearTiles tiles, BlockReducer[] reducers, long first, long words) {
    int count = (int) Math.min(cellsPerTile, cells - first);
    tiles.run(first * values, (int) (count * values));
    for (int i = 0; i < sinks.length; i++) {
      long at = tiles.values(sinks[i]);
      long bytes = values * elementBytes(i);
      for (int c = 0; c < count; c++) {
        reducers[i].reduce(at + c * bytes, (int) values, 0, words);
        store(i, first + c, 0, 1, words, WORD);
      }
    }
  }

  private void block(LinearTiles tiles, BlockReducer[] reducers, long cell, long block) {
    long start = block * BlockReducer.BLOCK;
    int n = (int) Math.min(BlockReducer.BLOCK, values - start);
    tiles.run(cell * values + start, n);
    for (int i = 0; i < sinks.length; i++) {
      reducers[i].reduce(tiles.values(sinks[i]), n, start, blockAddress(i, cell, block));
    }
  }

  @Override
  long cellAddress(int sink, long cell) {
    return frame.nest().address(frame.inputs() + sink, cell * values);
  }

  @Override
  long cellStep(int sink) {
    return 0;
  }
}
