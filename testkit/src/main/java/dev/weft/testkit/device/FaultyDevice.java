package dev.weft.testkit.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import dev.weft.testkit.device.FaultPlan.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A far device that fails as a plan says. A launch or copy that fails has done its work before, or
 * a part of it: what it wrote must not be trusted, and the memory it used must still have been
 * there.
 */
public final class FaultyDevice implements FarDevice {
  private final FarDevice inner;
  private final FaultPlan plan;

  /** A device that owns {@code inner} and fails as {@code plan} says. */
  public FaultyDevice(FarDevice inner, FaultPlan plan) {
    this.inner = inner;
    this.plan = plan;
  }

  @Override
  public DeviceInfo info() {
    return inner.info();
  }

  private @Nullable DeviceException fault(Kind kind) {
    return plan.next(kind, info().name());
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    DeviceException fault = fault(Kind.COMPILE);
    if (fault != null) {
      throw fault;
    }
    return inner.compile(kernel);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    DeviceException fault = fault(Kind.ALLOCATE);
    if (fault != null) {
      throw fault;
    }
    return inner.allocate(bytes);
  }

  private Completion after(Kind kind, Completion completion) {
    DeviceException fault = fault(kind);
    return fault == null ? completion : failure -> completion.done(fault);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    inner.launch(kernel, arguments, after(Kind.LAUNCH, completion));
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    inner.copyIn(from, to, after(Kind.COPY_IN, completion));
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    inner.copyOut(from, to, after(Kind.COPY_OUT, completion));
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
  public void close() {
    inner.close();
  }
}
