package dev.weft.testkit.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.Sink;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that lead nowhere on the host, and the memory that they stand for. Refuses operands
 * that are not, or not wholly, in a buffer that is open.
 */
final class AddressSpace {
  private static final long FIRST = 1L << 44;
  private static final long ALIGNMENT = 256;

  private final AtomicLong next = new AtomicLong(FIRST);
  private final Map<Long, Buffer> open = new ConcurrentHashMap<>();

  DeviceBuffer add(DeviceBuffer inner, long bytes) {
    // A gap between buffers, so that an address is in one of them or in none.
    long size = (bytes / ALIGNMENT + 2) * ALIGNMENT;
    Buffer buffer = new Buffer(inner, bytes, next.getAndAdd(size));
    open.put(buffer.address, buffer);
    return buffer;
  }

  /** The first bytes of a buffer as the host would see them. */
  MemorySegment dense(DeviceBuffer buffer, long bytes) {
    return find(buffer.memory()).asSlice(0, bytes);
  }

  private MemorySegment find(MemorySegment memory) {
    Buffer buffer = open.get(memory.address());
    if (buffer == null || memory.byteSize() != 0) {
      throw new IllegalStateException("no open buffer of this device is at " + memory);
    }
    return Objects.requireNonNull(buffer.inner.host()).asSlice(0, buffer.bytes);
  }

  Arguments translate(Kernel kernel, Arguments given) {
    List<Operand> inputs = new ArrayList<>();
    for (int i = 0; i < given.inputs().size(); i++) {
      Operand input = given.inputs().get(i);
      inputs.add(
          input.memory() == null ? input : here(input, given.extents(), itemSize(kernel, i)));
    }
    List<Operand> outputs = new ArrayList<>();
    for (int i = 0; i < given.outputs().size(); i++) {
      boolean partial =
          kernel instanceof FusedKernel fused && fused.sinks().get(i) instanceof Sink.Reduce;
      int size = partial ? Long.BYTES : sinkSize(kernel, i);
      outputs.add(here(given.outputs().get(i), given.extents(), size));
    }
    return new Arguments(
        given.extents(),
        inputs,
        outputs,
        given.reduced(),
        given.reduceBase(),
        given.reduceShape(),
        given.planeBytes(),
        given.scalars());
  }

  private static int itemSize(Kernel kernel, int input) {
    return switch (kernel) {
      case FusedKernel fused ->
          fused.params().get(input) instanceof Param.Buffer buffer ? buffer.dtype().itemSize() : 0;
      // Library kernels know their operands by axes of their own: only the start is checked.
      case LibraryKernel library -> 0;
      case RowProgram rows -> itemSize(rows, input);
    };
  }

  private static int itemSize(RowProgram rows, int input) {
    for (RowProgram.Step step : rows.steps()) {
      for (int p = 0; p < step.from().size(); p++) {
        if (step.from().get(p) instanceof RowProgram.Where.Input(int number) && number == input) {
          return itemSize(step.kernel(), p);
        }
      }
    }
    return 0;
  }

  private static int sinkSize(Kernel kernel, int output) {
    return switch (kernel) {
      case FusedKernel fused ->
          fused.sinks().get(output) instanceof Sink.Store store ? store.dtype().itemSize() : 0;
      case LibraryKernel library -> 0;
      case RowProgram rows -> rows.outputs().get(output).itemSize();
    };
  }

  private Operand here(Operand operand, long[] extents, int itemSize) {
    MemorySegment named = Objects.requireNonNull(operand.memory());
    if (named.equals(MemorySegment.NULL)) {
      return operand;
    }
    MemorySegment memory = find(named);
    long low = operand.base();
    long high = operand.base();
    for (int axis = 0; axis < extents.length && itemSize > 0; axis++) {
      long reach = operand.strides()[axis] * Math.max(0, extents[axis] - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    if (low < 0 || high + itemSize > memory.byteSize()) {
      throw new IllegalStateException(
          "an operand takes bytes %d to %d of a buffer of %d"
              .formatted(low, high + itemSize, memory.byteSize()));
    }
    return new Operand(memory, operand.base(), operand.strides(), operand.key());
  }

  /** Memory under an address that only this device knows. */
  private final class Buffer implements DeviceBuffer {
    private final DeviceBuffer inner;
    private final long bytes;
    private final long address;
    private final AtomicBoolean closed = new AtomicBoolean();

    Buffer(DeviceBuffer inner, long bytes, long address) {
      this.inner = inner;
      this.bytes = bytes;
      this.address = address;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public @Nullable MemorySegment host() {
      return null;
    }

    @Override
    public MemorySegment memory() {
      return MemorySegment.ofAddress(address);
    }

    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) {
        throw new IllegalStateException("the buffer at " + address + " was closed before");
      }
      open.remove(address);
      inner.close();
    }
  }
}
