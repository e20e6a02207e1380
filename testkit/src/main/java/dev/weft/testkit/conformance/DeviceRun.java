package dev.weft.testkit.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Memory for one launch and the launch itself. Every piece of memory has bytes before and behind it
 * that a kernel must leave alone; closing checks them.
 */
public final class DeviceRun implements AutoCloseable {
  private static final int MARGIN = 64;
  private static final byte UNTOUCHED = (byte) 0xA5;

  private final Device device;
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private final List<MemorySegment> pieces = new ArrayList<>();
  private final Arena mirrors = Arena.ofShared();

  /** A run on {@code device}. */
  public DeviceRun(Device device) {
    this.device = device;
  }

  /**
   * Memory of {@code bytes}, which begins {@link #start} bytes into the segment. Of a device that
   * the host cannot reach it is a copy, which goes to the device before each launch and comes back
   * after it.
   */
  public MemorySegment memory(long bytes) {
    DeviceBuffer buffer = device.allocate(bytes + 2 * MARGIN);
    buffers.add(buffer);
    MemorySegment memory = buffer.host();
    MemorySegment piece = memory == null ? mirrors.allocate(bytes + 2 * MARGIN, MARGIN) : memory;
    piece = piece.asSlice(0, bytes + 2 * MARGIN).fill(UNTOUCHED);
    pieces.add(piece);
    return piece;
  }

  /** Byte offset at which the usable part of {@link #memory} begins. */
  public static long start() {
    return MARGIN;
  }

  /** Runs the kernel and waits for its end. */
  public void launch(Kernel kernel, Arguments arguments) throws Throwable {
    if (!(device instanceof FarDevice far)) {
      await(kernel.name(), end -> device.launch(device.compile(kernel), arguments, end));
      return;
    }
    for (int i = 0; i < pieces.size(); i++) {
      HostBlock mirror = mirror(i);
      DeviceBuffer buffer = buffers.get(i);
      await("copy to the device", end -> far.copyIn(mirror, buffer, end));
    }
    await(kernel.name(), end -> far.launch(far.compile(kernel), onDevice(arguments), end));
    for (int i = 0; i < pieces.size(); i++) {
      HostBlock mirror = mirror(i);
      DeviceBuffer buffer = buffers.get(i);
      await("copy from the device", end -> far.copyOut(buffer, mirror, end));
    }
  }

  private HostBlock mirror(int number) {
    MemorySegment piece = pieces.get(number);
    return HostBlock.dense(piece, new long[] {piece.byteSize()}, 1);
  }

  /** The same launch on the buffers whose copies the operands name. */
  private Arguments onDevice(Arguments a) {
    return new Arguments(
        a.extents(),
        a.inputs().stream().map(this::onDevice).toList(),
        a.outputs().stream().map(this::onDevice).toList(),
        a.reduced(),
        a.reduceBase(),
        a.reduceShape(),
        a.planeBytes(),
        a.scalars());
  }

  private Operand onDevice(Operand operand) {
    MemorySegment named = operand.memory();
    for (int i = 0; named != null && i < pieces.size(); i++) {
      if (pieces.get(i).address() == named.address()) {
        return Operand.of(buffers.get(i).memory(), operand.base(), operand.strides());
      }
    }
    return operand;
  }

  /** Starts something and waits for its end. */
  private static void await(String what, Consumer<Completion> start) throws Throwable {
    CompletableFuture<Void> end = new CompletableFuture<>();
    start.accept(
        failure -> {
          boolean first = failure == null ? end.complete(null) : end.completeExceptionally(failure);
          if (!first) {
            throw new IllegalStateException("the completion was called twice");
          }
        });
    try {
      end.get(300, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("no end within 60 s: " + what, e);
    }
  }

  /** The element at byte {@code offset}. */
  public static Scalar load(MemorySegment memory, long offset, DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> new Scalar(dtype, 0, HalfFloats.of(memory.get(JAVA_SHORT_UNALIGNED, offset)));
      case FLOAT32 -> new Scalar(dtype, 0, memory.get(JAVA_FLOAT_UNALIGNED, offset));
      case FLOAT64 -> new Scalar(dtype, 0, memory.get(JAVA_DOUBLE_UNALIGNED, offset));
      // A bool other than 0 and 1 is an error of the kernel, so it is not read as true.
      case BOOL -> new Scalar(dtype, memory.get(JAVA_BYTE, offset), 0);
      case INT8, UINT8 -> new Scalar(dtype, dtype.wrap(memory.get(JAVA_BYTE, offset)), 0);
      case INT16, UINT16 ->
          new Scalar(dtype, dtype.wrap(memory.get(JAVA_SHORT_UNALIGNED, offset)), 0);
      case INT32, UINT32 ->
          new Scalar(dtype, dtype.wrap(memory.get(JAVA_INT_UNALIGNED, offset)), 0);
      default -> new Scalar(dtype, memory.get(JAVA_LONG_UNALIGNED, offset), 0);
    };
  }

  /** Writes an element at byte {@code offset}. */
  public static void store(MemorySegment memory, long offset, Scalar x) {
    switch (x.dtype()) {
      case FLOAT16 ->
          memory.set(JAVA_SHORT_UNALIGNED, offset, HalfFloats.bits((float) x.floating()));
      case FLOAT32 -> memory.set(JAVA_FLOAT_UNALIGNED, offset, (float) x.floating());
      case FLOAT64 -> memory.set(JAVA_DOUBLE_UNALIGNED, offset, x.floating());
      case BOOL, INT8, UINT8 -> memory.set(JAVA_BYTE, offset, (byte) x.integer());
      case INT16, UINT16 -> memory.set(JAVA_SHORT_UNALIGNED, offset, (short) x.integer());
      case INT32, UINT32 -> memory.set(JAVA_INT_UNALIGNED, offset, (int) x.integer());
      default -> memory.set(JAVA_LONG_UNALIGNED, offset, x.integer());
    }
  }

  @Override
  public void close() {
    try {
      pieces.forEach(DeviceRun::checkMargins);
    } finally {
      buffers.forEach(DeviceBuffer::close);
      buffers.clear();
      mirrors.close();
    }
  }

  private static void checkMargins(MemorySegment piece) {
    for (long i = 0; i < MARGIN; i++) {
      if (piece.get(JAVA_BYTE, i) != UNTOUCHED) {
        throw new AssertionError("a kernel wrote %d bytes before its memory".formatted(MARGIN - i));
      }
      if (piece.get(JAVA_BYTE, piece.byteSize() - MARGIN + i) != UNTOUCHED) {
        throw new AssertionError("a kernel wrote %d bytes behind its memory".formatted(i + 1));
      }
    }
  }
}
