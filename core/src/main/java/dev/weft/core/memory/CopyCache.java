package dev.weft.core.memory;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.expr.Identity;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies of parts of sources on one device that stay there from job to job, so that a later job
 * that reads the same need not copy. Jobs share them. One that no job uses takes memory that counts
 * as free: it is given up, before anything is refused or waits, when a job takes that memory. Safe
 * for use by several threads.
 */
public final class CopyCache {
  /**
   * The copies that no job uses take at most one part in so many of the device's memory: half of
   * it, so that pools and libraries that keep accounts of their own seldom meet them.
   */
  static final int SHARE = 2;

  private final MemoryAccount account;

  /** In the order in which they were read last. */
  private final SequencedMap<Key, Source> sources = new LinkedHashMap<>();

  private final ReferenceQueue<Identity> forgotten = new ReferenceQueue<>();
  private final Map<DeviceBuffer, Copy> copies = new IdentityHashMap<>();
  private long jobs;
  private long idleBytes;
  private boolean closed;

  /**
   * The elements of a source.
   *
   * @param mark of their identity
   * @param shape in which they are cut into regions
   */
  private record Key(Object mark, Shape shape) {
    static Key of(Identity identity, Shape shape) {
      return new Key(identity.mark(), shape);
    }
  }

  /** What there is of one source. */
  private static final class Source {
    private final Key key;
    private final Map<Region, Copy> parts = new HashMap<>();

    /** Those that no job uses, in the order in which they became so. */
    private final SequencedSet<Copy> idle = new LinkedHashSet<>();

    /** The number of the last job that reads it. */
    private long used;

    /** Tells when nobody can ask for it any more; of a file somebody always can, by its mark. */
    private final Owner owner;

    Source(Key key, Owner owner, long used) {
      this.key = key;
      this.owner = owner;
      this.used = used;
    }
  }

  /** The identity of a source, unless it is forgotten. */
  private static final class Owner extends WeakReference<Identity> {
    private final Key key;

    Owner(Key key, Identity identity, ReferenceQueue<Identity> forgotten) {
      super(identity, forgotten);
      this.key = key;
    }
  }

  /** One part on the device. */
  private static final class Copy {
    private final Source source;
    private final Region region;
    private final DeviceBuffer buffer;
    private final long footprint;
    private int users = 1;

    Copy(Source source, Region region, DeviceBuffer buffer, long footprint) {
      this.source = source;
      this.region = region;
      this.buffer = buffer;
      this.footprint = footprint;
    }
  }

  /** An empty one, whose copies count against an account. */
  public CopyCache(MemoryAccount account) {
    this.account = account;
    account.keptBy(this::giveUp);
  }

  /**
   * A job begins that reads a source: what it leaves pushes out what only earlier jobs have read,
   * and nothing of its own. A source that is larger than the share so keeps the same part of it.
   *
   * @param job its number among the jobs of this cache
   */
  public synchronized void reads(Identity identity, Shape shape, long job) {
    Source source = sources.get(Key.of(identity, shape));
    if (source != null) {
      use(source, job);
    }
  }

  private void use(Source source, long job) {
    if (job > source.used) {
      source.used = job;
      sources.remove(source.key);
      sources.put(source.key, source);
    }
  }

  /** A job begins: its number. What nobody can ask for any more is dropped. */
  public long begin() {
    List<DeviceBuffer> gone = new ArrayList<>();
    long job;
    synchronized (this) {
      job = ++jobs;
      for (var next = forgotten.poll(); next != null; next = forgotten.poll()) {
        Source source = next instanceof Owner owner ? sources.get(owner.key) : null;
        if (source != null && source.owner == next) {
          drop(source, gone);
        }
      }
    }
    gone.forEach(DeviceBuffer::close);
    return job;
  }

  /** Whether there is a copy; a moment later it may be gone. */
  public synchronized boolean has(Identity identity, Shape shape, Region region) {
    return find(identity, shape, region) != null;
  }

  private @Nullable Copy find(Identity identity, Shape shape, Region region) {
    Source source = sources.get(Key.of(identity, shape));
    return source == null ? null : source.parts.get(region);
  }

  /**
   * Lends a copy to a job, which counts its memory as its own and {@link #release}s it; null when
   * there is none.
   */
  public synchronized @Nullable DeviceBuffer borrow(Identity identity, Shape shape, Region region) {
    Copy copy = find(identity, shape, region);
    if (copy == null) {
      return null;
    }
    if (copy.users++ == 0) {
      copy.source.idle.remove(copy);
      leaveShare(copy);
    }
    return copy.buffer;
  }

  private void leaveShare(Copy copy) {
    idleBytes -= copy.footprint;
    account.keepLess(copy.footprint);
  }

  /** A job has made a copy, which others may use too until it {@link #release}s it, and later. */
  public synchronized void add(
      Identity identity, Shape shape, Region region, DeviceBuffer buffer, long job) {
    if (closed) {
      return;
    }
    Source source =
        sources.computeIfAbsent(
            Key.of(identity, shape),
            key -> new Source(key, new Owner(key, identity, forgotten), job));
    use(source, job);
    Copy copy = new Copy(source, region, buffer, account.footprint(buffer.bytes()));
    if (source.parts.putIfAbsent(region, copy) == null) {
      copies.put(buffer, copy);
    }
  }

  /** A job needs a buffer no more, be it a copy or not: it stays for others or is closed. */
  public void release(DeviceBuffer buffer) {
    List<DeviceBuffer> gone = new ArrayList<>();
    synchronized (this) {
      Copy copy = copies.get(buffer);
      if (copy == null) {
        gone.add(buffer);
      } else if (--copy.users == 0 && !stays(copy, gone)) {
        remove(copy, gone);
      }
    }
    gone.forEach(DeviceBuffer::close);
  }

  /** Whether there is room for a copy that nobody uses now; older ones go for it. */
  private boolean stays(Copy copy, List<DeviceBuffer> gone) {
    if (closed || copy.source.parts.get(copy.region) != copy) {
      return false;
    }
    long most = account.limit() / SHARE;
    while (idleBytes + copy.footprint > most) {
      Source oldest = oldest();
      if (oldest == null || oldest.used >= copy.source.used) {
        return false;
      }
      giveUp(oldest.idle.getLast(), gone);
    }
    if (!account.keep(copy.footprint)) {
      return false;
    }
    idleBytes += copy.footprint;
    copy.source.idle.add(copy);
    return true;
  }

  /** The source with idle copies that was read longest ago. */
  private @Nullable Source oldest() {
    for (Source source : sources.values()) {
      if (!source.idle.isEmpty()) {
        return source;
      }
    }
    return null;
  }

  private void giveUp(Copy copy, List<DeviceBuffer> gone) {
    copy.source.idle.remove(copy);
    leaveShare(copy);
    remove(copy, gone);
  }

  private void remove(Copy copy, List<DeviceBuffer> gone) {
    copies.remove(copy.buffer);
    Source source = copy.source;
    if (source.parts.remove(copy.region, copy) && source.parts.isEmpty()) {
      sources.remove(source.key, source);
    }
    gone.add(copy.buffer);
  }

  /** Gives so many bytes back at once, as far as no job uses them; how many it were. */
  public long giveUp(long bytes) {
    List<DeviceBuffer> gone = new ArrayList<>();
    long given = 0;
    synchronized (this) {
      for (Source next = oldest(); next != null && given < bytes; next = oldest()) {
        Copy copy = next.idle.getLast();
        given += copy.footprint;
        giveUp(copy, gone);
      }
    }
    gone.forEach(DeviceBuffer::close);
    return given;
  }

  /** Forgets a source; what jobs use of it is closed when they are done with it. */
  private void drop(Source source, List<DeviceBuffer> gone) {
    while (!source.idle.isEmpty()) {
      giveUp(source.idle.getLast(), gone);
    }
    source.parts.clear();
    sources.remove(source.key, source);
  }

  /** Bytes of copies that no job uses. */
  public synchronized long idleBytes() {
    return idleBytes;
  }

  /** Keeps nothing any more: the session closes, the device is lost, or nothing is to be kept. */
  public void close() {
    List<DeviceBuffer> gone = new ArrayList<>();
    synchronized (this) {
      closed = true;
      List.copyOf(sources.values()).forEach(source -> drop(source, gone));
    }
    gone.forEach(DeviceBuffer::close);
  }
}
