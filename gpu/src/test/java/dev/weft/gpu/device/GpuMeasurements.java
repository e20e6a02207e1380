package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.workload.SampleJob;
import dev.weft.testkit.conformance.DeviceRun;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * What a GPU does under Weft, in numbers: copies, launches, kernels, products. A kernel's result is
 * checked before its time counts.
 *
 * @param n elements of an array
 * @param side of the matrices of products
 * @param repeat timed runs of each
 */
public record GpuMeasurements(CudaParts parts, int n, int side, int repeat) {
  private static final List<DType> TYPES = List.of(DType.FLOAT64, DType.FLOAT32);
  private static final int SAMPLES = 1000;

  /** Everything, by names such as {@code kernel_ms.add.float64}. */
  public Map<String, Double> measure() throws Exception {
    Map<String, Double> found = new LinkedHashMap<>();
    try (CudaDevice device = CudaDevice.open(parts);
        KernelTimer timer = new KernelTimer(parts, device, repeat);
        Arena arena = Arena.ofShared()) {
      link(found, timer);
      launches(found, device);
      for (DType dtype : TYPES) {
        kernels(found, device, timer, arena, dtype);
        product(found, device, timer, arena, dtype);
      }
    }
    return found;
  }

  /** Pinned copies as fast as the driver can: what transfers are measured against. */
  private void link(Map<String, Double> found, KernelTimer timer) throws CudaError {
    CudaDriver driver = parts.driver();
    long bytes = 8L * n;
    driver.makeCurrent();
    MemorySegment host = driver.allocateHost(bytes);
    CudaDriver.Stream own = driver.stream();
    long memory = driver.allocate(bytes, own);
    driver.synchronize(own);
    found.put(
        "pinned_in_gb_per_s",
        bytes / 1e6 / timer.milliseconds(on -> driver.copyIn(host, memory, bytes, on)));
    found.put(
        "pinned_out_gb_per_s",
        bytes / 1e6 / timer.milliseconds(on -> driver.copyOut(memory, host, bytes, on)));
    driver.free(memory, own);
    driver.destroy(own);
    driver.freeHost(host);
  }

  /** Time on the calling thread for a warm launch of little work, and until it is heard of. */
  private void launches(Map<String, Double> found, CudaDevice device) throws Exception {
    int count = 200 * repeat;
    long[] calls = new long[count];
    long[] ends = new long[count];
    try (DeviceBuffer x = device.allocate(1024)) {
      CompiledKernel square = device.compile(SampleJob.SQUARE);
      Operand all = SampleJob.dense(x);
      Arguments arguments =
          Arguments.map(new long[] {128}, List.of(all), List.of(all), new long[0]);
      for (int i = 0; i < count; i++) {
        int number = i;
        long start = System.nanoTime();
        SampleJob.await(
            end -> {
              device.launch(square, arguments, end);
              calls[number] = System.nanoTime() - start;
            });
        ends[i] = System.nanoTime() - start;
      }
    }
    found.put("launch_call_us", median(calls) / 1e3);
    found.put("launch_and_hear_us", median(ends) / 1e3);
  }

  private static double median(long[] nanos) {
    return LongStream.of(nanos).sorted().toArray()[nanos.length / 2];
  }

  private void kernels(
      Map<String, Double> found, CudaDevice device, KernelTimer timer, Arena arena, DType dtype)
      throws Exception {
    int item = dtype.itemSize();
    MemorySegment x = numbers(arena, dtype, n, 1, -1, 2);
    MemorySegment y = numbers(arena, dtype, n, 2, 0, 2);
    MemorySegment result = arena.allocate((long) n * item, 64);
    try (DeviceBuffer onX = device.allocate((long) n * item);
        DeviceBuffer onY = device.allocate((long) n * item);
        DeviceBuffer out = device.allocate((long) n * item)) {
      long before = System.nanoTime();
      SampleJob.await(end -> device.copyIn(block(x, n, item), onX, end));
      SampleJob.await(end -> device.copyIn(block(y, n, item), onY, end));
      found.put("copy_in_gb_per_s." + dtype, 2.0 * n * item / (System.nanoTime() - before));
      for (BenchKernels bench : BenchKernels.all(dtype)) {
        Arguments arguments = arguments(bench, onX, onY, out, item);
        double millis = timer.milliseconds(bench.kernel(), arguments);
        int count = bench.reduces() ? 1 : n;
        int itemOut = bench.reduces() ? Long.BYTES : item;
        before = System.nanoTime();
        SampleJob.await(end -> device.copyOut(out, block(result, count, itemOut), end));
        if (!bench.reduces()) {
          found.put("copy_out_gb_per_s." + dtype, (double) n * item / (System.nanoTime() - before));
        }
        check(bench, dtype, x, y, result);
        String name = bench.name() + "." + dtype;
        found.put("kernel_ms." + name, millis);
        found.put("wall_ms." + name, wall(device, bench, arguments, List.of(x, y), result));
        found.put(
            "kernel_gb_per_s." + name,
            (double) (bench.reads() + bench.writes()) * n * item / millis / 1e6);
      }
    }
  }

  /** From inputs of the host to the result there, with warm pools. */
  private double wall(
      CudaDevice device,
      BenchKernels bench,
      Arguments arguments,
      List<MemorySegment> inputs,
      MemorySegment result)
      throws Exception {
    CompiledKernel kernel = device.compile(bench.kernel());
    int item = bench.kernel().params().getFirst().dtype().itemSize();
    long[] nanos = new long[Math.max(3, repeat / 4)];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      List<DeviceBuffer> buffers = new ArrayList<>();
      List<Operand> operands = new ArrayList<>();
      for (int input = 0; input < bench.reads(); input++) {
        MemorySegment from = inputs.get(input);
        DeviceBuffer to = device.allocate((long) n * item);
        SampleJob.await(end -> device.copyIn(block(from, n, item), to, end));
        buffers.add(to);
        operands.add(Operand.of(to.memory(), 0, new long[] {item}));
      }
      DeviceBuffer out = device.allocate((long) n * Math.max(item, Long.BYTES));
      buffers.add(out);
      Operand to = Operand.of(out.memory(), 0, arguments.outputs().getFirst().strides());
      Arguments own =
          new Arguments(
              arguments.extents(),
              operands,
              List.of(to),
              arguments.reduced(),
              arguments.reduceBase(),
              arguments.reduceShape(),
              arguments.planeBytes(),
              arguments.scalars());
      SampleJob.await(end -> device.launch(kernel, own, end));
      HostBlock back = bench.reduces() ? block(result, 1, Long.BYTES) : block(result, n, item);
      SampleJob.await(end -> device.copyOut(out, back, end));
      nanos[i] = System.nanoTime() - start;
      buffers.forEach(DeviceBuffer::close);
    }
    return median(nanos) / 1e6;
  }

  private Arguments arguments(
      BenchKernels bench, DeviceBuffer x, DeviceBuffer y, DeviceBuffer out, int item) {
    long[] step = {item};
    List<Operand> inputs = new ArrayList<>(List.of(Operand.of(x.memory(), 0, step)));
    if (bench.reads() == 2) {
      inputs.add(Operand.of(y.memory(), 0, step));
    }
    long[] scalars =
        Arrays.stream(bench.scalars()).mapToLong(Double::doubleToRawLongBits).toArray();
    boolean reduces = bench.reduces();
    return new Arguments(
        new long[] {n},
        inputs,
        List.of(Operand.of(out.memory(), 0, reduces ? new long[1] : step)),
        new boolean[] {reduces},
        new long[1],
        new long[] {reduces ? n : 1},
        new long[] {Long.BYTES},
        scalars);
  }

  /** Compares with what plain Java computes in float64 of the same elements. */
  private void check(
      BenchKernels bench, DType dtype, MemorySegment x, MemorySegment y, MemorySegment result) {
    double tolerance = dtype == DType.FLOAT64 ? 1e-9 : 1e-4;
    if (bench.reduces()) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += bench.element().applyAsDouble(load(x, i, dtype), load(y, i, dtype));
      }
      // Partial sums are float64 for both types; the sum of n terms of size 1 may be small itself.
      expect(bench.name(), load(result, 0, DType.FLOAT64), sum, tolerance * n);
      return;
    }
    for (int i = 0; i < n; i += Math.max(1, n / SAMPLES)) {
      double expected = bench.element().applyAsDouble(load(x, i, dtype), load(y, i, dtype));
      expect(bench.name(), load(result, i, dtype), expected, tolerance * 10);
    }
  }

  private static void expect(String what, double actual, double expected, double distance) {
    if (!(Math.abs(actual - expected) <= distance)) {
      throw new AssertionError("%s is %s, expected %s".formatted(what, actual, expected));
    }
  }

  private void product(
      Map<String, Double> found, CudaDevice device, KernelTimer timer, Arena arena, DType dtype)
      throws Exception {
    int item = dtype.itemSize();
    int count = side * side;
    MemorySegment a = numbers(arena, dtype, count, 3, -1, 1);
    MemorySegment b = numbers(arena, dtype, count, 4, -1, 1);
    MemorySegment c = arena.allocate((long) count * item, 64);
    long[] steps = {(long) side * item, item};
    try (DeviceBuffer onA = device.allocate((long) count * item);
        DeviceBuffer onB = device.allocate((long) count * item);
        DeviceBuffer onC = device.allocate((long) count * item)) {
      SampleJob.await(end -> device.copyIn(block(a, count, item), onA, end));
      SampleJob.await(end -> device.copyIn(block(b, count, item), onB, end));
      Arguments arguments =
          Arguments.map(
              new long[] {side, side, side},
              List.of(Operand.of(onA.memory(), 0, steps), Operand.of(onB.memory(), 0, steps)),
              List.of(Operand.of(onC.memory(), 0, steps)),
              new long[] {1});
      double millis = timer.milliseconds(new LibraryKernel(Routine.MATMUL, dtype), arguments);
      SampleJob.await(end -> device.copyOut(onC, block(c, count, item), end));
      for (int i = 0; i < count; i += Math.max(1, count / SAMPLES)) {
        double sum = 0;
        for (int k = 0; k < side; k++) {
          sum += load(a, i / side * side + k, dtype) * load(b, k * side + i % side, dtype);
        }
        expect("matmul", load(c, i, dtype), sum, (dtype == DType.FLOAT64 ? 1e-12 : 1e-4) * side);
      }
      found.put("kernel_ms.matmul." + dtype, millis);
      found.put("matmul_tflops." + dtype, 2.0 * side * side * side / millis / 1e9);
    }
  }

  private static HostBlock block(MemorySegment memory, long count, int item) {
    return HostBlock.dense(memory, new long[] {count}, item);
  }

  private static double load(MemorySegment memory, int index, DType dtype) {
    return DeviceRun.load(memory, (long) index * dtype.itemSize(), dtype).floating();
  }

  private static MemorySegment numbers(
      Arena arena, DType dtype, int count, long seed, double low, double high) {
    MemorySegment memory = arena.allocate((long) count * dtype.itemSize(), 64);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      DeviceRun.store(
          memory,
          (long) i * dtype.itemSize(),
          new Scalar(dtype, 0, low + (high - low) * random.nextDouble()));
    }
    return memory;
  }
}
