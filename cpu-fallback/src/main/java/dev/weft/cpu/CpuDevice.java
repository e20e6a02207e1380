package dev.weft.cpu;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.Energy;
import dev.weft.core.device.Launches;
import dev.weft.core.device.MachineLimits;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.GeneratedTiles;
import dev.weft.cpu.compile.Randoms;
import dev.weft.cpu.compile.Reducers;
import dev.weft.cpu.compile.RowCode;
import dev.weft.cpu.compile.TieringPolicy;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.fused.FusedLaunch;
import dev.weft.cpu.fused.RowLaunch;
import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.memory.MemoryLimitException;
import dev.weft.cpu.memory.PoolStatistics;
import dev.weft.cpu.routine.LibraryCode;
import dev.weft.cpu.routine.RoutineLaunch;
import dev.weft.cpu.run.Launch;
import dev.weft.cpu.run.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The device on the cores of this machine: generated loops over cache-sized tiles, on as many
 * threads as the options say, over pooled memory outside the heap.
 *
 * <p>Results never depend on the number of threads or on timing, but for the last bit of functions
 * such as exp, whose scalar and vector forms differ.
 */
public final class CpuDevice implements Device {
  private static final String PRODUCTS = "matrix products";

  private final DeviceOptions options;
  private final Vectors vectors;
  // Read once: asking the system takes some 100 microseconds.
  private final long cacheBytes = CpuCaches.cacheBytes();
  private final ProcessorEnergy energy = ProcessorEnergy.ofThisMachine();
  private final TileCompiler compiler;
  private final Reducers reducers;
  private final Randoms randoms;
  private final TieringPolicy policy;
  private final GemmProvider products;
  private final BufferPool memory;
  private final BufferPool scratch = new BufferPool(Long.MAX_VALUE);
  private final Workers workers;
  private final ExecutorService background;
  private final Map<Kernel, CompiledKernel> kernels = new ConcurrentHashMap<>();
  private volatile @Nullable DeviceInfo told;

  private CpuDevice(DeviceOptions options, TieringPolicy.Start start) {
    this.options = options;
    this.vectors = Vectors.of(options);
    this.background =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("weft-cpu-compiler").factory());
    this.policy =
        start == TieringPolicy.Start.ADAPTIVE
            ? TieringPolicy.adaptive(background, cores() - options.threads())
            : TieringPolicy.fixed(start);
    this.compiler = new GeneratedTiles(vectors.bits(), vectors.reason());
    this.reducers = new Reducers(vectors.reducers(), policy);
    this.randoms = new Randoms(vectors.randoms(), policy);
    this.memory = new BufferPool(options.memoryLimit());
    this.products = new GemmProvider(vectors, scratch);
    this.workers = new Workers(options.threads(), scratch);
  }

  /** A device for work: kernels start on scalar loops and go on with vectors when that pays. */
  public static CpuDevice open(DeviceOptions options) {
    return new CpuDevice(options, TieringPolicy.Start.ADAPTIVE);
  }

  /** A device on which a kernel's code never changes, unless {@code start} is adaptive. */
  public static CpuDevice open(DeviceOptions options, TieringPolicy.Start start) {
    return new CpuDevice(options, start);
  }

  private static int cores() {
    return MachineLimits.ofThisProcess().cores();
  }

  @Override
  public DeviceInfo info() {
    // Each job asks several times, and only the library of products may change.
    DeviceInfo known = told;
    if (known == null || !products.describe().equals(known.details().get(PRODUCTS))) {
      known = describe();
      told = known;
    }
    return known;
  }

  private DeviceInfo describe() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("threads", Integer.toString(options.threads()));
    details.put("cores", Integer.toString(cores()));
    details.put("vectors", vectors.reason());
    details.put("cache", (cacheBytes >> 10) + " KiB");
    details.put(PRODUCTS, products.describe());
    details.put("memory limit", (options.memoryLimit() >> 20) + " MiB");
    String description = "%d threads, vectors %s".formatted(options.threads(), vectors.reason());
    return new DeviceInfo("cpu", description, options.threads(), cacheBytes, details);
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    CompiledKernel known = kernels.get(kernel);
    if (known != null) {
      return known;
    }
    CompiledKernel made =
        switch (kernel) {
          case FusedKernel fused -> new FusedCode(fused, compiler, reducers, randoms, policy);
          case LibraryKernel library -> new LibraryCode(library, products::get);
          case RowProgram rows -> RowCode.of(rows, part -> (FusedCode) compile(part), cacheBytes);
        };
    CompiledKernel first = kernels.putIfAbsent(kernel, made);
    return first == null ? made : first;
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    try {
      return new CpuBuffer(memory.allocate(bytes));
    } catch (MemoryLimitException full) {
      throw new DeviceMemoryException("cpu: " + full.getMessage(), full);
    }
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    workers.submit(() -> make(kernel, arguments, completion), completion);
  }

  /** One worker runs them one after the other, and lends pieces of the one it is at. */
  @Override
  public void launch(
      CompiledKernel kernel, List<Arguments> launches, LaunchesCompletion completion) {
    Launches open = new Launches(launches.size(), completion);
    workers.submit(i -> make(kernel, launches.get(i), open.one(i)), launches.size(), open::one);
  }

  private @Nullable Launch make(CompiledKernel kernel, Arguments arguments, Completion completion) {
    return switch (kernel) {
      case FusedCode code -> FusedLaunch.of(workers, code, arguments, completion);
      case RowCode code -> new RowLaunch(workers, code, arguments, completion);
      case LibraryCode code -> RoutineLaunch.of(workers, code, arguments, completion);
      default ->
          throw new InternalException(
              "kernel %s was compiled by another device".formatted(kernel.kernel()));
    };
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    workers.submit(task, completion);
  }

  @Override
  public long footprint(long bytes) {
    return BufferPool.capacity(bytes);
  }

  @Override
  public Energy energy() {
    return energy.read();
  }

  @Override
  public MemoryUse memory() {
    PoolStatistics now = memory.statistics();
    return new MemoryUse(now.liveBytes(), now.pooledBytes(), now.peakLiveBytes(), now.limit());
  }

  @Override
  public void close() {
    workers.close();
    background.shutdownNow();
    scratch.trim();
    try {
      memory.close();
    } catch (IllegalStateException open) {
      throw new DeviceException("cpu: " + open.getMessage(), open);
    }
  }
}
