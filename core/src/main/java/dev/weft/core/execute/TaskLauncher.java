package dev.weft.core.execute;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns tasks into launches and host work on a device. */
final class TaskLauncher {
  private final Device device;
  private final JobMemory memory;
  private final List<Stage> stages;
  private final @Nullable CompiledKernel[] kernels;
  private final Operands operands;

  TaskLauncher(Device device, JobMemory memory, Plan plan) {
    this.device = device;
    this.memory = memory;
    this.stages = plan.graph().stages();
    this.operands = new Operands(memory);
    this.kernels = new CompiledKernel[stages.size()];
    for (Stage stage : stages) {
      switch (stage.work()) {
        case Work.Fused fused -> kernels[stage.id()] = device.compile(fused.kernel());
        case Work.Library library -> kernels[stage.id()] = device.compile(library.kernel());
        case Work.User user -> {}
        case Work.Combine combine -> {}
      }
    }
  }

  /** Starts a task; {@code completion} hears of its end, possibly before this returns. */
  void launch(int stageNumber, long chunk, Completion completion) {
    Stage stage = stages.get(stageNumber);
    List<DeviceBuffer> temporaries = new ArrayList<>(0);
    Completion ended =
        failure -> {
          temporaries.forEach(DeviceBuffer::close);
          completion.done(failure);
        };
    try {
      switch (stage.work()) {
        case Work.Fused fused -> fused(stage, fused, chunk, temporaries, ended);
        case Work.Library library ->
            new LibraryLaunch(device, memory, operands, stage, library)
                .launch(kernel(stage), chunk, temporaries, ended);
        case Work.User user -> device.execute(() -> user(stage, user, chunk, temporaries), ended);
        case Work.Combine combine ->
            device.execute(() -> new CombineTask(memory, stage, combine).run(chunk), ended);
      }
    } catch (RuntimeException | Error e) {
      ended.done(e);
    }
  }

  /**
   * Whether starting a task may take long because operands must be put together or read first; then
   * it is better done on a thread of the device.
   */
  boolean prepares(int stageNumber) {
    return stages.get(stageNumber).inputs().stream().anyMatch(TaskLauncher::isPutTogether);
  }

  private static boolean isPutTogether(Stage.Input input) {
    if (!(input instanceof Stage.Input.OfArray(ArrayDef array, var view))) {
      return false;
    }
    return switch (array.storage()) {
      case EXTERNAL -> JobMemory.source(array).memory() == null;
      case CHUNKED -> !view.isIdentity();
      case DENSE, PARTIALS -> false;
    };
  }

  private CompiledKernel kernel(Stage stage) {
    return Objects.requireNonNull(kernels[stage.id()]);
  }

  private void fused(
      Stage stage,
      Work.Fused work,
      long chunk,
      List<DeviceBuffer> temporaries,
      Completion completion) {
    Region region = stage.iteration().region(chunk);
    List<Integer> reducedAxes = work.reducedAxes();
    boolean empty = region.size() == 0;
    List<Operand> inputs = new ArrayList<>(stage.inputs().size());
    for (Stage.Input input : stage.inputs()) {
      if (!empty) {
        inputs.add(operands.find(input, region, temporaries));
      }
    }
    List<Operand> outputs = new ArrayList<>(stage.outputs().size());
    long[] planeBytes = new long[stage.outputs().size()];
    for (int i = 0; i < planeBytes.length; i++) {
      Stage.Output output = stage.outputs().get(i);
      ArrayDef.Partial partial = output.array().partial();
      if (partial == null) {
        outputs.add(operands.output(stage, output, region, chunk));
      } else {
        outputs.add(operands.partials(output.array(), reducedAxes, region, chunk));
        planeBytes[i] = output.array().chunkBytes(chunk) / partial.reduction().planes();
      }
    }
    if (empty) {
      empty(stage, outputs, planeBytes);
      completion.done(null);
      return;
    }
    device.launch(
        kernel(stage), arguments(stage, work, region, inputs, outputs, planeBytes), completion);
  }

  private static Arguments arguments(
      Stage stage,
      Work.Fused work,
      Region region,
      List<Operand> inputs,
      List<Operand> outputs,
      long[] planeBytes) {
    int rank = region.rank();
    boolean[] reduced = new boolean[rank];
    long[] base = new long[rank];
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    for (int axis : work.reducedAxes()) {
      reduced[axis] = true;
      base[axis] = region.start()[axis];
      shape[axis] = stage.iteration().axis(axis).extent();
    }
    long[] scalars = work.scalars().stream().mapToLong(Long::longValue).toArray();
    return new Arguments(
        region.extents(), inputs, outputs, reduced, base, shape, planeBytes, scalars);
  }

  /** Nothing to iterate over: partial results are those of no elements. */
  private static void empty(Stage stage, List<Operand> outputs, long[] planeBytes) {
    for (int i = 0; i < outputs.size(); i++) {
      ArrayDef.Partial partial = stage.outputs().get(i).array().partial();
      if (partial != null) {
        boolean integer = isInteger((Work.Fused) stage.work(), i);
        MemorySegment memory = Objects.requireNonNull(outputs.get(i).memory());
        new HostCombine(partial.reduction(), integer, planeBytes[i] / Long.BYTES).identity(memory);
      }
    }
  }

  private static boolean isInteger(Work.Fused work, int sink) {
    return work.kernel().sinks().get(sink) instanceof dev.weft.core.kernel.Sink.Reduce reduce
        && !reduce.dtype().isFloating();
  }

  private void user(Stage stage, Work.User work, long chunk, List<DeviceBuffer> temporaries)
      throws Exception {
    Region region = stage.iteration().region(chunk);
    List<MemorySegment> inputs = new ArrayList<>();
    for (Stage.Input input : stage.inputs()) {
      ArrayDef array = ((Stage.Input.OfArray) input).array();
      Operand operand = operands.find(input, region, temporaries);
      inputs.add(dense(operand, region, array.dtype().itemSize(), temporaries));
    }
    Stage.Output output = stage.outputs().getFirst();
    int itemSize = output.array().dtype().itemSize();
    Operand place = operands.output(stage, output, region, chunk);
    long bytes = region.size() * itemSize;
    DeviceBuffer result = memory.temporary(bytes);
    temporaries.add(result);
    MemorySegment target = JobMemory.host(result).asSlice(0, bytes);
    work.function().run(region, inputs, target);
    StridedCopy.copy(
        region.extents(),
        itemSize,
        new StridedCopy.Side(target, 0, StridedCopy.dense(region.extents(), itemSize)),
        side(place));
  }

  static StridedCopy.Side side(Operand operand) {
    return new StridedCopy.Side(
        Objects.requireNonNull(operand.memory()), operand.base(), operand.strides());
  }

  /** The operand as a dense C-order block, in place when it is one. */
  private MemorySegment dense(
      Operand operand, Region region, int itemSize, List<DeviceBuffer> temporaries) {
    long[] strides = StridedCopy.dense(region.extents(), itemSize);
    long bytes = region.size() * itemSize;
    if (Arrays.equals(strides, operand.strides())) {
      return Objects.requireNonNull(operand.memory()).asSlice(operand.base(), bytes);
    }
    DeviceBuffer copy = memory.temporary(bytes);
    temporaries.add(copy);
    MemorySegment target = JobMemory.host(copy).asSlice(0, bytes);
    StridedCopy.copy(
        region.extents(), itemSize, side(operand), new StridedCopy.Side(target, 0, strides));
    return target;
  }
}
