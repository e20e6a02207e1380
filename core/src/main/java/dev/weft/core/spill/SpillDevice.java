package dev.weft.core.spill;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.Kernel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder on disk as a device that holds chunks and runs nothing. Its copies are made by threads
 * of its own, one in each direction, so that cores go on with their work.
 */
public final class SpillDevice implements FarDevice {
  /** The name by which events know it. */
  public static final String NAME = "disk";

  private static final long CLOSE_SECONDS = 30;

  /** Files are read by so many threads at a time. */
  private static final int FILE_THREADS = 4;

  private final SpillFolder folder;
  private final ExecutorService writer = thread("weft-spill-out");
  private final ExecutorService reader = thread("weft-spill-in");
  private final ExecutorService files =
      Executors.newFixedThreadPool(
          FILE_THREADS, Thread.ofPlatform().daemon().name("weft-read-", 0).factory());
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();

  /** A device that makes its files below {@code parent}, a folder of their own for each session. */
  public SpillDevice(Path parent) {
    this.folder = new SpillFolder(parent);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo(NAME, "files below " + folder.parent(), 1, 0, Map.of());
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    throw new InternalException("the disk runs no kernels");
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    completion.done(new InternalException("the disk runs no kernels"));
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    submit(files, task, completion);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    peak.accumulateAndGet(live.addAndGet(bytes), Math::max);
    SpillFile file = new SpillFile(folder, bytes);
    return new Counted(file, live);
  }

  /** A file, of which the device knows when it is gone. */
  private record Counted(SpillFile file, AtomicLong live) implements DeviceBuffer {
    @Override
    public long bytes() {
      return file.bytes();
    }

    @Override
    public @org.jspecify.annotations.Nullable MemorySegment host() {
      return null;
    }

    @Override
    public void close() {
      file.close();
      live.addAndGet(-file.bytes());
    }
  }

  /** A disk that fails for a moment, or is full for one, should not be given up. */
  private static void write(DeviceBuffer to, MemorySegment from) throws IOException {
    IoRetries.run(() -> ((Counted) to).file.write(from));
  }

  private static void read(DeviceBuffer from, MemorySegment to) throws IOException {
    IoRetries.run(() -> ((Counted) from).file.read(to));
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    HostTask task =
        () -> {
          if (from.isDense()) {
            write(to, from.segment());
            return;
          }
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment dense = arena.allocate(from.bytes());
            from.pack(dense);
            write(to, dense);
          }
        };
    submit(writer, task, completion);
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    HostTask task =
        () -> {
          if (to.isDense()) {
            read(from, to.segment());
            return;
          }
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment dense = arena.allocate(to.bytes());
            read(from, dense);
            to.unpack(dense);
          }
        };
    submit(reader, task, completion);
  }

  private static void submit(ExecutorService executor, HostTask task, Completion completion) {
    try {
      executor.execute(() -> task.run(completion));
    } catch (RejectedExecutionException closed) {
      completion.done(new DeviceException("copy: the session is closed", closed));
    }
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(live.get(), 0, peak.get(), Long.MAX_VALUE / 2);
  }

  /** Ends the threads and removes all files. */
  @Override
  public void close() {
    List<ExecutorService> all = List.of(writer, reader, files);
    all.forEach(ExecutorService::shutdown);
    try {
      boolean ended = true;
      for (ExecutorService one : all) {
        ended &= one.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
      if (!ended) {
        throw new DeviceException(
            "close: copies to and from disk did not end within %d s".formatted(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      folder.close();
    } catch (IOException e) {
      throw new DeviceException("files below %s cannot be removed".formatted(folder.parent()), e);
    }
  }
}
