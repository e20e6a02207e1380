package dev.weft.core.reference;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.RowProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Interprets kernels element by element. What it computes is what every other device must compute.
 * Launches run one after the other on one thread, in the order in which they were asked for.
 */
public final class ReferenceDevice implements Device {
  private static final long ALIGNMENT = 64;

  private final long limit;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("reference").daemon().factory());
  private long live;
  private long peak;
  private int open;

  /** A device whose buffers together take at most {@code limit} bytes. */
  public ReferenceDevice(long limit) {
    this.limit = limit;
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo(
        "reference", "plain Java, one element at a time", 1, 1 << 20, Map.of("threads", "1"));
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return new Interpreted(kernel);
  }

  @Override
  public synchronized DeviceBuffer allocate(long bytes) {
    if (bytes > limit - live) {
      throw new DeviceMemoryException(
          "reference: cannot allocate %d bytes: %d of %d are in use; raise the memory limit or"
                  .formatted(bytes, live, limit)
              + " rechunk to smaller chunks");
    }
    Arena arena = Arena.ofShared();
    ReferenceBuffer buffer =
        new ReferenceBuffer(bytes, arena.allocate(bytes, ALIGNMENT), () -> release(arena, bytes));
    live += bytes;
    peak = Math.max(peak, live);
    open++;
    return buffer;
  }

  private synchronized void release(Arena arena, long bytes) {
    arena.close();
    live -= bytes;
    open--;
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    execute(() -> run(kernel.kernel(), arguments), completion);
  }

  private static void run(Kernel kernel, Arguments arguments) {
    switch (kernel) {
      case FusedKernel fused -> new FusedRun(fused, arguments).run();
      case LibraryKernel library -> new LibraryRun(library, arguments).run();
      case RowProgram rows -> {
        RowLaunches launches = new RowLaunches(rows, arguments);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment scratch = arena.allocate(launches.scratchBytes(), ALIGNMENT);
          for (int step = 0; step < launches.count(); step++) {
            new FusedRun(launches.kernel(step), launches.arguments(step, scratch, 0)).run();
          }
        }
      }
    }
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    thread.execute(() -> task.run(completion));
  }

  @Override
  public synchronized MemoryUse memory() {
    return new MemoryUse(live, 0, peak, limit);
  }

  @Override
  public void close() {
    thread.close();
    synchronized (this) {
      if (open > 0) {
        throw new InternalException(
            "reference: closed while %d buffers of %d bytes are open".formatted(open, live));
      }
    }
  }

  /** Nothing to compile: the kernel itself is run. */
  private record Interpreted(Kernel kernel) implements CompiledKernel {
    @Override
    public String source() {
      return "interpreted:\n" + kernel;
    }
  }
}
