package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import java.util.Arrays;
import java.util.List;

/** The call of an entry point of {@link MapText} that a chunk needs. */
final class MapSteps {
  private static final int ACCESS_BYTES = 16;

  private final FusedKernel kernel;
  private final String name;
  private final Arguments arguments;
  private final LaunchOperands operands;
  private final IterationAxes axes;

  MapSteps(FusedKernel kernel, String name, Arguments arguments, CudaLaunch.Addresses addresses) {
    this.kernel = kernel;
    this.name = name;
    this.arguments = arguments;
    this.operands = LaunchOperands.of(kernel, arguments, addresses);
    boolean[] all = new boolean[arguments.extents().length];
    Arrays.fill(all, true);
    int firstOutput = kernel.params().size();
    this.axes =
        IterationAxes.inMemoryOrder(arguments.extents(), operands.strides(), all, firstOutput);
  }

  /** The call; none when there is nothing to compute. */
  List<ChunkCall> calls() {
    long size = axes.size();
    if (size == 0) {
      return List.of();
    }
    if (isDense()) {
      long items = (long) MapText.THREADS * MapText.pack(kernel);
      return List.of(call("dense", (size + items - 1) / items, axes));
    }
    IterationAxes tiled = TileAxes.of(kernel, axes);
    if (tiled != null) {
      return List.of(call(TileText.SUFFIX, TileAxes.tiles(tiled), tiled));
    }
    String width = axes.fitsInt() ? "strided32" : "strided64";
    return List.of(call(width, (size + MapText.THREADS - 1) / MapText.THREADS, axes));
  }

  private ChunkCall call(String suffix, long blocks, IterationAxes over) {
    IterationAxes some = over.atLeastOne();
    LaunchStruct struct = LaunchStruct.of(kernel);
    int size = struct.words(some.rank());
    CudaLaunch.requireWords(kernel, some.rank(), struct.shared(), size);
    WordList words = new WordList(size);
    words.add(some.size(), some.rank()).add(operands.bases()).axes(some);
    return new ChunkCall(
        name + "_" + suffix, MapText.THREADS, blocks, shared(kernel, arguments), words.finished());
  }

  /** Keys of random parameters, then scalars. */
  static long[] shared(FusedKernel kernel, Arguments arguments) {
    LaunchStruct struct = LaunchStruct.of(kernel);
    WordList words = new WordList(struct.shared());
    for (int i = 0; i < kernel.params().size(); i++) {
      if (kernel.params().get(i) instanceof Param.Random) {
        words.add(arguments.inputs().get(i).key());
      }
    }
    return words.add(Arrays.copyOf(arguments.scalars(), kernel.scalars())).finished();
  }

  /** Whether all that is in memory is one run, aligned to what is moved at a time. */
  private boolean isDense() {
    if (axes.rank() > 1) {
      return false;
    }
    int inputs = kernel.params().size();
    for (int operand = 0; operand < operands.bases().length; operand++) {
      int item;
      if (operand >= inputs) {
        int value = kernel.sinks().get(operand - inputs).value();
        item = kernel.body().get(value).dtype().itemSize();
      } else if (kernel.params().get(operand) instanceof Param.Buffer buffer) {
        item = buffer.dtype().itemSize();
      } else {
        continue;
      }
      long stride = axes.innermost(operand);
      int access = Math.min(ACCESS_BYTES, item * MapText.pack(kernel));
      boolean run = stride == item && operands.bases()[operand] % access == 0;
      boolean single = operand < inputs && stride == 0;
      if (!run && !single) {
        return false;
      }
    }
    return true;
  }
}
