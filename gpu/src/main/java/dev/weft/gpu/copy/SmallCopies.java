package dev.weft.gpu.copy;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.HostBlock;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.memory.GpuBuffer;
import dev.weft.gpu.queue.CompletionQueue;
import dev.weft.gpu.queue.DeviceHealth;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a few bytes each from the GPU, many of them through one piece of pinned memory and one
 * event: a call of the driver for each run of buffers that lie side by side, and one to record the
 * event.
 */
public final class SmallCopies {
  /** Blocks of more bytes are worth copies of their own. */
  public static final long MOST = 1 << 16;

  private final CudaDriver driver;
  private final DeviceHealth health;
  private final CompletionQueue completions;
  private final Executor packers;
  private final BlockCopies.Direction out;

  /** Copies that unpack on {@code packers}. */
  public SmallCopies(
      CudaDriver driver,
      DeviceHealth health,
      CompletionQueue completions,
      Executor packers,
      BlockCopies.Direction out) {
    this.driver = driver;
    this.health = health;
    this.completions = completions;
    this.packers = packers;
    this.out = out;
  }

  /** One of them; at most {@link #MOST} bytes. */
  public record Small(GpuBuffer from, HostBlock to, Completion completion) {}

  /** Buffers that are copied by one call, with what lies between them. */
  private static final class Run {
    private final List<Small> parts = new ArrayList<>();
    private final long address;
    private long bytes;

    Run(Small first) {
      this.address = first.from.address();
      add(first);
    }

    /** Whether so many bytes, in the end, are no detour over what nobody wants. */
    boolean takes(Small next) {
      GpuBuffer last = parts.getLast().from;
      return next.from.isBehind(last) && end(next) - address <= 2 * bytes + MOST;
    }

    private static long end(Small part) {
      return part.from.address() + part.to.bytes();
    }

    void add(Small part) {
      parts.add(part);
      bytes = end(part) - address;
    }
  }

  /** Copies them all; each completion hears of its own. */
  public void copy(List<Small> all) {
    List<Small> byAddress = new ArrayList<>(all);
    byAddress.sort(Comparator.comparingLong(one -> one.from.address()));
    List<Run> batch = new ArrayList<>();
    long bytes = 0;
    for (Small one : byAddress) {
      boolean joins = !batch.isEmpty() && batch.getLast().takes(one);
      Run last = joins ? batch.getLast() : null;
      long before = last == null ? 0 : last.bytes;
      long after = last == null ? one.to.bytes() : Run.end(one) - last.address;
      if (bytes + after - before > out.staging().pieceBytes()) {
        send(batch);
        batch = new ArrayList<>();
        bytes = 0;
        last = null;
        before = 0;
        after = one.to.bytes();
      }
      if (last == null) {
        batch.add(new Run(one));
      } else {
        last.add(one);
      }
      bytes += after - before;
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<Run> runs) {
    out.staging().acquire(memory -> receive(runs, memory));
  }

  private void receive(List<Run> runs, MemorySegment memory) {
    RuntimeException failure = null;
    boolean begun = false;
    try {
      health.check();
      DriverThread.use(driver);
      long at = 0;
      for (Run run : runs) {
        driver.copyOut(
            run.address, memory.asSlice(at, run.bytes), run.bytes, out.stream().handle());
        begun = true;
        at += run.bytes;
      }
    } catch (CudaError error) {
      failure = health.failure("copying from the device", error);
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    if (begun) {
      // After a failure too: what was begun before still writes to the memory.
      completions.after(
          out.stream(), failure, failed -> packers.execute(() -> arrived(runs, memory, failed)));
    } else {
      arrived(runs, memory, failure);
    }
  }

  private void arrived(List<Run> runs, MemorySegment memory, @Nullable Throwable failed) {
    List<Runnable> ends = new ArrayList<>();
    long at = 0;
    for (Run run : runs) {
      for (Small part : run.parts) {
        Throwable failure = failed;
        if (failed == null) {
          try {
            part.to.unpack(memory.asSlice(at + part.from.address() - run.address));
          } catch (RuntimeException | Error thrown) {
            failure = thrown;
          }
        }
        Throwable outcome = failure;
        ends.add(() -> part.completion.done(outcome));
      }
      at += run.bytes;
    }
    out.staging().release(memory);
    ends.forEach(Runnable::run);
  }
}
