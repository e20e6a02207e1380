package dev.weft.cpu.tile;

import dev.weft.core.device.Arguments;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileKernel;
import org.jspecify.annotations.Nullable;

/**
 * What all tiles of a launch share: the kernel, its iteration space and how each operand is reached
 * along the innermost axis. Operands are numbered inputs first, then sinks, as in {@link LoopNest}.
 *
 * @param generators by input: what makes its elements, null when they lie in memory
 * @param items by operand: bytes per element
 * @param outputSinks by output of the tile code: the sink it stores for, or -1 for a reduced value
 */
public record Frame(
    TileKernel tiles,
    Arguments arguments,
    LoopNest nest,
    @Nullable Generator[] generators,
    int[] items,
    int[] outputSinks) {

  /** What the tiles of a launch of this code share. */
  public static Frame of(FusedCode code, Arguments arguments, LoopNest nest) {
    TileKernel tiles = code.tiles();
    FusedKernel kernel = tiles.source();
    int inputs = kernel.params().size();
    @Nullable Generator[] generators = new Generator[inputs];
    int[] items = new int[inputs + kernel.sinks().size()];
    for (int p = 0; p < inputs; p++) {
      generators[p] =
          Generators.of(
              kernel.params().get(p), arguments.inputs().get(p), code.randoms(), nest.size());
      items[p] = kernel.params().get(p).dtype().itemSize();
    }
    int[] outputSinks = new int[tiles.outputs()];
    java.util.Arrays.fill(outputSinks, -1);
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      items[inputs + sink] = tiles.valueType(sink).itemSize();
      if (kernel.sinks().get(sink) instanceof Sink.Store) {
        outputSinks[tiles.sinkOutput()[sink]] = sink;
      }
    }
    return new Frame(tiles, arguments, nest, generators, items, outputSinks);
  }

  /** The same launch over the space in another form. */
  public Frame with(LoopNest other) {
    return new Frame(tiles, arguments, other, generators, items, outputSinks);
  }

  /** Number of operands that are read. */
  public int inputs() {
    return generators.length;
  }

  /** Number of axes. */
  public int rank() {
    return nest.rank();
  }

  /** Elements on the innermost axis. */
  public long rowLength() {
    return rank() == 0 ? 1 : nest.extents()[rank() - 1];
  }

  /** Bytes (element numbers) between neighbours on the innermost axis. */
  public long step(int operand) {
    return rank() == 0 ? 0 : nest.strides()[operand][rank() - 1];
  }

  boolean isGenerated(int operand) {
    return operand < inputs() && generators[operand] != null;
  }

  /** Whether an operand's row lies in memory without gaps. */
  public boolean isRowDense(int operand) {
    return !isGenerated(operand) && (step(operand) == items[operand] || rowLength() == 1);
  }

  /** Whether an operand may be handed to tile code as a single element per row. */
  boolean mayBeUniform(int operand) {
    return !isGenerated(operand) && operand < Long.SIZE && !tiles.readsDirectly(operand);
  }
}
