package dev.weft.cpu;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes launches with operands that lie in memory in every possible way, and runs them. */
final class Launches {
  private final SplittableRandom random;
  private final Arena arena;

  Launches(long seed, Arena arena) {
    this.random = new SplittableRandom(seed);
    this.arena = arena;
  }

  SplittableRandom random() {
    return random;
  }

  /** Waits for one launch; a failure is thrown as it is. */
  static void run(Device device, Kernel kernel, Arguments arguments) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    device.launch(
        device.compile(kernel),
        arguments,
        failure -> {
          if (failure == null) {
            ended.complete(null);
          } else {
            ended.completeExceptionally(failure);
          }
        });
    try {
      ended.get(300, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Extents of a random rank, most of the elements on random axes. */
  long[] extents(int rank, long size) {
    long[] extents = new long[rank];
    Arrays.fill(extents, 1);
    if (rank == 0) {
      return extents;
    }
    double left = size;
    for (int axis : order(rank)) {
      long extent = (long) Math.max(1, Math.pow(left, random.nextDouble(0.1, 1.0)));
      extents[axis] = extent;
      left /= extent;
    }
    return extents;
  }

  private int[] order(int rank) {
    int[] order = new int[rank];
    Arrays.setAll(order, axis -> axis);
    for (int i = rank - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Steps over a block with axes in some order, with gaps, backwards or standing still. */
  private long[] strides(long[] extents, long item, boolean input) {
    int rank = extents.length;
    long[] strides = new long[rank];
    int[] order = new int[rank];
    Arrays.setAll(order, axis -> rank - 1 - axis);
    if (chance(0.4)) {
      order = order(rank);
    }
    boolean odd = chance(0.3);
    long step = item;
    for (int axis : order) {
      if (input && chance(0.15)) {
        continue;
      }
      step *= odd && chance(0.3) ? 2 : 1;
      strides[axis] = odd && chance(0.3) ? -step : step;
      step *= extents[axis];
    }
    return strides;
  }

  /** A launch of {@code kernel} over {@code extents}, reducing some axes. */
  Arguments arguments(FusedKernel kernel, long[] extents, boolean[] reduced, long[] scalars) {
    List<Operand> inputs = new ArrayList<>();
    for (Param param : kernel.params()) {
      inputs.add(
          switch (param) {
            case Param.Buffer buffer -> filled(extents, buffer.dtype());
            case Param.Index index -> Operand.index(7, strides(extents, 1, true));
            case Param.Random draw -> Operand.random(42, 3, 1 << 20, strides(extents, 1, true));
          });
    }
    boolean reduces = kernel.sinks().stream().anyMatch(Sink.Reduce.class::isInstance);
    long[] base = new long[extents.length];
    long[] shape = extents.clone();
    long[] planeBytes = new long[kernel.sinks().size()];
    List<Operand> outputs = new ArrayList<>();
    for (int axis = 0; axis < extents.length; axis++) {
      base[axis] = reduces && reduced[axis] ? 3 : 0;
      shape[axis] = reduces && !reduced[axis] ? 1 : extents[axis] + base[axis] + 1;
    }
    for (int sink = 0; sink < planeBytes.length; sink++) {
      switch (kernel.sinks().get(sink)) {
        case Sink.Store store -> outputs.add(empty(extents, store.dtype().itemSize(), 1));
        case Sink.Reduce reduce -> {
          long[] kept = extents.clone();
          for (int axis = 0; axis < kept.length; axis++) {
            kept[axis] = reduced[axis] ? 1 : kept[axis];
          }
          Operand cells = empty(kept, 8, reduce.reduction().planes());
          for (int axis = 0; axis < kept.length; axis++) {
            cells.strides()[axis] = reduced[axis] ? 0 : cells.strides()[axis];
          }
          planeBytes[sink] = cells.memory().byteSize() / reduce.reduction().planes();
          outputs.add(cells);
        }
      }
    }
    return new Arguments(extents, inputs, outputs, reduced, base, shape, planeBytes, scalars);
  }

  /** The same launch with outputs of its own. */
  Arguments again(Arguments arguments) {
    List<Operand> outputs = new ArrayList<>();
    for (Operand output : arguments.outputs()) {
      MemorySegment memory = arena.allocate(output.memory().byteSize(), 64);
      outputs.add(Operand.of(memory, output.base(), output.strides()));
    }
    return new Arguments(
        arguments.extents(),
        arguments.inputs(),
        outputs,
        arguments.reduced(),
        arguments.reduceBase(),
        arguments.reduceShape(),
        arguments.planeBytes(),
        arguments.scalars());
  }

  private Operand empty(long[] extents, long item, int planes) {
    long[] strides = strides(extents, item, false);
    return place(extents, strides, item, planes);
  }

  private Operand place(long[] extents, long[] strides, long item, int planes) {
    long low = 0;
    long high = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      long reach = strides[axis] * Math.max(0, extents[axis] - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    MemorySegment memory = arena.allocate((high - low + item) * planes, 64);
    return Operand.of(memory, -low, strides);
  }

  private Operand filled(long[] extents, DType dtype) {
    Operand operand = place(extents, strides(extents, dtype.itemSize(), true), dtype.itemSize(), 1);
    fill(operand.memory(), dtype);
    return operand;
  }

  void fill(MemorySegment memory, DType dtype) {
    long count = memory.byteSize() / dtype.itemSize();
    for (long i = 0; i < count; i++) {
      switch (dtype) {
        case FLOAT64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextDouble(-2, 2));
        case FLOAT32 ->
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-2, 2));
        case BOOL -> memory.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(2));
        case INT8, UINT8 -> memory.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
        case INT16, UINT16 ->
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) random.nextInt());
        case INT32, UINT32 -> memory.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt());
        default -> memory.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong());
      }
    }
  }
}
