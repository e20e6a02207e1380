package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.event.EventListener;
import dev.weft.core.place.RateMeasurement;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.RateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a session; immutable. Start from {@link #defaults} and change what is needed.
 *
 * @param threads tasks run at the same time
 * @param memoryLimit bytes that buffers of the session may take together
 * @param chunkBytes target size of automatic chunks; 0 to fit the machine's cache
 * @param device what to run on, such as {@code auto}, {@code cpu:2} or {@code cuda}; see {@link
 *     DeviceName}
 * @param vectors whether the Vector API may be used
 * @param optimize whether optimiser passes run
 * @param disabledPasses names of passes to leave out
 * @param listeners hear of every event
 * @param rates how fast devices are; asked only in a session with several
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
    RateSource rates) {

  /** Copies the lists and checks the numbers. */
  public SessionConfig {
    disabledPasses = List.copyOf(disabledPasses);
    listeners = List.copyOf(listeners);
    if (threads < 1) {
      throw new UsageException("threads is %d; use at least 1".formatted(threads));
    }
    if (memoryLimit < 1 << 20) {
      throw new UsageException(
          "the memory limit is %,d bytes; use at least 1,048,576 (1 MiB)".formatted(memoryLimit));
    }
  }

  /** All cores, and three quarters of the machine's memory. */
  public static SessionConfig defaults() {
    return new SessionConfig(
        Runtime.getRuntime().availableProcessors(),
        MachineMemory.total() / 4 * 3,
        0,
        "auto",
        true,
        true,
        List.of(),
        List.of(),
        measured());
  }

  /** Rates are measured once for each device of this machine, and kept in the user's cache. */
  private static RateStore measured() {
    String base = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
    return RateStore.of(caches.resolve("weft").resolve("rates"), new RateMeasurement());
  }

  /** The same with another number of threads. */
  public SessionConfig withThreads(int number) {
    return new SessionConfig(
        number,
        memoryLimit,
        chunkBytes,
        device,
        vectors,
        optimize,
        disabledPasses,
        listeners,
        rates);
  }

  /** The same with another memory limit in bytes. */
  public SessionConfig withMemoryLimit(long bytes) {
    return new SessionConfig(
        threads, bytes, chunkBytes, device, vectors, optimize, disabledPasses, listeners, rates);
  }

  /** The same with another target size of automatic chunks in bytes. */
  public SessionConfig withChunkBytes(long bytes) {
    return new SessionConfig(
        threads, memoryLimit, bytes, device, vectors, optimize, disabledPasses, listeners, rates);
  }

  /** The same on another device, named as {@link DeviceName} describes. */
  public SessionConfig withDevice(String name) {
    return new SessionConfig(
        threads,
        memoryLimit,
        chunkBytes,
        name,
        vectors,
        optimize,
        disabledPasses,
        listeners,
        rates);
  }

  /** The same with or without the Vector API. */
  public SessionConfig withVectors(boolean use) {
    return new SessionConfig(
        threads, memoryLimit, chunkBytes, device, use, optimize, disabledPasses, listeners, rates);
  }

  /** The same with or without optimiser passes. */
  public SessionConfig withOptimize(boolean use) {
    return new SessionConfig(
        threads, memoryLimit, chunkBytes, device, vectors, use, disabledPasses, listeners, rates);
  }

  /** The same without the named optimiser pass. */
  public SessionConfig withoutPass(String name) {
    List<String> disabled = new ArrayList<>(disabledPasses);
    disabled.add(name);
    return new SessionConfig(
        threads, memoryLimit, chunkBytes, device, vectors, optimize, disabled, listeners, rates);
  }

  /** The same with a further listener. */
  public SessionConfig withListener(EventListener listener) {
    List<EventListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new SessionConfig(
        threads, memoryLimit, chunkBytes, device, vectors, optimize, disabledPasses, more, rates);
  }

  /** The same with rates from elsewhere, such as {@code new FixedRates(...)}. */
  public SessionConfig withRates(RateSource source) {
    return new SessionConfig(
        threads,
        memoryLimit,
        chunkBytes,
        device,
        vectors,
        optimize,
        disabledPasses,
        listeners,
        source);
  }

  /** The same, but the rates of devices are measured anew, whatever is known from before. */
  public SessionConfig withRatesMeasuredAnew() {
    return withRates(measured().renewed());
  }
}
