package dev.weft.core.reference;

import dev.weft.core.device.DeviceBuffer;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Off-heap memory with an arena of its own, so that any use after closing is an exception. */
final class ReferenceBuffer implements DeviceBuffer {
  private final long bytes;
  private final MemorySegment memory;
  private final AtomicReference<@Nullable Runnable> release;

  ReferenceBuffer(long bytes, MemorySegment memory, Runnable release) {
    this.bytes = bytes;
    this.memory = memory;
    this.release = new AtomicReference<>(release);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public MemorySegment host() {
    return memory;
  }

  @Override
  public void close() {
    Runnable once = release.getAndSet(null);
    if (once == null) {
      throw new IllegalStateException("close: the buffer of " + bytes + " bytes was closed before");
    }
    once.run();
  }
}
