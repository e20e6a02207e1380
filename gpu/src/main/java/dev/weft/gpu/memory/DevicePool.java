package dev.weft.gpu.memory;

import dev.weft.core.device.ByteCount;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.SizeClasses;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.queue.DeviceHealth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one GPU, kept for reuse: a request is served from what was given back, without the
 * driver and without waiting for anybody. Live and pooled bytes together never exceed the limit;
 * pooled memory is given back to the GPU before a request is refused.
 *
 * <p><b>Order of reuse.</b> A buffer is closed only after everything that was asked to work with it
 * has been heard of: every launch and every copy, failed ones too. What has been heard of is over
 * on its stream, because {@code CompletionQueue} tells of an event that happened. So memory that
 * lies in the pool is used by no stream, and any stream may have it next, without an event between
 * them. Memory that is new from the driver belongs to the order of the pool's own stream, which
 * does nothing else; that stream is waited for before the memory is handed out. Memory goes back to
 * the driver by the same stream, and only from the pool.
 */
public final class DevicePool {
  /** The driver deals in 512 bytes, and aligns to them; steps of at most a sixteenth. */
  private static final SizeClasses CLASSES = new SizeClasses(9, 4);

  private static final long PART_ALIGNMENT = 64;

  private final CudaDriver driver;
  private final DeviceHealth health;
  private final long limit;
  private final CudaDriver.Stream stream;
  private final @Nullable ArrayDeque<Long>[] free = freeLists();

  /** Capacity by address of all that is in use, so that what leaks can be named and given back. */
  private final ConcurrentHashMap<Long, Integer> inUse = new ConcurrentHashMap<>();

  private long live;
  private long pooled;
  private long peak;
  private boolean closed;

  /** A pool of at most {@code limit} bytes; the context is current. */
  public DevicePool(CudaDriver driver, DeviceHealth health, long limit) throws CudaError {
    this.driver = driver;
    this.health = health;
    this.limit = limit;
    this.stream = driver.stream();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static @Nullable ArrayDeque<Long>[] freeLists() {
    return new ArrayDeque[CLASSES.count()];
  }

  /** The name of the device. */
  String device() {
    return health.device();
  }

  /**
   * A buffer of at least so many bytes, aligned to 512.
   *
   * @throws DeviceMemoryException if it does not fit into the limit or the GPU has no more
   */
  public GpuBuffer allocate(long bytes) {
    return GpuBuffer.of(this, take(bytes), bytes);
  }

  /** Several buffers of so many bytes each, aligned to 64, in one piece of memory. */
  public List<DeviceBuffer> allocate(int count, long bytes) {
    long step = (bytes + PART_ALIGNMENT - 1) / PART_ALIGNMENT * PART_ALIGNMENT;
    return List.copyOf(GpuBuffer.parts(this, take(count * step), count, step, bytes));
  }

  private long take(long bytes) {
    if (bytes < 0 || bytes > 1L << 60) {
      throw new InternalException(
          "%s: cannot allocate a buffer of %d bytes".formatted(device(), bytes));
    }
    health.check();
    int sizeClass = CLASSES.index(bytes);
    long address = take(bytes, sizeClass);
    if (address == 0) {
      address = fresh(bytes, sizeClass);
    }
    inUse.put(address, sizeClass);
    return address;
  }

  /** Pooled memory, or 0 when the driver has to be asked for what is accounted for here. */
  private long take(long bytes, int sizeClass) {
    long capacity = CLASSES.capacity(sizeClass);
    List<Long> surplus = List.of();
    synchronized (this) {
      requireOpen();
      ArrayDeque<Long> list = free[sizeClass];
      if (list != null && !list.isEmpty()) {
        pooled -= capacity;
        use(capacity);
        return list.pop();
      }
      if (capacity > limit - live) {
        throw new DeviceMemoryException(full(bytes));
      }
      if (capacity > limit - live - pooled) {
        surplus = emptied();
      }
      use(capacity);
    }
    if (!surplus.isEmpty()) {
      release(surplus);
    }
    return 0;
  }

  /** Bytes of the block that a buffer of so many bytes gets. */
  public static long capacity(long bytes) {
    return CLASSES.capacity(CLASSES.index(bytes));
  }

  private void use(long capacity) {
    live += capacity;
    peak = Math.max(peak, live);
  }

  private String full(long bytes) {
    return "%s: no room for a buffer of %s: %s of the limit of %s are in use. Free buffers, use smaller chunks, or raise the memory limit."
        .formatted(device(), ByteCount.text(bytes), ByteCount.text(live), ByteCount.text(limit));
  }

  private long fresh(long bytes, int sizeClass) {
    long capacity = CLASSES.capacity(sizeClass);
    boolean done = false;
    try {
      DriverThread.use(driver);
      long address = fromDriver(bytes, capacity);
      done = true;
      return address;
    } catch (CudaError error) {
      throw health.failure("allocating %s".formatted(ByteCount.text(bytes)), error);
    } finally {
      if (!done) {
        synchronized (this) {
          live -= capacity;
        }
      }
    }
  }

  private long fromDriver(long bytes, long capacity) throws CudaError {
    try {
      return ready(capacity);
    } catch (CudaError error) {
      if (!error.isOutOfMemory()) {
        throw error;
      }
    }
    trim();
    try {
      driver.synchronize(stream);
      driver.trim();
      return ready(capacity);
    } catch (CudaError error) {
      if (!error.isOutOfMemory()) {
        throw error;
      }
      throw new DeviceMemoryException(exhausted(bytes), error);
    }
  }

  /** Memory that all streams may use. */
  private long ready(long capacity) throws CudaError {
    long address = driver.allocate(capacity, stream);
    if (driver.streamOrdered()) {
      try {
        driver.synchronize(stream);
      } catch (CudaError error) {
        driver.free(address, stream);
        throw error;
      }
    }
    return address;
  }

  private String exhausted(long bytes) throws CudaError {
    CudaDriver.Memory memory = driver.memory();
    long ours;
    synchronized (this) {
      ours = live - CLASSES.capacity(CLASSES.index(bytes));
    }
    return "%s: no room for a buffer of %s: the GPU has %s of %s free, %s are used by Weft, whose limit is %s. End other programs on the GPU, use smaller chunks, or set a memory limit."
        .formatted(
            device(),
            ByteCount.text(bytes),
            ByteCount.text(memory.free()),
            ByteCount.text(memory.total()),
            ByteCount.text(ours),
            ByteCount.text(limit));
  }

  void giveBack(long address, long bytes) {
    int sizeClass = CLASSES.index(bytes);
    if (inUse.remove(address) == null) {
      // The pool was closed and gave the memory back itself.
      return;
    }
    synchronized (this) {
      live -= CLASSES.capacity(sizeClass);
      pooled += CLASSES.capacity(sizeClass);
      ArrayDeque<Long> list = free[sizeClass];
      if (list == null) {
        list = new ArrayDeque<>();
        free[sizeClass] = list;
      }
      list.push(address);
    }
  }

  /** Gives everything that is not in use back to the driver. */
  public void trim() {
    List<Long> surplus;
    synchronized (this) {
      surplus = emptied();
    }
    release(surplus);
  }

  private List<Long> emptied() {
    List<Long> addresses = new ArrayList<>();
    for (ArrayDeque<Long> list : free) {
      if (list != null) {
        addresses.addAll(list);
        list.clear();
      }
    }
    pooled = 0;
    return addresses;
  }

  private void release(List<Long> addresses) {
    for (long address : addresses) {
      if (health.isLost()) {
        // It went with the context.
        return;
      }
      try {
        DriverThread.use(driver);
        driver.free(address, stream);
      } catch (CudaError error) {
        // A loss is remembered; after anything else the driver keeps the memory until it is closed.
        health.failure("giving memory back", error);
      }
    }
  }

  /** What the pool holds now. */
  public synchronized MemoryUse use() {
    return new MemoryUse(live, pooled, peak, limit);
  }

  private void requireOpen() {
    if (closed) {
      throw new DeviceException("allocate: %s is closed".formatted(device()));
    }
  }

  /**
   * Gives everything back to the driver, what is still in use too: no work is pending any more, and
   * closing such a buffer later does nothing.
   *
   * @return how many buffers were in use, and of what size; empty if none was
   */
  public String close() {
    List<Long> leaked = new ArrayList<>(inUse.keySet());
    long bytes;
    synchronized (this) {
      closed = true;
      bytes = live;
    }
    leaked.removeIf(address -> inUse.remove(address) == null);
    release(leaked);
    trim();
    try {
      if (!health.isLost()) {
        DriverThread.use(driver);
        driver.synchronize(stream);
        driver.trim();
        driver.destroy(stream);
      }
    } catch (CudaError error) {
      health.failure("giving memory back", error);
    }
    return leaked.isEmpty()
        ? ""
        : "%d buffers of %s together were never closed"
            .formatted(leaked.size(), ByteCount.text(bytes));
  }
}
