package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Shape;
import dev.weft.core.spill.SpillDevice;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds between jobs: results that were handed out, and persisted arrays. When a job
 * finds no room, what nobody can reach any more is given back first, with the garbage collector's
 * help, and persisted chunks that no job reads go to disk then, those first that were read longest
 * ago.
 */
public final class HeldMemory {
  /**
   * A computed array whose memory the receiver owns.
   *
   * @param release gives the memory back
   */
  public record Result(MemorySegment memory, DType dtype, Shape shape, Runnable release) {}

  /** Less than this part of the limit is not brought to disk at a time. */
  private static final int LEAST = 16;

  private final DeviceGroup devices;
  private final SpillDevice disk;
  private final Set<Holding> holdings = ConcurrentHashMap.newKeySet();
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicLong collections = new AtomicLong();
  private final Object collecting = new Object();

  /** Whether something has been added that no garbage collection has seen. */
  private final AtomicBoolean fresh = new AtomicBoolean();

  /** Counts what may make more memory free; the count when nothing was found the last time. */
  private final AtomicLong changes = new AtomicLong();

  private volatile long fruitless = -1;

  /** Bytes on their way to disk. */
  private final AtomicLong coming = new AtomicLong();

  private volatile boolean diskFailed;

  /** Something that holds memory until it is given back, once. */
  public interface Holding {
    /** What it is, for people. */
    String name();

    /** Whether nobody can reach it any more. */
    boolean isForgotten();

    /** Bytes that it holds of a device. */
    long bytes(Device device);

    /** Gives the memory back; again does nothing. */
    void giveBack();
  }

  /** What is held in the memory of these devices. */
  public HeldMemory(DeviceGroup devices, SpillDevice disk) {
    this.devices = devices;
    this.disk = disk;
    for (Device device : devices.all()) {
      devices
          .account(device)
          .reclaimFrom((bytes, last) -> holdings.isEmpty() ? false : reclaim(device, bytes, last));
    }
  }

  public DeviceGroup devices() {
    return devices;
  }

  public SpillDevice disk() {
    return disk;
  }

  private MemoryAccount host() {
    return devices.account(devices.host());
  }

  public void add(Holding holding) {
    holdings.add(holding);
    fresh.set(true);
    changed();
  }

  public void remove(Holding holding) {
    holdings.remove(holding);
    changed();
  }

  /**
   * Takes note of a result that is about to be handed out.
   *
   * @param bytes of the host's memory
   * @param release gives them back
   */
  public HeldResult result(long bytes, Runnable release) {
    HeldResult result = new HeldResult(bytes, devices.host(), release, this);
    add(result);
    return result;
  }

  /** Something is held no more, or can be moved now. */
  public void changed() {
    changes.incrementAndGet();
  }

  public long tick() {
    return ticks.incrementAndGet();
  }

  private boolean reclaim(Device device, long bytes, boolean last) {
    long seen = changes.get();
    if (!last && seen == fruitless) {
      return false;
    }
    MemoryAccount account = devices.account(device);
    long wanted = account.free() + bytes;
    boolean found = (fresh.getAndSet(false) || last) && collect();
    if (device == devices.host()) {
      long lack = wanted - account.free() - coming.get();
      if (lack > 0) {
        spill(Math.max(lack, account.limit() / LEAST));
      }
      found |= coming.get() > 0;
      if (!found) {
        fruitless = seen;
      }
    }
    return found;
  }

  /** Finds what nobody can reach; whether there was any. Threads that ask at once share a run. */
  private boolean collect() {
    long asked = collections.get();
    synchronized (collecting) {
      if (collections.get() == asked) {
        System.gc();
        collections.incrementAndGet();
      }
    }
    boolean found = false;
    for (Holding holding : holdings) {
      if (holding.isForgotten()) {
        holding.giveBack();
        found = true;
      }
    }
    return found;
  }

  private void spill(long bytes) {
    record Idle(long used, ResidentMemory memory) {}
    List<Idle> idle = new ArrayList<>();
    for (Holding holding : holdings) {
      if (holding instanceof ResidentMemory memory && !diskFailed) {
        idle.add(new Idle(memory.used(), memory));
      }
    }
    idle.sort(Comparator.comparingLong(Idle::used));
    long left = bytes;
    for (int i = 0; i < idle.size() && left > 0; i++) {
      left -= idle.get(i).memory.spill(left, disk);
    }
  }

  /** A chunk begins to go to disk: who waits for memory waits for it. */
  public void leaves(long bytes) {
    coming.addAndGet(bytes);
    host().enter();
  }

  /** A chunk has gone to disk, and its memory was given back, or could not go. */
  public void left(long bytes, @Nullable Throwable failure) {
    diskFailed |= failure != null;
    coming.addAndGet(-bytes);
    changed();
    host().leave();
  }

  /**
   * Waits until so much of the host's memory is free, as far as that can be had from what nobody
   * uses.
   */
  public void makeRoom(long bytes) {
    MemoryAccount account = host();
    Semaphore woken = new Semaphore(0);
    long free = account.free();
    while (free < bytes && account.reclaim(bytes - free, false)) {
      if (account.free() < bytes && coming.get() > 0 && account.await(woken::release)) {
        acquire(woken);
      }
      free = account.free();
    }
  }

  private static void acquire(Semaphore woken) {
    try {
      woken.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the job was cancelled while it waited for memory");
    }
  }

  /**
   * Memory of the host that lives as long as a job or longer, all of it or none. While other jobs
   * are at work, waits for theirs.
   *
   * @param sizes in bytes, a buffer each
   * @param spare bytes that should be free beside, so that the job can go on
   * @throws DeviceMemoryException that says what holds the memory
   */
  public List<DeviceBuffer> take(List<Long> sizes, long spare) {
    if (sizes.isEmpty()) {
      return List.of();
    }
    MemoryAccount account = host();
    long bytes = sizes.stream().mapToLong(account::footprint).sum();
    Semaphore woken = new Semaphore(0);
    while (true) {
      List<DeviceBuffer> taken = tryTake(sizes, bytes, spare);
      if (taken != null) {
        return taken;
      }
      long lack = Math.max(1, bytes + spare - account.free());
      if (account.reclaim(lack, false) && coming.get() == 0) {
        continue;
      }
      if (account.await(woken::release)) {
        acquire(woken);
        continue;
      }
      if (account.reclaim(lack, true)) {
        continue;
      }
      taken = tryTake(sizes, bytes, 0);
      if (taken != null) {
        return taken;
      }
      throw new DeviceMemoryException(
          "the job needs %,d bytes for results and dense intermediates, and there is no room for them: %s"
              .formatted(bytes, describe()));
    }
  }

  /** Gives a buffer of so many bytes back that was {@link #take}n. */
  public Runnable closing(DeviceBuffer buffer, long bytes) {
    return () -> {
      buffer.close();
      host().give(host().footprint(bytes));
    };
  }

  /** Memory of the host that belongs to no job. */
  public Result allocate(DType dtype, Shape shape) {
    long bytes = Bytes.of(dtype, shape);
    DeviceBuffer buffer = take(List.of(bytes), 0).getFirst();
    return new Result(
        JobMemory.host(buffer).asSlice(0, bytes), dtype, shape, closing(buffer, bytes));
  }

  private @Nullable List<DeviceBuffer> tryTake(List<Long> sizes, long bytes, long spare) {
    MemoryAccount account = host();
    if (!account.tryTake(bytes, spare)) {
      return null;
    }
    List<DeviceBuffer> taken = new ArrayList<>();
    try {
      for (long size : sizes) {
        taken.add(devices.host().allocate(Math.max(1, size)));
      }
      return taken;
    } catch (RuntimeException | Error e) {
      taken.forEach(DeviceBuffer::close);
      account.undo(bytes);
      if (e instanceof DeviceMemoryException) {
        return null;
      }
      throw e;
    }
  }

  /** What holds the host's memory, and what to do about it. */
  public String describe() {
    MemoryAccount account = host();
    long used = account.limit() - account.free();
    long results = 0;
    long resultBytes = 0;
    long arrays = 0;
    long arrayBytes = 0;
    long largest = 0;
    String name = "";
    for (Holding holding : holdings) {
      long bytes = holding.bytes(devices.host());
      if (holding instanceof HeldResult) {
        results++;
        resultBytes += bytes;
      } else if (bytes > 0) {
        arrays++;
        arrayBytes += bytes;
        name = bytes > largest ? holding.name() : name;
        largest = Math.max(largest, bytes);
      }
    }
    List<String> parts = new ArrayList<>();
    if (results > 0) {
      parts.add("%,d results that are not closed hold %,d".formatted(results, resultBytes));
    }
    if (arrays > 0) {
      parts.add(
          "%,d persisted arrays hold %,d, the largest is %s with %,d"
              .formatted(arrays, arrayBytes, name, largest));
    }
    long rest = used - resultBytes - arrayBytes;
    if (rest > 0) {
      parts.add("jobs that are running or not awaited hold %,d".formatted(rest));
    }
    String holders = parts.isEmpty() ? "" : "; " + String.join(", ", parts);
    return "of the memory limit of %,d bytes %,d are in use%s. Close results and persisted arrays that are done with, write results to files, use smaller chunks, or raise the limit"
        .formatted(account.limit(), used, holders);
  }

  /** Gives everything back: the session closes, and no job is running. */
  public void close() {
    diskFailed = true;
    holdings.forEach(Holding::giveBack);
  }
}
