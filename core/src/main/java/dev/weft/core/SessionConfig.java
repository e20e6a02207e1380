package dev.weft.core;

import dev.weft.core.device.MachineLimits;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.EventListener;
import dev.weft.core.place.RateMeasurement;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.RateStore;
import dev.weft.core.watch.DashboardAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a session; immutable. Start from {@link #defaults} and change what is needed.
 *
 * @param threads tasks run at the same time
 * @param memoryLimit bytes that buffers of the session may take together in the host's memory
 * @param chunkBytes target size of automatic chunks; 0 to fit the machine's cache
 * @param device what to run on, such as {@code auto}, {@code cpu:2} or {@code cuda}; see {@link
 *     DeviceName}
 * @param vectors whether the Vector API may be used
 * @param optimize whether optimiser passes run
 * @param disabledPasses names of passes to leave out
 * @param listeners hear of every event
 * @param deviceLimits limits of single devices by name, such as {@code cuda:1}, in bytes
 * @param rates how fast devices are; asked only in a session that has more than the host
 * @param spillFolder where chunks go for which the memory limit leaves no room; must be on a disk,
 *     not in memory as {@code /tmp} may be
 * @param keepCopies whether devices with memory of their own keep copies of inputs from job to job
 * @param timeout how long a computation may last, null for as long as it takes
 * @param dashboard where the session can be watched, null for nowhere
 */
public record SessionConfig(
    int threads,
    long memoryLimit,
    long chunkBytes,
    String device,
    boolean vectors,
    boolean optimize,
    List<String> disabledPasses,
    List<EventListener> listeners,
    Map<String, Long> deviceLimits,
    RateSource rates,
    Path spillFolder,
    boolean keepCopies,
    @Nullable Duration timeout,
    @Nullable DashboardAddress dashboard) {

  /** Copies the lists and checks the numbers. */
  public SessionConfig {
    disabledPasses = List.copyOf(disabledPasses);
    listeners = List.copyOf(listeners);
    deviceLimits = Map.copyOf(deviceLimits);
    if (threads < 1) {
      throw new UsageException("threads is %d; use at least 1".formatted(threads));
    }
    if (timeout != null && !timeout.isPositive()) {
      throw new UsageException("the timeout is %s; give a positive time".formatted(timeout));
    }
    requireEnough("the memory limit", memoryLimit);
    deviceLimits.forEach((name, bytes) -> requireEnough("the memory limit of " + name, bytes));
  }

  private static void requireEnough(String what, long bytes) {
    if (bytes < 1 << 20) {
      throw new UsageException(
          "%s is %,d bytes; use at least 1,048,576 (1 MiB)".formatted(what, bytes));
    }
  }

  /** All cores, and three quarters of the memory, that this process may use. */
  public static SessionConfig defaults() {
    return new SessionConfig(
        MachineLimits.ofThisProcess().cores(),
        MachineLimits.ofThisProcess().memory() / 4 * 3,
        0,
        "auto",
        true,
        true,
        List.of(),
        List.of(),
        Map.of(),
        measured(),
        diskForTemporaryFiles(),
        true,
        null,
        null);
  }

  /** Rates are measured once for each device of this machine, and kept in the user's cache. */
  private static RateStore measured() {
    String base = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
    return RateStore.of(caches.resolve("weft").resolve("rates"), new RateMeasurement());
  }

  /** Files there survive a restart, so that it is on a disk wherever there is one. */
  private static Path diskForTemporaryFiles() {
    Path onDisk = Path.of("/var/tmp");
    return Files.isWritable(onDisk) ? onDisk : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private SessionConfig changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** The same with another folder for chunks that find no room in memory. */
  public SessionConfig withSpillFolder(Path folder) {
    return changed(draft -> draft.spillFolder = folder);
  }

  /**
   * The same, but whether devices with memory of their own keep copies of inputs from job to job,
   * in memory that nothing else needs: without, each job copies what it reads.
   */
  public SessionConfig withKeepCopies(boolean keep) {
    return changed(draft -> draft.keepCopies = keep);
  }

  /**
   * The same, but each computation is stopped that lasts longer, with a {@link
   * dev.weft.core.error.JobTimeoutException}: nothing more starts, kernels and calls that run end,
   * and everything is given back.
   *
   * <pre>{@code
   * SessionConfig config = SessionConfig.defaults().withTimeout(Duration.ofMinutes(30));
   * }</pre>
   */
  public SessionConfig withTimeout(Duration longest) {
    return changed(draft -> draft.timeout = longest);
  }

  /**
   * The same with a dashboard at {@code http://127.0.0.1:8787}, or the next free port: {@code
   * session.dashboard()} says the link. Needs {@code weft-dashboard} on the class path.
   *
   * <pre>{@code
   * try (Session session = Session.open(SessionConfig.defaults().withDashboard())) {
   *   System.out.println("Watch it at " + session.dashboard().orElseThrow());
   * }
   * }</pre>
   */
  public SessionConfig withDashboard() {
    return withDashboard(DashboardAddress.standard());
  }

  /** The same with a dashboard at this port of {@code 127.0.0.1}; 0 takes any free one. */
  public SessionConfig withDashboard(int port) {
    return withDashboard(DashboardAddress.ofPort(port));
  }

  /** The same with a dashboard at an address that may be reached by other machines. */
  public SessionConfig withDashboard(DashboardAddress address) {
    return changed(draft -> draft.dashboard = address);
  }

  /** The same with another number of threads. */
  public SessionConfig withThreads(int number) {
    return changed(draft -> draft.threads = number);
  }

  /** The same with another memory limit in bytes. */
  public SessionConfig withMemoryLimit(long bytes) {
    return changed(draft -> draft.memoryLimit = bytes);
  }

  /**
   * The same with a memory limit for one device.
   *
   * @param name such as {@code cuda} or {@code cuda:1}
   */
  public SessionConfig withMemoryLimit(String name, long bytes) {
    Map<String, Long> limits = new HashMap<>(deviceLimits);
    limits.put(name, bytes);
    return changed(draft -> draft.deviceLimits = limits);
  }

  /** The same with another target size of automatic chunks in bytes. */
  public SessionConfig withChunkBytes(long bytes) {
    return changed(draft -> draft.chunkBytes = bytes);
  }

  /** The same on another device, named as {@link DeviceName} describes. */
  public SessionConfig withDevice(String name) {
    return changed(draft -> draft.device = name);
  }

  /** The same with or without the Vector API. */
  public SessionConfig withVectors(boolean use) {
    return changed(draft -> draft.vectors = use);
  }

  /** The same with or without optimiser passes. */
  public SessionConfig withOptimize(boolean use) {
    return changed(draft -> draft.optimize = use);
  }

  /** The same without the named optimiser pass. */
  public SessionConfig withoutPass(String name) {
    List<String> disabled = new ArrayList<>(disabledPasses);
    disabled.add(name);
    return changed(draft -> draft.disabledPasses = disabled);
  }

  /** The same with a further listener. */
  public SessionConfig withListener(EventListener listener) {
    List<EventListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return changed(draft -> draft.listeners = more);
  }

  /** The same with rates from elsewhere, such as {@code new FixedRates(...)}. */
  public SessionConfig withRates(RateSource source) {
    return changed(draft -> draft.rates = source);
  }

  /** The same, but the rates of devices are measured anew, whatever is known from before. */
  public SessionConfig withRatesMeasuredAnew() {
    return withRates(measured().renewed());
  }

  /** Settings while one of them is changed. */
  private static final class Draft {
    int threads;
    long memoryLimit;
    long chunkBytes;
    String device;
    boolean vectors;
    boolean optimize;
    List<String> disabledPasses;
    List<EventListener> listeners;
    Map<String, Long> deviceLimits;
    RateSource rates;
    Path spillFolder;
    boolean keepCopies;
    @Nullable Duration timeout;
    @Nullable DashboardAddress dashboard;

    Draft(SessionConfig config) {
      threads = config.threads;
      memoryLimit = config.memoryLimit;
      chunkBytes = config.chunkBytes;
      device = config.device;
      vectors = config.vectors;
      optimize = config.optimize;
      disabledPasses = config.disabledPasses;
      listeners = config.listeners;
      deviceLimits = config.deviceLimits;
      rates = config.rates;
      spillFolder = config.spillFolder;
      keepCopies = config.keepCopies;
      timeout = config.timeout;
      dashboard = config.dashboard;
    }

    SessionConfig finished() {
      return new SessionConfig(
          threads,
          memoryLimit,
          chunkBytes,
          device,
          vectors,
          optimize,
          disabledPasses,
          listeners,
          deviceLimits,
          rates,
          spillFolder,
          keepCopies,
          timeout,
          dashboard);
    }
  }
}
