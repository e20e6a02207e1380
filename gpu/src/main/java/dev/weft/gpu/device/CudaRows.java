package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.gpu.memory.DevicePool;
import dev.weft.gpu.memory.GpuBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row program on a GPU: its kernels run one after the other on a stream, each over the rows of
 * all launches. What is kept lies in memory of the device's pool.
 *
 * @param parts the code of its steps
 */
record CudaRows(RowProgram program, List<CudaCode> parts) implements CompiledKernel {

  @Override
  public Kernel kernel() {
    return program;
  }

  @Override
  public String source() {
    return parts.stream().map(CudaCode::source).collect(Collectors.joining("\n"));
  }

  /** Starts launches. Nothing is thrown. */
  void launch(
      KernelLauncher launcher, DevicePool memory, List<Arguments> list, Completion completion) {
    List<RowLaunches> rows = list.stream().map(one -> new RowLaunches(program, one)).toList();
    long bytes = rows.stream().mapToLong(RowLaunches::scratchBytes).sum();
    GpuBuffer kept;
    try {
      kept = memory.allocate(Math.max(1, bytes));
    } catch (RuntimeException failure) {
      launcher.refuse(failure, completion);
      return;
    }
    List<KernelLauncher.Part> steps = new ArrayList<>(parts.size());
    for (int step = 0; step < parts.size(); step++) {
      List<Arguments> arguments = RowLaunches.arguments(rows, step, kept.memory());
      steps.add(new KernelLauncher.Part(parts.get(step), arguments));
    }
    launcher.launch(
        steps,
        (at, failure) -> {
          kept.close();
          completion.done(failure);
        });
  }
}
