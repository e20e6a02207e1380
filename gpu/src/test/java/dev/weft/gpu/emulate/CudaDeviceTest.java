package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Instruction;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a device does beyond kernels: copies, order, asynchrony. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
class CudaDeviceTest {
  private static final long[] NONE = {};

  private static final FusedKernel SQUARE =
      new FusedKernel(
          List.of(new Param.Buffer(DType.FLOAT64)),
          0,
          List.of(
              new Instruction.Load(0, DType.FLOAT64),
              new Instruction.Apply(ElementwiseOps.MULTIPLY, List.of(0, 0), DType.FLOAT64)),
          List.of(new Sink.Store(1, DType.FLOAT64)));

  private static final FusedKernel SUM =
      new FusedKernel(
          List.of(new Param.Buffer(DType.FLOAT64)),
          0,
          List.of(new Instruction.Load(0, DType.FLOAT64)),
          List.of(new Sink.Reduce(0, Reduction.SUM, DType.FLOAT64)));

  private static Operand dense(DeviceBuffer buffer) {
    return Operand.of(buffer.memory(), 0, new long[] {Double.BYTES});
  }

  @Test
  void aMapAndAReductionRunWithTheRightAnswer() throws Exception {
    int length = 10_000;
    try (EmulatedGpu gpu = EmulatedGpu.open();
        Arena arena = Arena.ofShared();
        DeviceBuffer x = gpu.device().allocate(length * 8L);
        DeviceBuffer squares = gpu.device().allocate(length * 8L);
        DeviceBuffer sum = gpu.device().allocate(8)) {
      MemorySegment values = arena.allocate(length * 8L, 8);
      for (int i = 0; i < length; i++) {
        values.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i);
      }
      CompletableFuture<Void> done = new CompletableFuture<>();
      gpu.device().copyIn(block(values, length), x, end(done));
      done.get(30, TimeUnit.SECONDS);
      CompiledKernel square = gpu.device().compile(SQUARE);
      CompiledKernel total = gpu.device().compile(SUM);
      gpu.driver().pause();
      CompletableFuture<Void> squared = new CompletableFuture<>();
      gpu.device()
          .launch(
              square,
              Arguments.map(new long[] {length}, List.of(dense(x)), List.of(dense(squares)), NONE),
              end(squared));
      assertThat(squared).as("the launch returns before it has run").isNotDone();
      gpu.driver().resume();
      squared.get(30, TimeUnit.SECONDS);
      CompletableFuture<Void> summed = new CompletableFuture<>();
      gpu.device()
          .launch(
              total,
              new Arguments(
                  new long[] {length},
                  List.of(dense(squares)),
                  List.of(Operand.of(sum.memory(), 0, new long[] {0})),
                  new boolean[] {true},
                  new long[1],
                  new long[] {length},
                  new long[] {8},
                  NONE),
              end(summed));
      summed.get(30, TimeUnit.SECONDS);
      MemorySegment answer = arena.allocate(8, 8);
      CompletableFuture<Void> out = new CompletableFuture<>();
      gpu.device().copyOut(sum, block(answer, 1), end(out));
      out.get(30, TimeUnit.SECONDS);
      // n(n+1)(2n+1)/6 for n = 9999; every partial sum is below 2^53.
      assertThat(answer.get(ValueLayout.JAVA_DOUBLE, 0)).isEqualTo(333_283_335_000.0);
    }
  }

  private static HostBlock block(MemorySegment memory, long length) {
    return HostBlock.dense(memory, new long[] {length}, Double.BYTES);
  }

  private static dev.weft.core.device.Device.Completion end(CompletableFuture<Void> future) {
    return failure -> {
      if (failure == null) {
        future.complete(null);
      } else {
        future.completeExceptionally(failure);
      }
    };
  }
}
