package dev.weft.core.launch;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.HostTask;
import dev.weft.core.device.Operand;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.PlaceMemory;
import dev.weft.core.memory.SourceChecks;
import dev.weft.core.memory.TaskMemory;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Turns tasks into launches and host work on a device. */
public final class TaskLauncher {
  private final Device device;
  private final PlaceMemory memory;
  private final List<Stage> stages;
  private final AtomicReferenceArray<@Nullable CompiledKernel> kernels;

  public TaskLauncher(PlaceMemory memory, Plan plan) {
    this.device = memory.device();
    this.memory = memory;
    this.stages = plan.graph().stages();
    this.kernels = new AtomicReferenceArray<>(stages.size());
  }

  /** Compiles the kernels of all stages. */
  public void compile() {
    for (Stage stage : stages) {
      compile(stage.id());
    }
  }

  /** Compiles the kernel of one stage. */
  public void compile(int stageNumber) {
    if (!isCompiled(stageNumber)) {
      kernel(stages.get(stageNumber));
    }
  }

  /** Whether a task of the stage can start without compiling. */
  public boolean isCompiled(int stageNumber) {
    return switch (stages.get(stageNumber).work()) {
      case Work.Fused fused -> kernels.get(stageNumber) != null;
      case Work.Rows rows -> kernels.get(stageNumber) != null;
      case Work.Library library -> kernels.get(stageNumber) != null;
      case Work.Host host -> true;
      case Work.Combine combine -> true;
      case Work.Write write -> true;
    };
  }

  /** Hears of the end of tasks that were started as one. */
  @FunctionalInterface
  public interface Ended {
    /**
     * All have ended.
     *
     * @param at which of them has failed, counted from the first
     * @param failure why, null when all went well
     */
    void done(int at, @Nullable Throwable failure);
  }

  /** Starts tasks that follow each other; {@code ended} may hear of them before this returns. */
  public void launch(int stageNumber, long first, int count, Ended ended) {
    Stage stage = stages.get(stageNumber);
    List<TaskMemory> memories = memory.tasks(count);
    Ended over =
        (at, failure) -> {
          memories.forEach(task -> task.end(failure == null));
          ended.done(at, failure);
        };
    int[] at = new int[1];
    Completion one = failure -> over.done(at[0], failure);
    try {
      switch (stage.work()) {
        case Work.Fused fused ->
            kernels(
                stage, first, memories, at, over, (i, task) -> arguments(stage, fused, i, task));
        case Work.Rows rows ->
            kernels(stage, first, memories, at, over, (i, task) -> arguments(stage, rows, i, task));
        case Work.Library library -> {
          // Native code ends the process when memory is gone.
          SourceChecks.require(stage);
          new LibraryLaunch(device, memories.getFirst(), stage, library)
              .launch(kernel(stage), first, one);
        }
        case Work.Host host ->
            device.execute(
                each(
                    memories,
                    at,
                    i -> new BlockTask(memories.get(i), stage, host, first + i).run()),
                one);
        case Work.Combine combine ->
            device.execute(joins(stage, combine, first, memories, at), one);
        case Work.Write write ->
            new WriteTask(memories.getFirst(), memory, stage, write).launch(first, one);
      }
    } catch (RuntimeException | Error e) {
      whenCopied(memories, copied -> over.done(at[0], e));
    }
  }

  /** Work on one of several tasks. */
  @FunctionalInterface
  private interface Step {
    void run(int i) throws Exception;
  }

  private static HostTask each(List<TaskMemory> memories, int[] at, Step step) {
    return () -> {
      for (at[0] = 0; at[0] < memories.size(); at[0]++) {
        step.run(at[0]);
      }
    };
  }

  /** Partial results are joined in their places, once: all memory is taken before. */
  private static HostTask joins(
      Stage stage, Work.Combine work, long first, List<TaskMemory> memories, int[] at) {
    return () -> {
      List<CombineTask> tasks = new ArrayList<>(memories.size());
      for (int i = 0; i < memories.size(); i++) {
        CombineTask task = new CombineTask(memories.get(i), stage, work);
        task.allocate(first + i);
        tasks.add(task);
      }
      each(memories, at, i -> tasks.get(i).run(first + i)).run();
    };
  }

  /** Goes on when the copies of all tasks have ended, with the first failure. */
  private static void whenCopied(List<TaskMemory> memories, Completion next) {
    if (memories.isEmpty()) {
      next.done(null);
      return;
    }
    memories
        .getFirst()
        .whenCopied(
            failure ->
                whenCopied(
                    memories.subList(1, memories.size()),
                    later -> next.done(failure == null ? later : failure)));
  }

  /**
   * Whether starting a task may take long because operands must be put together or read first; then
   * it is better done on a thread of the device.
   */
  public boolean prepares(int stageNumber) {
    return stages.get(stageNumber).inputs().stream().anyMatch(TaskLauncher::isPutTogether);
  }

  private static boolean isPutTogether(Stage.Input input) {
    if (input instanceof Stage.Input.Before before) {
      return before.array().storage() == ArrayDef.Storage.RUNNING;
    }
    if (!(input instanceof Stage.Input.OfArray(ArrayDef array, var view))) {
      return false;
    }
    return switch (array.storage()) {
      case EXTERNAL -> JobMemory.source(array).memory() == null;
      case CHUNKED, RESIDENT -> !view.isIdentity();
      // What has been added up so far is copied before more is added.
      case RUNNING -> true;
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
          case Work.Rows rows -> device.compile(rows.program());
          case Work.Library library -> device.compile(library.kernel());
          case Work.Host host -> throw new InternalException("code on the host has no kernel");
          case Work.Combine combine -> throw new InternalException("joining has no kernel");
          case Work.Write write -> throw new InternalException("writing has no kernel");
        };
    kernels.set(stage.id(), made);
    return made;
  }

  /** Finds the arguments of one of several launches; null when there is nothing to launch. */
  @FunctionalInterface
  private interface Launching {
    @Nullable Arguments arguments(long chunk, TaskMemory task);
  }

  private void kernels(
      Stage stage,
      long first,
      List<TaskMemory> memories,
      int[] at,
      Ended over,
      Launching launching) {
    List<Arguments> launches = new ArrayList<>(memories.size());
    int[] tasks = new int[memories.size()];
    for (at[0] = 0; at[0] < memories.size(); at[0]++) {
      Arguments arguments = launching.arguments(first + at[0], memories.get(at[0]));
      if (arguments != null) {
        tasks[launches.size()] = at[0];
        launches.add(arguments);
      }
    }
    at[0] = 0;
    CompiledKernel kernel = launches.isEmpty() ? null : kernel(stage);
    whenCopied(
        memories,
        failure -> {
          if (failure != null || kernel == null) {
            over.done(0, failure);
            return;
          }
          try {
            device.launch(kernel, launches, (i, problem) -> over.done(tasks[i], problem));
          } catch (RuntimeException | Error e) {
            whenCopied(memories, copied -> over.done(0, e));
          }
        });
  }

  /** The launch of one task; null when there is nothing to iterate over. */
  private @Nullable Arguments arguments(Stage stage, Work.Fused work, long chunk, TaskMemory task) {
    Region region = stage.iteration().region(chunk);
    if (region.size() == 0) {
      empty(stage, work, region, chunk, task);
      return null;
    }
    Operands operands = new Operands(task);
    List<Operand> inputs = inputs(stage, operands, region);
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
    return arguments(
        stage, work.reducedAxes(), work.scalars(), region, inputs, outputs, planeBytes);
  }

  private static List<Operand> inputs(Stage stage, Operands operands, Region region) {
    List<Operand> inputs = new ArrayList<>(stage.inputs().size());
    for (Stage.Input input : stage.inputs()) {
      inputs.add(operands.find(input, region));
    }
    return inputs;
  }

  /** The launch of a row program, whose chunks all have elements. */
  private static Arguments arguments(Stage stage, Work.Rows work, long chunk, TaskMemory task) {
    Region region = stage.iteration().region(chunk);
    Operands operands = new Operands(task);
    List<Operand> outputs = new ArrayList<>(stage.outputs().size());
    for (Stage.Output output : stage.outputs()) {
      Operand operand = operands.output(stage, output, region, chunk);
      for (int axis = 0; axis < output.axes().size(); axis++) {
        // Of the values of rows there is one for all elements of the row.
        if (output.array().shape().extent(axis) == 1) {
          operand.strides()[output.axes().get(axis)] = 0;
        }
      }
      outputs.add(operand);
    }
    return arguments(
        stage,
        work.reducedAxes(),
        work.scalars(),
        region,
        inputs(stage, operands, region),
        outputs,
        new long[outputs.size()]);
  }

  private static Arguments arguments(
      Stage stage,
      List<Integer> reducedAxes,
      List<Long> bits,
      Region region,
      List<Operand> inputs,
      List<Operand> outputs,
      long[] planeBytes) {
    int rank = region.rank();
    boolean[] reduced = new boolean[rank];
    long[] base = new long[rank];
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    for (int axis : reducedAxes) {
      reduced[axis] = true;
      base[axis] = region.start()[axis];
      shape[axis] = stage.iteration().axis(axis).extent();
    }
    long[] scalars = new long[bits.size()];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = bits.get(i);
    }
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
}
