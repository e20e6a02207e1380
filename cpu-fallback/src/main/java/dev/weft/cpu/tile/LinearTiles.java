package dev.weft.cpu.tile;

import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.run.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Tiles that are ranges of the iteration space in C order.
 *
 * <p>Where rows (the innermost axis) are long, a tile is cut at the ends of rows and tile code runs
 * on each part, mostly in place. Where rows are short, the tile is one call, and operands that do
 * not follow each other over the whole space are copied into dense tiles first.
 */
public final class LinearTiles extends Tiles {
  /** Rows of at least this many elements are worth a call of the tile code each. */
  static final long LONG_ROW = 256;

  private final boolean flat;
  private final long rowLength;
  private final int rank;
  private final long[] index;
  private final long[] rowBase;
  private long nextStart = -1;
  private boolean onePart;

  /** One worker's tiles; at most {@code capacity} elements are taken together. */
  public LinearTiles(
      Frame frame,
      Access[] access,
      TileCompiler.@Nullable Tile tile,
      Scratch scratch,
      int capacity) {
    super(frame, access, tile, scratch, capacity);
    this.rank = frame.rank();
    this.flat = isFlat(frame);
    this.rowLength = frame.rowLength();
    this.index = new long[Math.max(rank, 1)];
    this.rowBase = new long[frame.nest().bases().length];
    if (flat) {
      for (int p = 0; p < inputs; p++) {
        if (access[p] == Access.UNIFORM) {
          args[p] = frame.nest().bases()[p];
        } else if (access[p] == Access.PERIODIC) {
          tiles[p] = repeated(p, scratch, capacity);
        }
      }
    }
  }

  private long repeated(int p, Scratch scratch, int capacity) {
    int item = frame.items()[p];
    int elements = (int) (capacity + rowLength);
    long to = scratch.take((long) elements * item);
    for (int i = 0; i < elements; i += (int) rowLength) {
      int n = (int) Math.min(rowLength, elements - i);
      long from = frame.nest().bases()[p];
      TileCopy.run(from, frame.step(p), to + (long) i * item, item, n, item);
    }
    return to;
  }

  /** Whether rows are too short for a call each. */
  public static boolean isFlat(Frame frame) {
    return frame.rank() > 1 && frame.rowLength() < LONG_ROW;
  }

  /** How each operand of the frame is best reached by tiles of this kind. */
  public static Access[] access(Frame frame) {
    boolean flat = isFlat(frame);
    LoopNest nest = frame.nest();
    Access[] access = new Access[nest.bases().length];
    for (int q = 0; q < access.length; q++) {
      boolean input = q < frame.inputs();
      long item = frame.items()[q];
      boolean generated = frame.isGenerated(q);
      int uniformFrom = flat ? 0 : frame.rank() - 1;
      if (!generated && (flat ? nest.isDense(q, item) : frame.isRowDense(q))) {
        access[q] = Access.DIRECT;
      } else if (input && frame.mayBeUniform(q) && nest.isConstant(q, Math.max(0, uniformFrom))) {
        access[q] = Access.UNIFORM;
      } else if (input && flat && !generated && isSameInRows(nest, q)) {
        access[q] = Access.PERIODIC;
      } else {
        access[q] = Access.STAGED;
      }
    }
    return access;
  }

  private static boolean isSameInRows(LoopNest nest, int operand) {
    for (int axis = 0; axis < nest.rank() - 1; axis++) {
      if (nest.strides()[operand][axis] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Computes the {@code n} elements from {@code start} on. */
  public void run(long start, int n) {
    if (flat) {
      runFlat(start, n);
    } else {
      runRows(start, n);
    }
  }

  /** Where the values of the last tile lie that {@code sink} reduces. */
  public long values(int sink) {
    int output = frame.tiles().sinkOutput()[sink];
    if (output >= 0) {
      return tiles[inputs + output];
    }
    int param = frame.tiles().sinkParam()[sink];
    return onePart ? args[param] : tiles[param];
  }

  private void runRows(long start, int n) {
    if (start != nextStart) {
      seek(start / rowLength);
    }
    nextStart = start + n;
    long column = start % rowLength;
    onePart = column + n <= rowLength;
    for (int done = 0; done < n; ) {
      int part = (int) Math.min(rowLength - column, n - done);
      bindInputs(column, done, part);
      bindOutputs(column, done);
      call(part);
      storeStaged(column, part, done);
      done += part;
      column += part;
      if (column == rowLength) {
        column = 0;
        nextRow();
      }
    }
  }

  private void bindInputs(long column, int done, int part) {
    for (int p = 0; p < inputs; p++) {
      int item = frame.items()[p];
      switch (access[p]) {
        case DIRECT -> {
          args[p] = rowBase[p] + column * item;
          if (!onePart && tiles[p] != 0) {
            TileCopy.run(args[p], item, tiles[p] + (long) done * item, item, part, item);
          }
        }
        case UNIFORM, PERIODIC -> args[p] = rowBase[p];
        case STAGED -> {
          args[p] = tiles[p] + (long) done * item;
          stage(p, rowBase[p] + column * frame.step(p), frame.step(p), args[p], part);
        }
      }
    }
  }

  private void stage(int p, long first, long step, long to, int n) {
    Generator generator = frame.generators()[p];
    if (generator != null) {
      generator.write(first, step, n, to);
    } else {
      TileCopy.run(first, step, to, frame.items()[p], n, frame.items()[p]);
    }
  }

  private void bindOutputs(long column, int done) {
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      args[firstOutput + o] =
          tiles[inputs + o] == 0
              ? rowBase[inputs + sink] + column * frame.items()[inputs + sink]
              : tiles[inputs + o] + (long) done * outputItem(o);
    }
  }

  private void storeStaged(long column, int n, int done) {
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      if (sink >= 0 && tiles[inputs + o] != 0) {
        int q = inputs + sink;
        int item = frame.items()[q];
        long step = frame.step(q);
        TileCopy.run(
            tiles[inputs + o] + (long) done * item,
            item,
            rowBase[q] + column * step,
            step,
            n,
            item);
      }
    }
  }

  private void seek(long row) {
    long rest = row;
    long[] extents = frame.nest().extents();
    for (int axis = rank - 2; axis >= 0; axis--) {
      index[axis] = rest % extents[axis];
      rest /= extents[axis];
    }
    for (int q = 0; q < rowBase.length; q++) {
      long base = frame.nest().bases()[q];
      for (int axis = rank - 2; axis >= 0; axis--) {
        base += index[axis] * frame.nest().strides()[q][axis];
      }
      rowBase[q] = base;
    }
  }

  private void nextRow() {
    long[] extents = frame.nest().extents();
    for (int axis = rank - 2; axis >= 0; axis--) {
      boolean carries = ++index[axis] == extents[axis];
      for (int q = 0; q < rowBase.length; q++) {
        long stride = frame.nest().strides()[q][axis];
        rowBase[q] += carries ? -stride * (extents[axis] - 1) : stride;
      }
      if (!carries) {
        return;
      }
      index[axis] = 0;
    }
  }

  private void runFlat(long start, int n) {
    onePart = true;
    for (int p = 0; p < inputs; p++) {
      int item = frame.items()[p];
      switch (access[p]) {
        case DIRECT -> args[p] = frame.nest().bases()[p] + start * item;
        case UNIFORM -> {}
        case PERIODIC -> args[p] = tiles[p] + start % rowLength * item;
        case STAGED -> {
          args[p] = tiles[p];
          copyFlat(p, tiles[p], start, n, item, true);
        }
      }
    }
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      args[firstOutput + o] =
          tiles[inputs + o] == 0
              ? frame.nest().bases()[inputs + sink] + start * frame.items()[inputs + sink]
              : tiles[inputs + o];
    }
    call(n);
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      if (sink >= 0 && tiles[inputs + o] != 0) {
        copyFlat(inputs + sink, tiles[inputs + o], start, n, frame.items()[inputs + sink], false);
      }
    }
  }

  /** Copies a range of an operand, row by row, into a dense tile or out of one. */
  private void copyFlat(int q, long tile, long start, int n, int item, boolean in) {
    long[] extents = frame.nest().extents();
    long[] strides = frame.nest().strides()[q];
    long rest = start;
    long row = frame.nest().bases()[q];
    for (int axis = rank - 1; axis >= 0; axis--) {
      index[axis] = rest % extents[axis];
      rest /= extents[axis];
      row += axis == rank - 1 ? 0 : index[axis] * strides[axis];
    }
    long column = index[rank - 1];
    long step = strides[rank - 1];
    long at = tile;
    for (int done = 0; done < n; ) {
      int part = (int) Math.min(rowLength - column, n - done);
      if (in) {
        stage(q, row + column * step, step, at, part);
      } else {
        TileCopy.run(at, item, row + column * step, step, part, item);
      }
      at += (long) part * item;
      done += part;
      column = 0;
      for (int axis = rank - 2; axis >= 0; axis--) {
        if (++index[axis] < extents[axis]) {
          row += strides[axis];
          break;
        }
        row -= strides[axis] * (extents[axis] - 1);
        index[axis] = 0;
      }
    }
  }
}
