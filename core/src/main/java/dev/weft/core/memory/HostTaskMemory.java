package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's memory as a task sees it: sources and dense arrays in place, copies made at once. */
public final class HostTaskMemory extends TaskMemory {
  private final JobMemory memory;

  public HostTaskMemory(JobMemory memory, Device device, ChunkTable chunks) {
    super(device, chunks);
    this.memory = memory;
  }

  @Override
  public ArraySource.@Nullable Layout whole(ArrayDef array) {
    return switch (array.storage()) {
      case EXTERNAL -> JobMemory.source(array).memory();
      case DENSE -> memory.layout(array);
      case CHUNKED, PARTIALS, RESIDENT, RUNNING -> null;
    };
  }

  @Override
  public Region held(ArrayDef array, long chunk) {
    return array.isRead() ? memory.held().region(array, chunk) : super.held(array, chunk);
  }

  @Override
  public void written(ArrayDef array, long chunk) {
    memory.written().add(array, chunk);
  }

  @Override
  public void copy(long[] extents, int itemSize, Operand from, Operand to) {
    StridedCopy.copy(extents, itemSize, side(from), side(to));
  }

  private static StridedCopy.Side side(Operand operand) {
    return new StridedCopy.Side(
        Objects.requireNonNull(operand.memory()), operand.base(), operand.strides());
  }

  @Override
  public void fill(DeviceBuffer to, long bytes, Consumer<MemorySegment> writer) {
    writer.accept(to.memory().asSlice(0, bytes));
  }

  @Override
  public void whenCopied(Completion next) {
    next.done(null);
  }
}
