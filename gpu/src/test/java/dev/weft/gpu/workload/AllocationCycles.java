package dev.weft.gpu.workload;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** 10,000 cycles of allocating and closing, of sizes up to 8 MiB, on four threads. */
public final class AllocationCycles {
  private static final int THREADS = 4;
  private static final int CYCLES = 10_000;
  private static final int HELD = 8;

  private AllocationCycles() {}

  /** Runs them and says what happened; throws if memory is left or a limit was passed. */
  public static String run(Device device) throws Exception {
    AtomicLong refused = new AtomicLong();
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        SplittableRandom random = new SplittableRandom(t);
        all.add(pool.submit(() -> cycle(device, random, refused)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    if (device.memory().live() != 0) {
      throw new AssertionError("bytes left after all buffers were closed: " + device.memory());
    }
    return "%d cycles of allocation on %d threads, %d refused, peak %d MiB, %d bytes left"
        .formatted(
            CYCLES, THREADS, refused.get(), device.memory().peak() >> 20, device.memory().live());
  }

  private static void cycle(Device device, SplittableRandom random, AtomicLong refused) {
    List<DeviceBuffer> held = new ArrayList<>();
    for (int i = 0; i < CYCLES / THREADS; i++) {
      if (held.size() == HELD) {
        held.remove(random.nextInt(HELD)).close();
      }
      try {
        held.add(device.allocate(1L << random.nextInt(24)));
      } catch (DeviceMemoryException full) {
        refused.incrementAndGet();
        held.forEach(DeviceBuffer::close);
        held.clear();
      }
      MemoryUse now = device.memory();
      if (now.live() + now.pooled() > now.limit()) {
        throw new AssertionError("beyond the limit: " + now);
      }
    }
    held.forEach(DeviceBuffer::close);
  }
}
