package dev.weft.gpu.workload;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.kernel.Kernel;
import java.util.List;

/**
 * A device for one session of many: closing it leaves the device open, which takes long to open.
 */
public record LentDevice(FarDevice device) implements FarDevice {
  @Override
  public DeviceInfo info() {
    return device.info();
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return device.compile(kernel);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return device.allocate(bytes);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    device.launch(kernel, arguments, completion);
  }

  @Override
  public void launch(
      CompiledKernel kernel, List<Arguments> launches, LaunchesCompletion completion) {
    device.launch(kernel, launches, completion);
  }

  @Override
  public long slabBytes() {
    return device.slabBytes();
  }

  @Override
  public List<DeviceBuffer> allocate(int count, long bytes) {
    return device.allocate(count, bytes);
  }

  @Override
  public void together(Runnable asking) {
    device.together(asking);
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    device.copyIn(from, to, completion);
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    device.copyOut(from, to, completion);
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    device.execute(task, completion);
  }

  @Override
  public MemoryUse memory() {
    return device.memory();
  }

  @Override
  public void close() {
    // Whoever lent it closes it.
  }
}
