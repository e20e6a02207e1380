package dev.weft.gpu.workload;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sum of squares of 0 to n - 1: a copy in, a map, a reduction of several blocks, a copy out.
 * The steps wait for each other, as a scheduler has it.
 */
public final class SampleJob {
  private static final long[] NONE = {};
  private static final long TIMEOUT_SECONDS = 60;

  /** Elementwise. */
  public static final FusedKernel SQUARE =
      new FusedKernel(
          List.of(new Param.Buffer(DType.FLOAT64)),
          0,
          List.of(
              new SsaValue.Load(0, DType.FLOAT64),
              new SsaValue.Apply(ElementwiseOps.MULTIPLY, List.of(0, 0), DType.FLOAT64)),
          List.of(new Sink.Store(1, DType.FLOAT64)));

  /** To one element. */
  public static final FusedKernel SUM =
      new FusedKernel(
          List.of(new Param.Buffer(DType.FLOAT64)),
          0,
          List.of(new SsaValue.Load(0, DType.FLOAT64)),
          List.of(new Sink.Reduce(0, Reduction.SUM, DType.FLOAT64)));

  private SampleJob() {}

  /** What the job should answer: every sum on the way is below 2^53, so it is exact. */
  public static double expected(long n) {
    return (double) ((n - 1) * n * (2 * n - 1) / 6);
  }

  /** Runs the job. */
  public static double run(FarDevice device, int n) throws Exception {
    try (Arena arena = Arena.ofShared();
        DeviceBuffer x = device.allocate(n * 8L);
        DeviceBuffer squares = device.allocate(n * 8L);
        DeviceBuffer sum = device.allocate(8)) {
      MemorySegment values = arena.allocate(n * 8L, 8);
      for (int i = 0; i < n; i++) {
        values.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
      }
      await(end -> device.copyIn(block(values, n), x, end));
      await(end -> square(device, x, squares, n, end));
      await(end -> sum(device, squares, sum, n, end));
      MemorySegment answer = arena.allocate(8, 8);
      await(end -> device.copyOut(sum, block(answer, 1), end));
      return answer.get(ValueLayout.JAVA_DOUBLE, 0);
    }
  }

  /** Starts the map. */
  public static void square(
      FarDevice device, DeviceBuffer from, DeviceBuffer to, int n, Completion completion) {
    device.launch(
        device.compile(SQUARE),
        Arguments.map(new long[] {n}, List.of(dense(from)), List.of(dense(to)), NONE),
        completion);
  }

  /** Starts the reduction. */
  public static void sum(
      FarDevice device, DeviceBuffer from, DeviceBuffer to, int n, Completion completion) {
    device.launch(device.compile(SUM), sum(from, to, n), completion);
  }

  /** The reduction as a launch. */
  public static Arguments sum(DeviceBuffer from, DeviceBuffer to, long n) {
    return new Arguments(
        new long[] {n},
        List.of(dense(from)),
        List.of(Operand.of(to.memory(), 0, new long[] {0})),
        new boolean[] {true},
        new long[1],
        new long[] {n},
        new long[] {8},
        NONE);
  }

  /** All elements of a buffer. */
  public static Operand dense(DeviceBuffer buffer) {
    return Operand.of(buffer.memory(), 0, new long[] {Double.BYTES});
  }

  /** Elements of the host. */
  public static HostBlock block(MemorySegment memory, long length) {
    return HostBlock.dense(memory, new long[] {length}, Double.BYTES);
  }

  /** Starts something and waits for its end, which must come once. */
  public static void await(Consumer<Completion> start) throws Exception {
    CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    start.accept(end(future));
    try {
      future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }

  /** Completes a future, once. */
  public static Completion end(CompletableFuture<@Nullable Void> future) {
    return failure -> {
      boolean first =
          failure == null ? future.complete(null) : future.completeExceptionally(failure);
      if (!first) {
        throw new AssertionError("the completion was called twice");
      }
    };
  }
}
