package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Reduction;
import dev.weft.gpu.emulate.MemoryTraffic.Accesses;
import dev.weft.testkit.conformance.DeviceRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the meter says of launches whose traffic is known. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
class CoalescingMeterTest {
  private static final Sink STORE = new Sink.Store(0, DType.FLOAT64);

  /** Launches a kernel of one operand in 8-byte elements, and gives what its entry points moved. */
  private static Map<String, MemoryTraffic> moved(
      Sink sink, long elements, int size, int first, int step) throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(new Param.Buffer(DType.FLOAT64)),
            0,
            List.of(new SsaValue.Load(0, DType.FLOAT64)),
            List.of(sink));
    CoalescingMeter meter = new CoalescingMeter();
    HostKernels kernels = new HostKernels(HostCompiler.find().orElseThrow(), Optional.of(meter));
    boolean reduces = sink instanceof Sink.Reduce;
    try (Device device = new EmulatedDevice(kernels, 1);
        DeviceRun run = new DeviceRun(device)) {
      long start = DeviceRun.start();
      Operand from = Operand.of(run.memory(8L * size), start + 8L * first, new long[] {8L * step});
      Operand to = Operand.of(run.memory(8 * elements), start, new long[] {reduces ? 0 : 8});
      run.launch(
          kernel,
          new Arguments(
              new long[] {elements},
              List.of(from),
              List.of(to),
              new boolean[] {reduces},
              new long[1],
              new long[] {reduces ? elements : 1},
              new long[] {8},
              new long[0]));
    }
    return meter.take();
  }

  @Test
  void runsAreMovedWhole() throws Throwable {
    MemoryTraffic dense = moved(STORE, 64, 64, 0, 1).get("copy_dense");
    // 32 threads move 16 bytes each.
    assertThat(dense.loads()).isEqualTo(new Accesses(1, 512, 16));
    assertThat(dense.stores()).isEqualTo(new Accesses(1, 512, 16));
    assertThat(dense.all().useful()).isEqualTo(1);
  }

  @Test
  void aRunBesideASectorTouchesOneMore() throws Throwable {
    MemoryTraffic beside = moved(STORE, 64, 65, 1, 1).get("copy_strided32");
    assertThat(beside.loads()).isEqualTo(new Accesses(2, 512, 18));
    assertThat(beside.stores()).isEqualTo(new Accesses(2, 512, 16));
  }

  @Test
  void stepsMoveSectorsOfWhichLittleIsUsed() throws Throwable {
    MemoryTraffic steps = moved(STORE, 64, 512, 0, 8).get("copy_strided32");
    assertThat(steps.loads()).isEqualTo(new Accesses(2, 512, 64));
    assertThat(steps.loads().useful()).isEqualTo(0.25);
    MemoryTraffic backwards = moved(STORE, 64, 64, 63, -1).get("copy_strided32");
    assertThat(backwards.loads()).isEqualTo(new Accesses(2, 512, 16));
  }

  @Test
  void oneElementForAllIsOneSector() throws Throwable {
    MemoryTraffic single = moved(STORE, 64, 1, 0, 0).get("copy_dense");
    assertThat(single.loads()).isEqualTo(new Accesses(1, 8, 1));
  }

  @Test
  void loadsBeforeTheFirstUseAreInFlightTogether() throws Throwable {
    Sink sum = new Sink.Reduce(0, Reduction.SUM, DType.FLOAT64);
    MemoryTraffic reduced = moved(sum, 4096, 4096, 0, 1).get("sum_reduce64");
    assertThat(reduced.loads()).isEqualTo(new Accesses(4096 / 32, 8 * 4096, 1024));
    assertThat(reduced.loadsInFlight()).isEqualTo(8);
    MemoryTraffic copied = moved(STORE, 64, 64, 0, 1).get("copy_dense");
    assertThat(copied.loadsInFlight()).as("a pack, then a store").isEqualTo(1);
  }
}
