package dev.weft.testkit.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The device of the host with a memory that is refused when a test wants it to be. */
public final class FaultyHost implements Device {
  private final Device inner;
  private final Supplier<? extends @Nullable DeviceException> refusal;

  /**
   * A device that owns {@code inner}.
   *
   * @param refusal asked before each allocation: what it fails with, or null when it goes well
   */
  public FaultyHost(Device inner, Supplier<? extends @Nullable DeviceException> refusal) {
    this.inner = inner;
    this.refusal = refusal;
  }

  @Override
  public DeviceInfo info() {
    return inner.info();
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return inner.compile(kernel);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    DeviceException failure = refusal.get();
    if (failure != null) {
      throw failure;
    }
    return inner.allocate(bytes);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    inner.launch(kernel, arguments, completion);
  }

  @Override
  public void launch(
      CompiledKernel kernel, List<Arguments> launches, LaunchesCompletion completion) {
    inner.launch(kernel, launches, completion);
  }

  @Override
  public long slabBytes() {
    return inner.slabBytes();
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    inner.execute(task, completion);
  }

  @Override
  public long footprint(long bytes) {
    return inner.footprint(bytes);
  }

  @Override
  public MemoryUse memory() {
    return inner.memory();
  }

  @Override
  public Energy energy() {
    return inner.energy();
  }

  @Override
  public void close() {
    inner.close();
  }
}
