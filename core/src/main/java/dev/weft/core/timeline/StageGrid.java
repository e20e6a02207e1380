package dev.weft.core.timeline;

import dev.weft.core.shape.Chunks;
import java.util.Arrays;

/**
 * Which chunk of a stage's grid ran on which device, as rows and columns: the last axis goes to the
 * right, all others go down. A grid too large to be drawn is divided into blocks, each of which
 * shows the device that ran most of its chunks.
 */
final class StageGrid {
  /** No chunk of the block has run. */
  static final int NOWHERE = -1;

  private final int rows;
  private final int columns;
  private final long[] tasks;
  private final int[] cells;

  private StageGrid(int rows, int columns, long[] tasks, int[] cells) {
    this.rows = rows;
    this.columns = columns;
    this.tasks = tasks;
    this.cells = cells;
  }

  /** Fills a grid task by task. */
  static final class Builder {
    private final long across;
    private final long down;
    private final int rows;
    private final int columns;
    private final long[] tasks;
    private final int[][] counts;

    Builder(Chunks grid, int devices, int mostRows, int mostColumns) {
      long last = grid.rank() == 0 ? 1 : grid.axis(grid.rank() - 1).count();
      this.across = Math.max(1, last);
      this.down = Math.max(1, grid.count() / across);
      this.rows = (int) Math.min(down, mostRows);
      this.columns = (int) Math.min(across, mostColumns);
      this.tasks = new long[devices];
      this.counts = new int[devices][rows * columns];
    }

    /** A chunk ran on a device; of one that ran twice the later run counts too. */
    void ran(long chunk, int device) {
      tasks[device]++;
      int row = (int) (chunk / across % down * rows / down);
      int column = (int) (chunk % across * columns / across);
      counts[device][row * columns + column]++;
    }

    StageGrid build() {
      int[] cells = new int[rows * columns];
      Arrays.fill(cells, NOWHERE);
      for (int cell = 0; cell < cells.length; cell++) {
        int most = 0;
        for (int device = 0; device < counts.length; device++) {
          if (counts[device][cell] > most) {
            most = counts[device][cell];
            cells[cell] = device;
          }
        }
      }
      return new StageGrid(rows, columns, tasks, cells);
    }
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Tasks that ran on a device. */
  long tasks(int device) {
    return tasks[device];
  }

  /** The device of a cell, or {@link #NOWHERE}. */
  int device(int row, int column) {
    return cells[row * columns + column];
  }
}
