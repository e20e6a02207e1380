package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.Arrays;
import java.util.List;

/** The call of an entry point of {@link MapText} that a launch is. */
final class MapSteps {
  private static final int ACCESS_BYTES = 16;

  private final FusedKernel kernel;
  private final String name;
  private final Arguments arguments;
  private final LaunchOperands operands;
  private final LaunchStruct struct;
  private final IterationAxes axes;

  MapSteps(FusedKernel kernel, String name, Arguments arguments, CudaLaunch.Addresses addresses) {
    this.kernel = kernel;
    this.name = name;
    this.arguments = arguments;
    this.struct = LaunchStruct.of(kernel);
    this.operands = LaunchOperands.of(kernel, arguments, addresses);
    boolean[] all = new boolean[arguments.extents().length];
    Arrays.fill(all, true);
    int firstOutput = kernel.params().size();
    this.axes =
        IterationAxes.inMemoryOrder(arguments.extents(), operands.strides(), all, firstOutput);
  }

  List<Step> steps(int blocks) {
    long size = axes.size();
    if (size == 0) {
      return List.of();
    }
    requireAxes(struct, axes, kernel);
    long[] words = words();
    if (isDense()) {
      int items = MapText.THREADS * MapText.pack(kernel);
      return List.of(step("dense", CudaLaunch.grid(size, items, blocks), words));
    }
    int[] tile = TileAxes.of(kernel, axes);
    if (tile != null) {
      return List.of(transposed(tile, blocks));
    }
    String width = axes.fitsInt() ? "strided32" : "strided64";
    return List.of(step(width, CudaLaunch.grid(size, MapText.THREADS, blocks), words));
  }

  static void requireAxes(LaunchStruct struct, IterationAxes axes, FusedKernel kernel) {
    if (axes.rank() > struct.axes()) {
      throw new InternalException(
          "kernel %s was launched over %d axes that cannot be merged; it takes %d. Copy the operands to C order"
              .formatted(kernel.name(), axes.rank(), struct.axes()));
    }
  }

  private Step step(String suffix, int grid, long[] words) {
    return new Step(name + "_" + suffix, grid, MapText.THREADS, 0, words);
  }

  /** The copy by tiles; {@code tile} are the axes of extents in the text. */
  private Step transposed(int[] tile, int blocks) {
    WordList words = new WordList(3 + 2 * 4);
    long tiles = 1;
    for (int i = 0; i < 3; i++) {
      long extent = tile[i] < 0 ? 1 : axes.extents()[tile[i]];
      words.add(extent);
      tiles *= i == 0 ? extent : (extent + TileAxes.TILE - 1) / TileAxes.TILE;
    }
    for (int operand = 0; operand < 2; operand++) {
      words.add(operands.bases()[operand]);
      for (int axis : tile) {
        words.add(axis < 0 ? 0 : axes.strides()[operand][axis]);
      }
    }
    return step("transposed", CudaLaunch.grid(tiles, 1, blocks), words.finished());
  }

  private long[] words() {
    WordList words = new WordList(struct.size());
    words.add(axes.size(), axes.rank()).axes(axes.extents(), struct.axes());
    for (int operand = 0; operand < operands.bases().length; operand++) {
      words.add(operands.bases()[operand]).axes(axes.strides()[operand], struct.axes());
    }
    addKeysAndScalars(words, kernel, arguments);
    return words.finished();
  }

  static void addKeysAndScalars(WordList words, FusedKernel kernel, Arguments arguments) {
    for (int i = 0; i < kernel.params().size(); i++) {
      if (kernel.params().get(i) instanceof Param.Random) {
        Operand operand = arguments.inputs().get(i);
        words.add(operand.key()[0], operand.key()[1]);
      }
    }
    words.add(Arrays.copyOf(arguments.scalars(), kernel.scalars()));
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
