package dev.weft.gpu.emulate;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Operand;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaLaunch;
import dev.weft.kernels.cuda.CudaRenderer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Runs the CUDA text of kernels on the host, on memory that the host sees, one after the other. */
final class EmulatedDevice implements Device {
  private static final long ALIGNMENT = 64;

  private final HostKernels kernels;
  private final int blocks;
  private final long limit = 1L << 30;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("emulated").daemon().factory());
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong launches = new AtomicLong();

  /** A device that is full with {@code blocks} blocks of threads. */
  EmulatedDevice(HostKernels kernels, int blocks) {
    this.kernels = kernels;
    this.blocks = blocks;
  }

  long launches() {
    return launches.get();
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo("emulated", "CUDA text on the host", 1, 1 << 20, Map.of());
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    if (kernel instanceof RowProgram rows) {
      List<Code> parts = rows.steps().stream().map(step -> (Code) compile(step.kernel())).toList();
      return new Rows(rows, parts);
    }
    CudaKernel cuda = CudaRenderer.render(kernel);
    return new Code(cuda, kernels.get(cuda));
  }

  /** A kernel that the host's compiler has made. */
  private record Code(CudaKernel cuda, HostKernel host) implements CompiledKernel {
    @Override
    public Kernel kernel() {
      return cuda.kernel();
    }

    @Override
    public String source() {
      return cuda.source();
    }
  }

  /** A row program, whose kernels run one after the other. */
  private record Rows(RowProgram program, List<Code> parts) implements CompiledKernel {
    @Override
    public Kernel kernel() {
      return program;
    }

    @Override
    public String source() {
      return parts.stream().map(Code::source).collect(Collectors.joining("\n"));
    }
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (live.addAndGet(bytes) > limit) {
      live.addAndGet(-bytes);
      throw new DeviceException("emulated: no room for %d bytes of %d".formatted(bytes, limit));
    }
    peak.accumulateAndGet(live.get(), Math::max);
    Arena arena = Arena.ofShared();
    return new HostBuffer(bytes, arena, arena.allocate(Math.max(1, bytes), ALIGNMENT));
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    launch(kernel, List.of(arguments), (at, failure) -> completion.done(failure));
  }

  @Override
  public void launch(CompiledKernel kernel, List<Arguments> list, LaunchesCompletion completion) {
    execute(
        () -> {
          if (kernel instanceof Rows rows) {
            run(rows, list);
          } else {
            run((Code) kernel, list);
          }
        },
        failure -> completion.done(0, failure));
  }

  private void run(Rows kernel, List<Arguments> list) throws Exception {
    List<RowLaunches> rows =
        list.stream().map(one -> new RowLaunches(kernel.program(), one)).toList();
    long bytes = rows.stream().mapToLong(RowLaunches::scratchBytes).sum();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scratch = arena.allocate(Math.max(8, bytes), ALIGNMENT);
      for (int step = 0; step < kernel.parts().size(); step++) {
        run(kernel.parts().get(step), RowLaunches.arguments(rows, step, scratch));
      }
    }
  }

  private void run(Code kernel, List<Arguments> list) throws Exception {
    launches.incrementAndGet();
    try (Arena arena = Arena.ofConfined()) {
      CudaLaunch launch = new CudaLaunch(kernel.cuda(), list.size(), blocks);
      for (Arguments arguments : list) {
        long scratchBytes = CudaLaunch.scratchBytes(kernel.kernel(), arguments);
        MemorySegment scratch = arena.allocate(Math.max(8, scratchBytes), ALIGNMENT);
        launch.add(
            arguments,
            new CudaLaunch.Addresses(
                addresses(arguments.inputs()), addresses(arguments.outputs()), scratch.address()));
      }
      for (CudaLaunch.Step step : launch.steps()) {
        kernel.host().run(step);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("launch of " + kernel.kernel().name(), e);
    }
  }

  private static long[] addresses(List<Operand> operands) {
    return operands.stream()
        .mapToLong(operand -> operand.memory() == null ? 0 : operand.memory().address())
        .toArray();
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    thread.execute(() -> task.run(completion));
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(live.get(), 0, peak.get(), limit);
  }

  @Override
  public void close() {
    thread.close();
  }

  private final class HostBuffer implements DeviceBuffer {
    private final long bytes;
    private final Arena arena;
    private final MemorySegment memory;

    HostBuffer(long bytes, Arena arena, MemorySegment memory) {
      this.bytes = bytes;
      this.arena = arena;
      this.memory = memory;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public MemorySegment host() {
      return memory;
    }

    @Override
    public void close() {
      arena.close();
      live.addAndGet(-bytes);
    }
  }
}
