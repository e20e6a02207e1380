package dev.weft.timeline;

import dev.weft.core.shape.Chunks;
import java.util.Arrays;

/**
 * Which chunk of a stage's grid ran on which device, as rows and columns: the last axis goes to the
 * right, all others go down; axes of one chunk do not count. A grid with a single axis is written
 * in lines as text is. One too large to be drawn is divided into blocks, each of which shows the
 * device that ran most of its chunks.
 */
final class StageGrid {
  /** No chunk of the block has run. */
  static final int NOWHERE = -1;

  /** There is no chunk: the last line of a single axis ends before. */
  static final int OUTSIDE = -2;

  /** Length of lines. */
  private static final int LINE = 48;

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
    private final long count;
    private final long across;
    private final long down;
    private final int rows;
    private final int columns;
    private final long[] tasks;
    private final int[][] counts;

    Builder(Chunks grid, int devices, int mostRows, int mostColumns) {
      this.count = Math.max(1, grid.count());
      long last = 1;
      for (int axis = 0; axis < grid.rank(); axis++) {
        last = grid.axis(axis).count() > 1 ? grid.axis(axis).count() : last;
      }
      boolean lines = last == count && count > LINE;
      this.across = lines ? Math.max(LINE, (count + mostRows - 1) / mostRows) : last;
      this.down = (count + across - 1) / across;
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
        // The first chunk of the block.
        long row = ((long) (cell / columns) * down + rows - 1) / rows;
        long column = ((long) (cell % columns) * across + columns - 1) / columns;
        if (row * across + column >= count) {
          cells[cell] = OUTSIDE;
        }
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

  /** The device of a cell, {@link #NOWHERE} or {@link #OUTSIDE}. */
  int device(int row, int column) {
    return cells[row * columns + column];
  }
}
