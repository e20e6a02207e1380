package dev.weft.core.device;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Memory of one device, accounted until closed. */
public interface DeviceBuffer extends AutoCloseable {
  /** Usable bytes. */
  long bytes();

  /** The same memory as the host sees it, or null when the host cannot reach it. */
  @Nullable MemorySegment host();

  /** Gives the memory back to the device's pool; a second call is refused. */
  @Override
  void close();
}
