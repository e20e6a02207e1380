package dev.weft.core;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.execute.JobOrigin;
import dev.weft.core.execute.JobRun;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.Coarsening;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.file.LoadedFiles;
import dev.weft.core.fuse.Destination;
import dev.weft.core.memory.Closing;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.place.Rates;
import dev.weft.core.schedule.Deadline;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.spill.SpillDevice;
import dev.weft.core.task.CallSite;
import dev.weft.core.task.Delayed;
import java.net.URI;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that outlives a single computation: the devices, their memory and compiled kernels,
 * and the settings. Arrays belong to the session that made them. Safe for use by several threads;
 * close it to give everything back.
 */
public final class Session
    implements CreationMethods,
        JoinMethods,
        CombineMethods,
        WindowMethods,
        DelayedMethods,
        ExplainMethods,
        AutoCloseable {
  /** Chunks that wait for tasks to read them may take this part of the memory limit. */
  private static final int WAITING_PART = 4;

  private final SessionConfig config;
  private final DeviceGroup devices;
  private final SpillDevice spill;
  private final ChunkSize chunkSize;
  private final AtomicLong jobs = new AtomicLong();
  private final RunningJobs running = new RunningJobs();
  private final HeldMemory held;
  private final HostResults results;
  private final LoadedFiles files = new LoadedFiles();
  private final PlanCache plans = new PlanCache();
  private final TaskJobs tasks;
  private final SessionEvents events;

  private volatile boolean closed;

  private Session(SessionConfig config, DeviceGroup devices) {
    this.config = config;
    this.devices = devices;
    this.spill = new SpillDevice(config.spillFolder());
    this.held = new HeldMemory(devices, spill);
    if (!config.keepCopies()) {
      devices.keepNoCopies();
    }
    this.results = new HostResults(held);
    this.events = new SessionEvents(config, held, this);
    this.tasks =
        new TaskJobs(
            jobs::incrementAndGet,
            new ArrayInputs(this, config.memoryLimit() / WAITING_PART),
            Math.max(devices.host().info().parallelism(), config.threads()),
            events,
            () -> new Deadline(config.timeout()),
            this::requireOpen);
    this.chunkSize = ChunkSize.fitting(config.chunkBytes(), devices.host().info().cacheBytes());
  }

  /** A session with default settings: all cores, most of the memory. */
  public static Session open() {
    return open(SessionConfig.defaults());
  }

  /** A session with these settings. */
  public static Session open(SessionConfig config) {
    return open(config, Devices.open(config));
  }

  /**
   * A session on a device that is open already, and is closed with the session. The device's own
   * limits count, not those of the settings.
   */
  public static Session open(SessionConfig config, Device device) {
    return open(config, List.of(device));
  }

  /**
   * A session on several devices that are open already, the host first, all of which run kernels.
   */
  public static Session open(SessionConfig config, List<? extends Device> devices) {
    return open(config, DeviceGroup.of(devices, config.rates()));
  }

  /** A session on a group of devices, which is closed with the session. */
  public static Session open(SessionConfig config, DeviceGroup devices) {
    return new Session(config, devices);
  }

  @Override
  public Session self() {
    return this;
  }

  /** The settings. */
  public SessionConfig config() {
    return config;
  }

  /** How automatic chunks are sized. */
  public ChunkSize chunkSize() {
    return chunkSize;
  }

  @Override
  public NDArray array(Expr expr) {
    return new NDArray(this, expr);
  }

  TaskJobs tasks() {
    return tasks;
  }

  PlanCache plans() {
    return plans;
  }

  HeldMemory held() {
    return held;
  }

  NDArray own(NDArray array) {
    if (array.session() != this) {
      throw new UsageException(
          "the arrays belong to different sessions; make both in one, or compute one and pass the result");
    }
    return array;
  }

  /**
   * The array in a file, of which only what is needed is read; cut automatically. The file stays
   * open until the array is forgotten or the session closes. Formats come with {@code weft-io}.
   */
  public NDArray load(Path file) {
    return load(file, ChunkSpec.auto());
  }

  /** The array in a file, cut into chunks. */
  public NDArray load(Path file, ChunkSpec chunks) {
    requireOpen();
    return array(files.open(file), chunks);
  }

  /** Computes several arrays together; what they share is computed once. */
  public List<HostArray> compute(List<NDArray> arrays) {
    return await(run(arrays, List.of(), false));
  }

  /** Computes several arrays together; what they share is computed once. */
  public List<HostArray> compute(NDArray... arrays) {
    return compute(List.of(arrays));
  }

  /** Starts a computation and returns at once; the caller waits for it or cancels it. */
  public Job start(List<NDArray> arrays) {
    return start(arrays, List.of());
  }

  /** The same, into targets, one each or none. */
  Job start(List<NDArray> arrays, List<ArrayTarget> targets) {
    return new Job(run(arrays, targets, true), this::await);
  }

  /** Computes arrays into targets, one each: all of them completely, or none. */
  public void computeTo(List<NDArray> arrays, List<ArrayTarget> targets) {
    Destinations.check(arrays, targets);
    await(run(arrays, targets, false));
  }

  private List<HostArray> await(JobRun run) {
    try {
      return run.await().stream().map(results::take).toList();
    } finally {
      running.remove(run);
    }
  }

  /** Cancels every computation that is running; their callers get a CancellationException. */
  public void cancelAll() {
    running.cancelAll();
    tasks.cancelAll();
  }

  /** Cancels the computation of a number, as events and its {@link Job} have it; whether it ran. */
  public boolean cancel(long job) {
    return running.cancel(job) || tasks.cancel(job);
  }

  private JobRun run(List<NDArray> arrays, List<ArrayTarget> targets, boolean aside) {
    return start(plan(arrays, Destinations.of(arrays, targets, chunkSize)), targets, aside);
  }

  private JobRun start(JobPlan plan, List<ArrayTarget> targets, boolean aside) {
    long job = jobs.incrementAndGet();
    events.publish(plan.event(job));
    JobRun run;
    try {
      run = create(job, plan, targets);
    } catch (RuntimeException | Error e) {
      // Whoever has heard of the plan hears of the end.
      events.publish(new JobEvent.Finished(job, System.nanoTime(), e));
      throw e;
    }
    run.start(aside);
    return run;
  }

  /** May wait for memory of other jobs. */
  private JobRun create(long job, JobPlan plan, List<ArrayTarget> targets) {
    JobOrigin origin = new JobOrigin(plan.roots(), CallSite.find());
    try {
      return running.create(
          this::requireOpen,
          () ->
              JobRun.create(
                  job,
                  plan.plan(),
                  held,
                  targets,
                  new Deadline(config.timeout()),
                  origin,
                  events::publish));
    } catch (OutOfMemoryError e) {
      throw new DeviceException(
          "the plan of %,d tasks does not fit into the JVM's heap of %,d bytes (%s); use longer chunks, compute a part, or raise -Xmx"
              .formatted(plan.plan().tasks(), Runtime.getRuntime().maxMemory(), e.getMessage()),
          e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new UsageException(
          "the session is closed and computes nothing more; open a new one and make the arrays there");
    }
  }

  private JobPlan plan(List<NDArray> arrays, List<Destination> destinations) {
    requireOpen();
    boolean choice = devices.all().size() > 1;
    return JobPlan.of(computed(exprs(arrays)), config, chunkSize, choice, destinations, plans);
  }

  /** The expressions after all calls that make elements of them. */
  private List<Expr> computed(List<Expr> exprs) {
    List<Delayed<?>> needs = ArrayInputs.needs(exprs);
    if (needs.isEmpty()) {
      return exprs;
    }
    List<Object> values = tasks.computeInputs(needs);
    Map<Delayed<?>, Object> known = new IdentityHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      known.put(needs.get(i), values.get(i));
    }
    return ArrayInputs.resolve(exprs, known);
  }

  private List<Expr> exprs(List<NDArray> arrays) {
    return arrays.stream().map(array -> own(array).expr()).toList();
  }

  /** Computes the array and leaves each chunk on the device that made it. */
  NDArray persist(NDArray wanted) {
    if (wanted.isPersisted()) {
      wanted.requireKept();
      return own(wanted);
    }
    NDArray array = array(Coarsening.forKeeping(wanted.expr(), chunkSize));
    JobRun run = start(plan(List.of(array), List.of(new Destination.Devices())), List.of(), false);
    try {
      ResidentChunks chunks = run.awaitResident();
      ArraySource source =
          chunks == null ? results.take(run.await().getFirst()).asSource() : chunks;
      Chunks grid = chunks == null ? array.chunks() : chunks.grid();
      Expr there = new Expr.Source(source, array.expr().type().with(grid));
      return new NDArray(this, Exprs.rechunk(there, array.chunks()), source);
    } finally {
      running.remove(run);
    }
  }

  /** The devices, unless the session is closed. */
  DeviceGroup openDevices() {
    requireOpen();
    return devices;
  }

  /** The devices of the session, the host first. */
  public List<DeviceInfo> devices() {
    return devices.infos();
  }

  /**
   * How fast the devices are that run kernels, by their names, as it was measured on this machine;
   * a device of which nothing is known is measured now, in a second or two.
   *
   * @throws DeviceException when a device cannot be measured
   */
  public Map<String, Rates> measuredRates() {
    requireOpen();
    Map<String, Rates> rates = new LinkedHashMap<>();
    for (Device device : devices.all()) {
      if (device != devices.host() || devices.hostKernels()) {
        rates.put(device.info().name(), devices.measuredRates(device));
      }
    }
    return rates;
  }

  /** Where the session can be watched, if its settings ask for a dashboard. */
  public Optional<URI> dashboard() {
    return events.link();
  }

  /** Energy that each device has used so far, by its name, the host's first. */
  public Map<String, Energy> energy() {
    return devices.energy();
  }

  /** Bytes held by buffers of the session, on all its devices together. */
  public Device.MemoryUse memory() {
    return devices.memory();
  }

  /** Memory by device and code of kernels, for profiles and dashboards. */
  public Inspection inspect() {
    requireOpen();
    return new Inspection(devices, spill);
  }

  /**
   * Memory that counts against the session's limit, filled with zeros. It is given back when it is
   * closed, when nothing refers to it any more, or with the session.
   */
  HostArray zeroed(DType dtype, Shape shape) {
    requireOpen();
    HeldMemory.Result result = held.allocate(dtype, shape);
    result.memory().fill((byte) 0);
    return results.take(result);
  }

  /**
   * Cancels what is running and waits for it to stop, closes results that are still open and gives
   * everything back.
   */
  @Override
  public void close() {
    synchronized (running) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Closing.all(
        List.of(
            this::cancelAll,
            running::close,
            tasks::close,
            events::close,
            results::close,
            held::close,
            spill::close,
            files::close,
            devices::close));
  }
}
