package dev.weft.testkit.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.kernel.Kernel;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A device whose memory the host cannot reach, made of one whose memory it can: buffers have
 * addresses that mean something to this device only, and everything comes in and out by copies.
 * Copies run on threads of their own, one for each direction; so do completions.
 */
public final class EmulatedFarDevice implements FarDevice {
  private final String name;
  private final Device inner;
  private final AddressSpace addresses = new AddressSpace();
  private final ExecutorService in;
  private final ExecutorService out;
  private final ExecutorService ends;

  /** A device called {@code name}, such as {@code far:0}, that owns {@code inner}. */
  public EmulatedFarDevice(String name, Device inner) {
    this.name = name;
    this.inner = inner;
    this.in = thread(name + " copies in");
    this.out = thread(name + " copies out");
    this.ends = thread(name + " completions");
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  @Override
  public DeviceInfo info() {
    DeviceInfo info = inner.info();
    return new DeviceInfo(
        name,
        "emulated: " + info.description(),
        info.parallelism(),
        info.cacheBytes(),
        Map.of("emulated by", info.name()));
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return inner.compile(kernel);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return addresses.add(inner.allocate(bytes), bytes);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    Arguments translated;
    try {
      translated = addresses.translate(kernel.kernel(), arguments);
    } catch (RuntimeException e) {
      later(completion).done(e);
      return;
    }
    inner.launch(kernel, translated, later(completion));
  }

  private Completion later(Completion completion) {
    return failure -> ends.execute(() -> completion.done(failure));
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    inner.execute(task, later(completion));
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    run(in, () -> from.pack(addresses.dense(to, from.bytes())), completion);
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    run(out, () -> to.unpack(addresses.dense(from, to.bytes())), completion);
  }

  private static void run(ExecutorService thread, HostTask task, Completion completion) {
    try {
      thread.execute(() -> task.run(completion));
    } catch (RejectedExecutionException closed) {
      completion.done(closed);
    }
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
    in.close();
    out.close();
    try {
      inner.close();
    } finally {
      ends.close();
    }
  }
}
