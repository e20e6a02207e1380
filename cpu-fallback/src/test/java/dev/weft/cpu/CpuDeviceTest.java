package dev.weft.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.cpu.compile.TieringPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CpuDeviceTest {
  private static final DeviceOptions OPTIONS = new DeviceOptions(2, 64 << 20, true, 0);

  private static FusedKernel sum() {
    Kernels kernel = new Kernels();
    int x = kernel.load(DType.FLOAT64);
    return kernel.store(kernel.apply(ElementwiseOps.ADD, x, x)).kernel();
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(DeviceProvider.class))
        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("cpu"));
  }

  @Test
  void memoryIsAccountedUntilClosed() {
    try (Device device = CpuDevice.open(OPTIONS)) {
      DeviceBuffer buffer = device.allocate(1 << 20);
      assertThat(device.memory().live()).isEqualTo(1 << 20);
      buffer.close();
      assertThat(device.memory().live()).isZero();
      assertThat(device.memory().peak()).isEqualTo(1 << 20);
      assertThatThrownBy(() -> device.allocate(65 << 20)).isInstanceOf(DeviceException.class);
      assertThatThrownBy(buffer::close).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingNamesTheBuffersStillOpen() {
    Device device = CpuDevice.open(OPTIONS);
    DeviceBuffer left = device.allocate(1 << 20);
    assertThatThrownBy(device::close)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("1 of 1.0 MiB");
    left.close();
  }

  @Test
  void anInterruptedCloseStillWaitsForRunningWork() throws InterruptedException {
    Device device = CpuDevice.open(OPTIONS);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch allowed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<Object> seen = new AtomicReference<>();
    device.execute(
        () -> {
          running.countDown();
          allowed.await();
          ended.set(true);
        },
        problem -> {});
    running.await();
    Thread closing =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              device.close();
              seen.set(ended.get() && Thread.currentThread().isInterrupted());
            });
    closing.start();
    closing.join(200);
    allowed.countDown();
    closing.join();
    assertThat(seen.get()).isEqualTo(true);
  }

  @Test
  void aFailingLaunchReportsItsCause() {
    try (Device device = CpuDevice.open(OPTIONS)) {
      Arguments tooFew = Arguments.map(new long[] {4}, List.of(), List.of(), new long[0]);
      assertThatThrownBy(() -> Launches.run(device, sum(), tooFew))
          .isInstanceOf(IndexOutOfBoundsException.class);
      CompiledKernel foreign =
          new CompiledKernel() {
            @Override
            public Kernel kernel() {
              return sum();
            }

            @Override
            public String source() {
              return "";
            }
          };
      assertThat(failure(device, foreign, tooFew)).isInstanceOf(InternalException.class);
    }
  }

  @Test
  void aClosedDeviceRefusesLaunches() {
    Device device = CpuDevice.open(OPTIONS);
    CompiledKernel kernel = device.compile(sum());
    device.close();
    Arguments nothing = Arguments.map(new long[] {0}, List.of(), List.of(), new long[0]);
    assertThat(failure(device, kernel, nothing)).isInstanceOf(DeviceException.class);
  }

  @Test
  void hostTasksRunOnWorkersAndReportFailures() throws InterruptedException {
    try (Device device = CpuDevice.open(OPTIONS)) {
      AtomicReference<String> name = new AtomicReference<>();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      CountDownLatch ended = new CountDownLatch(1);
      device.execute(
          () -> {
            name.set(Thread.currentThread().getName());
            throw new java.io.IOException("disk full");
          },
          thrown -> {
            failure.set(thrown);
            ended.countDown();
          });
      assertThat(ended.await(300, TimeUnit.SECONDS)).isTrue();
      assertThat(name.get()).startsWith("weft-cpu-");
      assertThat(failure.get()).hasMessage("disk full");
    }
  }

  @Test
  void aColdKernelGoesOnWithVectorsAndGivesTheSameBits() throws InterruptedException {
    try (Device device = CpuDevice.open(OPTIONS);
        Arena arena = Arena.ofShared()) {
      MemorySegment x = arena.allocate(8 << 20, 64);
      new Launches(1, arena).fill(x, DType.FLOAT64);
      MemorySegment cold = arena.allocate(8 << 20, 64);
      MemorySegment hot = arena.allocate(8 << 20, 64);
      FusedKernel kernel = sum();
      Launches.run(device, kernel, map(x, cold));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      String source = device.compile(kernel).source();
      while (!source.contains("DoubleVector") && System.nanoTime() < deadline) {
        Launches.run(device, kernel, map(x, hot));
        source = device.compile(kernel).source();
      }
      assertThat(source).contains("uniform operands 0: ");
      Launches.run(device, kernel, map(x, hot));
      assertThat(cold.mismatch(hot)).isEqualTo(-1);
    }
  }

  private static Arguments map(MemorySegment from, MemorySegment to) {
    long[] step = {8};
    return Arguments.map(
        new long[] {from.byteSize() / 8},
        List.of(Operand.of(from, 0, step)),
        List.of(Operand.of(to, 0, step)),
        new long[0]);
  }

  @Test
  void informationSaysWhatIsUsed() {
    try (Device device = CpuDevice.open(new DeviceOptions(2, 1 << 20, false, 0))) {
      assertThat(device.info().parallelism()).isEqualTo(2);
      assertThat(device.info().cacheBytes()).isPositive();
      assertThat(device.info().details().get("vectors")).contains("options");
      assertThat(device.info().details().get("matrix products")).contains("first product");
      assertThat(device.compile(sum()).source()).contains("turned off by the options");
    }
  }

  @Test
  void withoutTheIncubatorModuleScalarLoopsRunAndNothingOfItIsLoaded() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutVectors.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).contains("sum 6.0").contains("--add-modules jdk.incubator.vector");
    assertThat(child.waitFor()).isZero();
  }

  /** Runs in a JVM without the module. */
  static final class WithoutVectors {
    public static void main(String[] args) {
      try (Device device = CpuDevice.open(OPTIONS, TieringPolicy.Start.VECTOR);
          Arena arena = Arena.ofShared()) {
        MemorySegment x = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3);
        MemorySegment total = arena.allocate(8);
        Kernels kernel = new Kernels();
        kernel.reduce(kernel.load(DType.FLOAT64), Reduction.SUM);
        Launches.run(
            device,
            kernel.kernel(),
            new Arguments(
                new long[] {3},
                List.of(Operand.of(x, 0, new long[] {8})),
                List.of(Operand.of(total, 0, new long[] {0})),
                new boolean[] {true},
                new long[1],
                new long[] {3},
                new long[1],
                new long[0]));
        System.out.println("sum " + total.get(ValueLayout.JAVA_DOUBLE, 0));
        System.out.println(device.info().details().get("vectors"));
      }
    }
  }

  private static Throwable failure(Device device, CompiledKernel kernel, Arguments arguments) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    device.launch(
        kernel,
        arguments,
        thrown -> {
          failure.set(thrown);
          ended.countDown();
        });
    try {
      assertThat(ended.await(300, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return failure.get();
  }
}
