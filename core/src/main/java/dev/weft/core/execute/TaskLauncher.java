package dev.weft.core.execute;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.error.InternalException;
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
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Turns tasks into launches and host work on a device. */
final class TaskLauncher {
  private final Device device;
  private final PlaceMemory memory;
  private final List<Stage> stages;
  private final AtomicReferenceArray<@Nullable CompiledKernel> kernels;

  TaskLauncher(PlaceMemory memory, Plan plan) {
    this.device = memory.device();
    this.memory = memory;
    this.stages = plan.graph().stages();
    this.kernels = new AtomicReferenceArray<>(stages.size());
  }

  /** Compiles the kernels of all stages. */
  void compile() {
    for (Stage stage : stages) {
      compile(stage.id());
    }
  }

  /** Compiles the kernel of one stage. */
  void compile(int stageNumber) {
    if (!isCompiled(stageNumber)) {
      kernel(stages.get(stageNumber));
    }
  }

  /** Whether a task of the stage can start without compiling. */
  boolean isCompiled(int stageNumber) {
    return switch (stages.get(stageNumber).work()) {
      case Work.Fused fused -> kernels.get(stageNumber) != null;
      case Work.Library library -> kernels.get(stageNumber) != null;
      case Work.User user -> true;
      case Work.Combine combine -> true;
    };
  }

  /** Starts a task; {@code completion} hears of its end, possibly before this returns. */
  void launch(int stageNumber, long chunk, Completion completion) {
    Stage stage = stages.get(stageNumber);
    TaskMemory task = memory.task();
    Completion ended =
        failure -> {
          task.end(failure == null);
          completion.done(failure);
        };
    try {
      switch (stage.work()) {
        case Work.Fused fused -> fused(stage, fused, chunk, task, ended);
        case Work.Library library -> {
          // Native code ends the process when memory is gone.
          SourceChecks.require(stage);
          new LibraryLaunch(device, task, stage, library).launch(kernel(stage), chunk, ended);
        }
        case Work.User user -> device.execute(() -> user(stage, user, chunk, task), ended);
        case Work.Combine combine ->
            device.execute(() -> new CombineTask(task, stage, combine).run(chunk), ended);
      }
    } catch (RuntimeException | Error e) {
      task.whenCopied(copied -> ended.done(e));
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
      case CHUNKED, RESIDENT -> !view.isIdentity();
      case DENSE, PARTIALS -> false;
    };
  }

  private CompiledKernel kernel(Stage stage) {
    CompiledKernel known = kernels.get(stage.id());
    if (known != null) {
      return known;
    }
    CompiledKernel made =
        switch (stage.work()) {
          case Work.Fused fused -> device.compile(fused.kernel());
          case Work.Library library -> device.compile(library.kernel());
          case Work.User user -> throw new InternalException("a user's function has no kernel");
          case Work.Combine combine -> throw new InternalException("joining has no kernel");
        };
    kernels.set(stage.id(), made);
    return made;
  }

  private void fused(
      Stage stage, Work.Fused work, long chunk, TaskMemory task, Completion completion) {
    Region region = stage.iteration().region(chunk);
    Operands operands = new Operands(task);
    if (region.size() == 0) {
      empty(stage, work, region, chunk, task);
      task.whenCopied(completion);
      return;
    }
    CompiledKernel kernel = kernel(stage);
    List<Operand> inputs = new ArrayList<>(stage.inputs().size());
    for (Stage.Input input : stage.inputs()) {
      inputs.add(operands.find(input, region));
    }
    List<Operand> outputs = new ArrayList<>(stage.outputs().size());
    long[] planeBytes = new long[stage.outputs().size()];
    for (int i = 0; i < planeBytes.length; i++) {
      Stage.Output output = stage.outputs().get(i);
      ArrayDef.Partial partial = output.array().partial();
      if (partial == null) {
        outputs.add(operands.output(stage, output, region, chunk));
      } else {
        outputs.add(operands.partials(output.array(), work.reducedAxes(), region, chunk));
        planeBytes[i] = output.array().chunkBytes(chunk) / partial.reduction().planes();
      }
    }
    Arguments arguments = arguments(stage, work, region, inputs, outputs, planeBytes);
    task.whenCopied(completion, () -> device.launch(kernel, arguments, completion));
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
  private static void empty(
      Stage stage, Work.Fused work, Region region, long chunk, TaskMemory task) {
    for (int i = 0; i < stage.outputs().size(); i++) {
      Stage.Output output = stage.outputs().get(i);
      ArrayDef.Partial partial = output.array().partial();
      if (partial == null) {
        new Operands(task).output(stage, output, region, chunk);
        continue;
      }
      long bytes = output.array().chunkBytes(chunk);
      long cells = bytes / partial.reduction().planes() / Long.BYTES;
      HostCombine combine = new HostCombine(partial.reduction(), isInteger(work, i), cells);
      task.fill(task.create(output.array(), chunk), bytes, combine::identity);
    }
  }

  private static boolean isInteger(Work.Fused work, int sink) {
    return work.kernel().sinks().get(sink) instanceof dev.weft.core.kernel.Sink.Reduce reduce
        && !reduce.dtype().isFloating();
  }

  private void user(Stage stage, Work.User work, long chunk, TaskMemory task) throws Exception {
    Operands operands = new Operands(task);
    Region region = stage.iteration().region(chunk);
    List<MemorySegment> inputs = new ArrayList<>();
    for (Stage.Input input : stage.inputs()) {
      ArrayDef array = ((Stage.Input.OfArray) input).array();
      Operand operand = operands.find(input, region);
      inputs.add(dense(operand, region, array.dtype().itemSize(), task));
    }
    Stage.Output output = stage.outputs().getFirst();
    int itemSize = output.array().dtype().itemSize();
    Operand place = operands.output(stage, output, region, chunk);
    long bytes = region.size() * itemSize;
    MemorySegment target = task.temporary(bytes).memory().asSlice(0, bytes);
    work.function().run(region, inputs, target);
    long[] strides = StridedCopy.dense(region.extents(), itemSize);
    task.copy(region.extents(), itemSize, Operand.of(target, 0, strides), place);
  }

  /** The operand as a dense C-order block, in place when it is one. */
  private static MemorySegment dense(
      Operand operand, Region region, int itemSize, TaskMemory task) {
    long[] strides = StridedCopy.dense(region.extents(), itemSize);
    long bytes = region.size() * itemSize;
    if (Arrays.equals(strides, operand.strides())) {
      return Objects.requireNonNull(operand.memory()).asSlice(operand.base(), bytes);
    }
    MemorySegment target = task.temporary(bytes).memory().asSlice(0, bytes);
    task.copy(region.extents(), itemSize, operand, Operand.of(target, 0, strides));
    return target;
  }
}
