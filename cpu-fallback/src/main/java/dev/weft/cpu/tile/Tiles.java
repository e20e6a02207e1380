package dev.weft.cpu.tile;

import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.run.Scratch;
import dev.weft.kernels.jvm.tile.TileCode;
import org.jspecify.annotations.Nullable;

/**
 * One worker's means to compute tiles of a launch: the arguments of the tile code and the dense
 * tiles for what it cannot reach in place. Subclasses say which elements make a tile.
 */
public abstract class Tiles {
  /** How tile code reaches an operand. */
  public enum Access {
    /** In place. */
    DIRECT,
    /** In place, one element for the whole row. */
    UNIFORM,
    /** In a dense tile that repeats: the operand is the same in every row. */
    PERIODIC,
    /** In a dense tile, copied or generated before or copied back after. */
    STAGED
  }

  final Frame frame;
  final Access[] access;
  final int inputs;
  final int outputs;
  final long[] args;
  final int firstOutput;

  /** Dense tiles by input and then by output of the tile code; 0 where there is none. */
  final long[] tiles;

  private final @Nullable TileCode code;

  /**
   * @param access by operand of the frame
   * @param tile the loop, or null when nothing is computed
   * @param capacity most elements of a tile
   */
  Tiles(
      Frame frame,
      Access[] access,
      TileCompiler.@Nullable Tile tile,
      Scratch scratch,
      int capacity) {
    this.frame = frame;
    this.access = access;
    this.inputs = frame.inputs();
    this.outputs = frame.outputSinks().length;
    this.code = tile == null ? null : tile.code();
    long[] scalars = frame.arguments().scalars();
    this.firstOutput = inputs + scalars.length;
    this.args = new long[firstOutput + outputs];
    System.arraycopy(scalars, 0, args, inputs, scalars.length);
    this.tiles = new long[inputs + outputs];
    for (int p = 0; p < inputs; p++) {
      if (access[p] == Access.STAGED || frame.tiles().readsDirectly(p)) {
        tiles[p] = scratch.take((long) capacity * frame.items()[p]);
      }
    }
    for (int o = 0; o < outputs; o++) {
      int sink = frame.outputSinks()[o];
      if (sink < 0 || access[inputs + sink] != Access.DIRECT) {
        long item = frame.tiles().outputType(o).itemSize();
        tiles[inputs + o] = scratch.take(capacity * item);
      }
    }
  }

  /** Runs the code, if there is any, on {@code n} elements at the addresses in {@link #args}. */
  final void call(int n) {
    if (code != null) {
      code.run(args, n);
    }
  }

  final int outputItem(int output) {
    int sink = frame.outputSinks()[output];
    return sink < 0 ? frame.tiles().outputType(output).itemSize() : frame.items()[inputs + sink];
  }
}
