package dev.weft.cpu;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.cpu.memory.PooledBuffer;
import java.lang.foreign.MemorySegment;

/** Host memory of the device's pool. */
final class CpuBuffer implements DeviceBuffer {
  private final PooledBuffer block;

  CpuBuffer(PooledBuffer block) {
    this.block = block;
  }

  @Override
  public long bytes() {
    return block.bytes();
  }

  @Override
  public MemorySegment host() {
    return block.segment();
  }

  @Override
  public void close() {
    block.close();
  }

  @Override
  public String toString() {
    return block.toString();
  }
}
