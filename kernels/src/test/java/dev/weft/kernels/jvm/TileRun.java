package dev.weft.kernels.jvm;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.kernels.jvm.tile.TileCode;
import dev.weft.kernels.jvm.tile.TileLoader;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/** Renders a kernel, loads it and runs it over given operands. */
final class TileRun {
  /** The widths that this machine computes with, or at least 128 bits. */
  static final List<Integer> WIDTHS =
      List.of(128, 256, 512).stream()
          .filter(bits -> bits <= Math.max(128, DoubleVector.SPECIES_PREFERRED.vectorBitSize()))
          .toList();

  private TileRun() {}

  /** Runs the loop over the first {@code n} elements of {@code operands}. */
  static List<TileData> run(
      FusedKernel kernel, TileCode code, List<TileData> operands, long[] scalars, int n) {
    List<TileData> outputs = new ArrayList<>();
    kernel
        .sinks()
        .forEach(sink -> outputs.add(new TileData(kernel.body().get(sink.value()).dtype(), n)));
    long[] args = new long[operands.size() + scalars.length + outputs.size()];
    int next = 0;
    for (TileData operand : operands) {
      args[next++] = operand.address();
    }
    for (long scalar : scalars) {
      args[next++] = scalar;
    }
    for (TileData output : outputs) {
      args[next++] = output.address();
    }
    code.run(args, n);
    return outputs;
  }

  static TileCode load(TileRequest request) {
    return TileLoader.load(BytecodeRenderer.render(request));
  }
}
