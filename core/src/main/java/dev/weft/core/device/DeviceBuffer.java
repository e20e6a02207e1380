package dev.weft.core.device;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Memory of one device, accounted until closed. */
public interface DeviceBuffer extends AutoCloseable {
  /** Usable bytes. */
  long bytes();

  /** The same memory as the host sees it, or null when the host cannot reach it. */
  @Nullable MemorySegment host();

  /**
   * The memory as launches name it, in {@link Operand}: the host's view, or where there is none, an
   * address of the device in a segment of length 0, which the host can neither read nor write.
   */
  default MemorySegment memory() {
    return Objects.requireNonNull(host(), "a buffer that the host cannot reach has an address");
  }

  /** Gives the memory back to the device's pool; a second call is refused. */
  @Override
  void close();
}
