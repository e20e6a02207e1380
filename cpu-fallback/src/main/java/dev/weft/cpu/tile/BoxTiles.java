package dev.weft.cpu.tile;

import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.run.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Tiles that are blocks of rows and columns, columns being neighbours on the innermost axis.
 *
 * <p>Operands that lie transposed are copied block by block, so that the cache lines read are used
 * whole. Tile code runs once on the block if its rows follow each other, else once on each row.
 */
public final class BoxTiles extends Tiles {
  private final int operands;
  private final int rowAxis;
  private final long[] origin;
  private final long[] rowStep;
  private int columnsNow;
  private long before;

  /**
   * @param rowAxis the axis along which rows lie, or -1 for single rows
   */
  public BoxTiles(
      Frame frame,
      Access[] access,
      int rowAxis,
      TileCompiler.@Nullable Tile tile,
      Scratch scratch,
      int capacity) {
    super(frame, access, tile, scratch, capacity);
    this.operands = frame.nest().bases().length;
    this.rowAxis = rowAxis;
    this.origin = new long[operands];
    this.rowStep = new long[operands];
    for (int q = 0; q < operands; q++) {
      rowStep[q] = rowAxis < 0 ? 0 : frame.nest().strides()[q][rowAxis];
    }
  }

  /** How each operand of the frame is best reached by tiles of this kind. */
  public static Access[] access(Frame frame) {
    Access[] access = new Access[frame.nest().bases().length];
    for (int q = 0; q < access.length; q++) {
      if (frame.isRowDense(q)) {
        access[q] = Access.DIRECT;
      } else if (q < frame.inputs() && frame.mayBeUniform(q) && frame.step(q) == 0) {
        access[q] = Access.UNIFORM;
      } else {
        access[q] = Access.STAGED;
      }
    }
    return access;
  }

  /** Computes the block whose first element has {@code index}, one number per axis. */
  public void run(long[] index, int rows, int columns) {
    run(index, rows, columns, 0);
  }

  /** The same, with the block's rows below {@code firstRow} others in the dense tiles. */
  public void run(long[] index, int rows, int columns, int firstRow) {
    columnsNow = columns;
    before = (long) firstRow * columns;
    for (int q = 0; q < operands; q++) {
      long base = frame.nest().bases()[q];
      long[] strides = frame.nest().strides()[q];
      for (int axis = 0; axis < strides.length; axis++) {
        base += index[axis] * strides[axis];
      }
      origin[q] = base;
    }
    for (int p = 0; p < inputs; p++) {
      if (access[p] == Access.STAGED) {
        stage(p, rows, columns);
      }
    }
    if (rows == 1 || rowsFollow(columns)) {
      bind(0, columns);
      call(rows * columns);
    } else {
      for (int row = 0; row < rows; row++) {
        bind(row, columns);
        call(columns);
      }
    }
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      if (sink >= 0 && tiles[inputs + o] != 0) {
        int q = inputs + sink;
        int item = frame.items()[q];
        TileCopy.block(
            tiles[inputs + o] + before * item,
            (long) columns * item,
            item,
            origin[q],
            rowStep[q],
            frame.step(q),
            rows,
            columns,
            item);
      }
    }
  }

  private void stage(int p, int rows, int columns) {
    int item = frame.items()[p];
    long to = tiles[p] + before * item;
    Generator generator = frame.generators()[p];
    if (generator == null) {
      TileCopy.block(
          origin[p],
          rowStep[p],
          frame.step(p),
          to,
          (long) columns * item,
          item,
          rows,
          columns,
          item);
      return;
    }
    for (int row = 0; row < rows; row++) {
      generator.write(
          origin[p] + row * rowStep[p], frame.step(p), columns, to + (long) row * columns * item);
    }
  }

  private boolean rowsFollow(int columns) {
    for (int q = 0; q < operands; q++) {
      if (access[q] == Access.UNIFORM && rowStep[q] != 0) {
        return false;
      }
      if (access[q] == Access.DIRECT
          && isStored(q)
          && rowStep[q] != (long) columns * frame.items()[q]) {
        return false;
      }
    }
    return true;
  }

  /** Whether an operand is an input or a store, not the partials of a reduction. */
  private boolean isStored(int q) {
    if (q < inputs) {
      return true;
    }
    int output = frame.tiles().sinkOutput()[q - inputs];
    return output >= 0 && frame.outputSinks()[output] == q - inputs;
  }

  private void bind(int row, int columns) {
    long skipped = before + (long) row * columns;
    for (int p = 0; p < inputs; p++) {
      args[p] =
          access[p] == Access.STAGED
              ? tiles[p] + skipped * frame.items()[p]
              : origin[p] + row * rowStep[p];
    }
    for (int o = 0; o < outputs; o++) {
      int q = inputs + frame.outputSinks()[o];
      args[firstOutput + o] =
          tiles[inputs + o] == 0
              ? origin[q] + row * rowStep[q]
              : tiles[inputs + o] + skipped * outputItem(o);
    }
  }

  /** Where the values lie that {@code sink} reduces, from the dense tiles' first row on. */
  public long values(int sink) {
    int output = frame.tiles().sinkOutput()[sink];
    if (output >= 0) {
      return tiles[inputs + output];
    }
    int param = frame.tiles().sinkParam()[sink];
    return access[param] == Access.STAGED ? tiles[param] : origin[param];
  }

  /** Bytes from one row of {@link #values} to the next. */
  public long valueStep(int sink) {
    int output = frame.tiles().sinkOutput()[sink];
    if (output >= 0) {
      return (long) columnsNow * outputItem(output);
    }
    int param = frame.tiles().sinkParam()[sink];
    return access[param] == Access.STAGED
        ? (long) columnsNow * frame.items()[param]
        : rowStep[param];
  }

  /** Most rows from {@code index} on that one block can have. */
  public long rowsFrom(long[] index) {
    return rowAxis < 0 ? 1 : frame.nest().extents()[rowAxis] - index[rowAxis];
  }
}
