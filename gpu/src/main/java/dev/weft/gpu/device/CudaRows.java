package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.gpu.memory.GpuBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row program on a GPU: its kernels run one after the other over all rows of a launch, each when
 * the one before has been heard of. What is kept lies in memory of the device's pool.
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

  /**
   * Starts a launch. Nothing is thrown.
   *
   * @param scratch memory of as many bytes as {@code launches} ask for; closed at the end
   */
  void launch(
      KernelLauncher launcher, RowLaunches launches, GpuBuffer scratch, Completion completion) {
    step(launcher, launches, scratch, completion, 0, null);
  }

  private void step(
      KernelLauncher launcher,
      RowLaunches launches,
      GpuBuffer scratch,
      Completion completion,
      int step,
      @Nullable Throwable failure) {
    if (failure != null || step == parts.size()) {
      scratch.close();
      completion.done(failure);
      return;
    }
    Arguments arguments = launches.arguments(step, scratch.memory(), 0);
    launcher.launch(
        parts.get(step),
        arguments,
        problem -> step(launcher, launches, scratch, completion, step + 1, problem));
  }
}
