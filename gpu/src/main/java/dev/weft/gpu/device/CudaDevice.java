package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.ByteCount;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.MachineLimits;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.gpu.compile.CubinCache;
import dev.weft.gpu.copy.BlockCopies;
import dev.weft.gpu.copy.SmallCopies;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverDevice;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.energy.GpuEnergy;
import dev.weft.gpu.memory.DevicePool;
import dev.weft.gpu.memory.GpuBuffer;
import dev.weft.gpu.memory.StagingPool;
import dev.weft.gpu.queue.CompletionQueue;
import dev.weft.gpu.queue.DeviceHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The device on one GPU. Launches and copies are asynchronous on several streams; the calling
 * thread puts launches on them itself. Buffers must be closed only when everything that names them
 * has been heard of: {@link DevicePool} says why that is enough.
 *
 * <p>When the GPU's context is lost, everything pending and everything later fails with {@link
 * DeviceLostException}; closing goes on working.
 */
public final class CudaDevice implements FarDevice {
  /** Long enough for full speed of the link, short enough that packing overlaps it. */
  private static final long PIECE_BYTES = 4L << 20;

  private static final long SLAB_BYTES = 64L << 20;
  private static final int SLAB_PART = 32;
  private static final int PIECES = 4;
  private static final int MOST_THREADS = 4;
  private static final long CLOSE_SECONDS = 60;

  /** What is left of free memory for others: the context, loaded kernels, cuBLAS's workspaces. */
  private static final double MARGIN = 0.08;

  private final CudaDriver driver;
  private final DriverDevice gpu;
  private final DeviceHealth health;
  private final OpenWork work;
  private final DevicePool memory;
  private final Streams streams;
  private final CompletionQueue completions;
  private final StagingPool in;
  private final StagingPool out;
  private final HostThreads packers;
  private final HostThreads tasks;
  private final BlockCopies copies;
  private final SmallCopies smallCopies;
  private final CubinCache cubins;
  private final CudaKernels kernels;
  private final CublasProducts products;
  private final KernelLauncher launches;
  private final long cacheBytes;
  private final Map<String, String> details;
  private final GpuEnergy energy;

  private CudaDevice(
      CudaParts parts, DeviceHealth health, DevicePool memory, Streams streams, long cacheBytes) {
    this.driver = parts.driver();
    this.gpu = driver.device();
    this.health = health;
    this.memory = memory;
    this.streams = streams;
    this.cacheBytes = cacheBytes;
    this.energy = new GpuEnergy(gpu.bus());
    int threads = Math.clamp(MachineLimits.ofThisProcess().cores() / 2, 1, MOST_THREADS);
    work = new OpenWork(gpu.id());
    completions = new CompletionQueue(driver, health);
    packers = new HostThreads(gpu.id(), "copies", threads);
    tasks = new HostThreads(gpu.id(), "tasks", threads);
    in = new StagingPool(driver, health, packers.pool(), PIECE_BYTES, PIECES);
    out = new StagingPool(driver, health, packers.pool(), PIECE_BYTES, PIECES);
    BlockCopies.Direction home = new BlockCopies.Direction(streams.out(), out);
    copies =
        new BlockCopies(
            driver,
            health,
            completions,
            packers.pool(),
            new BlockCopies.Direction(streams.in(), in),
            home);
    smallCopies = new SmallCopies(driver, health, completions, packers.pool(), home);
    cubins = new CubinCache(parts.nvrtc(), parts.cubins());
    kernels = new CudaKernels(driver, health, cubins);
    products = new CublasProducts(parts.cublas());
    launches = new KernelLauncher(driver, health, memory, streams, completions, products);
    details = new LinkedHashMap<>(parts.details());
    details.put("compiler", parts.nvrtc().describe());
  }

  /**
   * Opens a GPU.
   *
   * @throws DeviceException when the driver refuses
   */
  public static CudaDevice open(CudaParts parts) {
    CudaDriver driver = parts.driver();
    DeviceHealth health = new DeviceHealth(driver.device().id());
    try {
      driver.open();
    } catch (CudaError error) {
      throw health.failure("opening the device", error);
    }
    DevicePool memory = null;
    try {
      long free = (long) (driver.memory().free() * (1 - MARGIN));
      int cacheBytes = driver.attribute(CudaDriver.L2_CACHE_BYTES);
      memory = new DevicePool(driver, health, Math.min(parts.memoryLimit(), free));
      return new CudaDevice(parts, health, memory, new Streams(driver, health), cacheBytes);
    } catch (CudaError error) {
      DeviceException failure = health.failure("opening the device", error);
      if (memory != null) {
        memory.close();
      }
      closeDriver(driver, health);
      throw failure;
    }
  }

  private static void closeDriver(CudaDriver driver, DeviceHealth health) {
    try {
      driver.close();
    } catch (CudaError error) {
      // Of a lost context nothing is left to be given back; of others the process keeps it.
      health.failure("closing", error);
    }
  }

  @Override
  public DeviceInfo info() {
    Map<String, String> all = new LinkedHashMap<>(details);
    all.put("matrix products", products.describe());
    all.put("memory limit", ByteCount.text(memory.use().limit()));
    all.put(
        "allocation",
        driver.streamOrdered() ? "in the order of a stream" : "waits for the GPU: no memory pools");
    all.put("staging in", in.describe());
    all.put("staging out", out.describe());
    return new DeviceInfo(gpu.id(), gpu.describe(), Streams.LAUNCHES, cacheBytes, all);
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    return kernel instanceof RowProgram rows
        ? new CudaRows(rows, rows.steps().stream().map(step -> kernels.get(step.kernel())).toList())
        : kernels.get(kernel);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    return memory.allocate(bytes);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    launch(kernel, List.of(arguments), (at, failure) -> completion.done(failure));
  }

  /** All launches go on one stream, chunk by chunk beside each other where the kernel is ours. */
  @Override
  public void launch(CompiledKernel kernel, List<Arguments> list, LaunchesCompletion completion) {
    int[] failed = new int[1];
    Completion counted = work.begin("launch", failure -> completion.done(failed[0], failure));
    if (counted == null) {
      return;
    }
    if (kernel instanceof CudaCode code && code.owner() == kernels) {
      LaunchesCompletion ended =
          (at, failure) -> {
            failed[0] = at;
            counted.done(failure);
          };
      launches.launch(List.of(new KernelLauncher.Part(code, list)), ended);
    } else if (kernel instanceof CudaRows rows && rows.parts().getFirst().owner() == kernels) {
      rows.launch(launches, memory, list, counted);
    } else {
      refuse("kernel %s was compiled by another device".formatted(kernel.kernel().name()), counted);
    }
  }

  private void refuse(String reason, Completion completion) {
    completions.now(new InternalException("%s: %s".formatted(gpu.id(), reason)), completion::done);
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    Completion counted = work.begin("execute", completion);
    if (counted != null) {
      tasks.submit(task, counted);
    }
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    Completion counted = work.begin("copy to the device", completion);
    if (counted != null) {
      GpuBuffer buffer = own(to, from, counted);
      if (buffer != null) {
        copies.copyIn(from, buffer.address(), counted);
      }
    }
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    Completion counted = work.begin("copy from the device", completion);
    if (counted != null) {
      GpuBuffer buffer = own(from, to, counted);
      if (buffer != null) {
        copies.copyOut(buffer.address(), to, counted);
      }
    }
  }

  @Override
  public void copyOut(List<CopyOut> all) {
    List<SmallCopies.Small> small = new ArrayList<>(all.size());
    for (CopyOut copy : all) {
      long bytes = copy.to().bytes();
      if (bytes == 0 || bytes > SmallCopies.MOST) {
        copyOut(copy.from(), copy.to(), copy.completion());
        continue;
      }
      Completion counted = work.begin("copy from the device", copy.completion());
      GpuBuffer buffer = counted == null ? null : own(copy.from(), copy.to(), counted);
      if (counted != null && buffer != null) {
        small.add(new SmallCopies.Small(buffer, copy.to(), counted));
      }
    }
    smallCopies.copy(small);
  }

  @Override
  public List<DeviceBuffer> allocate(long bytes, int count) {
    return memory.allocate(bytes, count);
  }

  private @Nullable GpuBuffer own(DeviceBuffer buffer, HostBlock block, Completion completion) {
    if (!(buffer instanceof GpuBuffer own) || own.pool() != memory) {
      refuse("%s belongs to another device".formatted(buffer), completion);
      return null;
    }
    if (own.isClosed()) {
      refuse("copy: the %s was closed before".formatted(own), completion);
      return null;
    }
    if (block.bytes() > own.bytes()) {
      refuse("a block of %d bytes does not fit the %s".formatted(block.bytes(), own), completion);
      return null;
    }
    return own;
  }

  @Override
  public long footprint(long bytes) {
    return DevicePool.capacity(bytes);
  }

  /** Enough for the link to be busy while kernels run, and little beside the memory. */
  @Override
  public long slabBytes() {
    return Math.min(SLAB_BYTES, memory.use().limit() / SLAB_PART);
  }

  @Override
  public MemoryUse memory() {
    return memory.use();
  }

  @Override
  public Energy energy() {
    return energy.read();
  }

  /** What the compiler and its cache did. */
  public CubinCache.Statistics compilations() {
    return cubins.statistics();
  }

  /** Lets pending work end, for at most a minute. A second call does nothing. */
  @Override
  public void close() {
    if (!work.close()) {
      return;
    }
    if (!work.awaitEnd(CLOSE_SECONDS)) {
      health.lose(
          "closing", new DeviceException("work did not end within %d s".formatted(CLOSE_SECONDS)));
    }
    tasks.close();
    packers.close();
    try {
      DriverThread.use(driver);
    } catch (CudaError error) {
      health.failure("closing", error);
    }
    completions.close();
    String leaks = release();
    cubins.prune();
    if (!leaks.isEmpty()) {
      throw new DeviceException("close: %s: %s".formatted(gpu.id(), leaks));
    }
  }

  private String release() {
    products.close();
    kernels.close();
    in.close();
    out.close();
    String leaks = memory.close();
    streams.close(driver, health);
    closeDriver(driver, health);
    return leaks;
  }
}
