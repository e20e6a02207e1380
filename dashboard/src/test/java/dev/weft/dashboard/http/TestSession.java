package dev.weft.dashboard.http;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.watch.WatchedSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A session without work, which counts how often it was cancelled. */
final class TestSession implements WatchedSession {
  /** The one job that can be cancelled. */
  static final long RUNNING = 1;

  final AtomicInteger cancelled = new AtomicInteger();
  final AtomicInteger cancelledOne = new AtomicInteger();

  @Override
  public List<DeviceInfo> devices() {
    return List.of(new DeviceInfo("cpu", "two \"cores\"", 2, 0, Map.of("vectors", "8 bytes")));
  }

  @Override
  public Map<String, MemoryUse> memory() {
    return Map.of("cpu", new MemoryUse(1_000, 24, 2_000, 4_096));
  }

  @Override
  public Map<String, Energy> energy() {
    return Map.of("cpu", new Energy.Used(12.5, "the package"));
  }

  @Override
  public Map<String, String> code(Kernel kernel) {
    return Map.of("cpu", "code of " + kernel.name());
  }

  @Override
  public boolean cancel(long job) {
    if (job == RUNNING) {
      cancelledOne.incrementAndGet();
    }
    return job == RUNNING;
  }

  @Override
  public void cancelAll() {
    cancelled.incrementAndGet();
  }
}
