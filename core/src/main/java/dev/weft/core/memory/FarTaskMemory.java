package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a device that the host cannot reach, as a task sees it: everything is in chunks,
 * and blocks are copied by kernels.
 */
final class FarTaskMemory extends TaskMemory {
  private final FarMemory memory;
  private final FarDevice device;
  private final Device host;
  private final FarSlab slab;

  FarTaskMemory(FarMemory memory, Device host, FarSlab slab) {
    super(memory.device(), memory.chunks());
    this.slab = slab;
    this.memory = memory;
    this.device = memory.device();
    this.host = host;
  }

  @Override
  public ArraySource.@Nullable Layout whole(ArrayDef array) {
    return null;
  }

  @Override
  public Region held(ArrayDef array, long chunk) {
    return memory.held().region(array, chunk);
  }

  @Override
  DeviceBuffer allocate(ArrayDef array, long bytes) {
    return array.partial() == null ? super.allocate(array, bytes) : slab.partial(array, bytes);
  }

  @Override
  public void copy(long[] extents, int itemSize, Operand from, Operand to) {
    for (long extent : extents) {
      if (extent == 0) {
        return;
      }
    }
    slab.add(extents, itemSize, from, to);
  }

  @Override
  public void fill(DeviceBuffer to, long bytes, Consumer<MemorySegment> writer) {
    if (bytes == 0) {
      return;
    }
    MemorySegment from = temporary(host, bytes).memory().asSlice(0, bytes);
    writer.accept(from);
    device.copyIn(HostBlock.dense(from, new long[] {bytes}, 1), to, slab.one());
  }

  @Override
  public void whenCopied(Completion next) {
    slab.then(next);
  }
}
