package dev.weft.cpu.memory;

import dev.weft.core.device.ByteCount;
import dev.weft.core.device.SizeClasses;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap blocks that are kept for reuse: freed memory serves the next request of nearly its size,
 * because fresh pages cost more than the arithmetic done on them.
 *
 * <p>Live and pooled bytes together do not exceed the limit, but for blocks of less than a page
 * between others that are in use; pooled blocks are given back to the machine before a request is
 * refused. All methods may be called by any thread; one short lock guards the pool, so that the
 * statistics are exact.
 */
public final class BufferPool implements AutoCloseable {
  /** Cache lines, and steps of at most an eighth. */
  static final SizeClasses CLASSES = new SizeClasses(6, 3);

  private final PageSource pages;
  private final long limit;
  private final @Nullable ArrayDeque<Block>[] free = freeLists();

  /** Blocks of slabs in use whose memory is given back, and whose addresses are kept. */
  private final @Nullable ArrayDeque<Block>[] discarded = freeLists();

  private final long[] liveBySizeClass = new long[CLASSES.count()];
  private long live;
  private long liveCount;
  private long pooled;
  private long peak;
  private long fresh;
  private long reused;
  private boolean closed;

  /** A pool on the best memory of this machine. */
  public BufferPool(long limit) {
    this(limit, PageSource.ofThisMachine());
  }

  /** A pool on a given source of memory. */
  public BufferPool(long limit, PageSource pages) {
    this.limit = limit;
    this.pages = Objects.requireNonNull(pages);
  }

  /**
   * Hands out a block of at least so many bytes.
   *
   * @throws MemoryLimitException if it does not fit into the limit or the machine has no more
   */
  public PooledBuffer allocate(long bytes) {
    if (bytes < 0 || bytes > 1L << 60) {
      throw new IllegalArgumentException("allocate: cannot make a block of " + bytes + " bytes");
    }
    return new PooledBuffer(this, take(bytes, CLASSES.index(bytes)), bytes);
  }

  /** Bytes of the block that a buffer of so many bytes gets. */
  public static long capacity(long bytes) {
    return CLASSES.capacity(CLASSES.index(bytes));
  }

  private synchronized Block take(long bytes, int sizeClass) {
    requireOpen();
    long capacity = CLASSES.capacity(sizeClass);
    ArrayDeque<Block> list = free[sizeClass];
    if (list == null || list.isEmpty()) {
      if (!takeBack(sizeClass)) {
        refill(bytes, sizeClass);
      }
      list = free[sizeClass];
    } else {
      reused++;
    }
    Block block = Objects.requireNonNull(list).pop();
    pooled -= capacity;
    live += capacity;
    liveCount++;
    liveBySizeClass[sizeClass]++;
    peak = Math.max(peak, live);
    if (block.slab() != null) {
      block.slab().inUse++;
    }
    return block;
  }

  /** Makes a block that was discarded one that can be used again, if there is one and it fits. */
  private boolean takeBack(int sizeClass) {
    long capacity = CLASSES.capacity(sizeClass);
    if (!fits(capacity)) {
      trim();
    }
    ArrayDeque<Block> list = discarded[sizeClass];
    if (list == null || list.isEmpty() || live + capacity > limit) {
      return false;
    }
    list(free, sizeClass).push(list.pop());
    pooled += capacity;
    return true;
  }

  private void refill(long bytes, int sizeClass) {
    long capacity = CLASSES.capacity(sizeClass);
    // A slab counts with the bytes of its blocks; its unused end is less than one block.
    int blocks = capacity <= Slab.LARGEST_BLOCK ? (int) (Slab.BYTES / capacity) : 1;
    if (!fits(blocks * capacity)) {
      trim();
      blocks = fits(blocks * capacity) ? blocks : 1;
    }
    // What the pool still holds lies between blocks of slabs in use, and cannot be given back.
    if (live + blocks * capacity > limit) {
      throw new MemoryLimitException(
          "free buffers, use smaller chunks or raise the limit", bytes, limit, live);
    }
    long reserved = blocks > 1 ? Slab.BYTES : capacity;
    long address = reserve(bytes, reserved);
    fresh++;
    Slab slab = blocks > 1 ? new Slab(address) : null;
    ArrayDeque<Block> list = list(free, sizeClass);
    for (int i = 0; i < blocks; i++) {
      list.add(new Block(address + i * capacity, sizeClass, slab));
    }
    pooled += blocks * capacity;
  }

  private boolean fits(long added) {
    return added <= limit - live - pooled;
  }

  private long reserve(long bytes, long reserved) {
    long address = pages.reserve(reserved);
    if (address == 0 && trim() > 0) {
      address = pages.reserve(reserved);
    }
    if (address == 0) {
      throw new MemoryLimitException("the machine has no more memory", bytes, limit, live);
    }
    return address;
  }

  synchronized void free(Block block) {
    long capacity = block.capacity();
    live -= capacity;
    liveCount--;
    liveBySizeClass[block.sizeClass()]--;
    pooled += capacity;
    if (block.slab() != null) {
      block.slab().inUse--;
    }
    list(free, block.sizeClass()).push(block);
    if (closed) {
      trim();
    }
  }

  /** Gives every block that is not in use back to the machine and returns how many bytes. */
  public synchronized long trim() {
    long before = pooled;
    for (int sizeClass = 0; sizeClass < free.length; sizeClass++) {
      ArrayDeque<Block> list = free[sizeClass];
      if (list != null && !list.isEmpty()) {
        trim(list, list(discarded, sizeClass));
      }
    }
    return before - pooled;
  }

  private void trim(ArrayDeque<Block> list, ArrayDeque<Block> gone) {
    Set<Slab> emptied = new HashSet<>();
    list.removeIf(
        block -> {
          Slab slab = block.slab();
          if (slab == null) {
            pages.release(block.address(), block.capacity());
          } else if (slab.inUse == 0) {
            emptied.add(slab);
          } else if (block.capacity() % PageSource.PAGE == 0
              && pages.discard(block.address(), block.capacity())) {
            gone.push(block);
          } else {
            return false;
          }
          pooled -= block.capacity();
          return true;
        });
    gone.removeIf(block -> emptied.contains(Objects.requireNonNull(block.slab())));
    emptied.forEach(slab -> pages.release(slab.address, Slab.BYTES));
  }

  /** What the pool holds now. */
  public synchronized PoolStatistics statistics() {
    return new PoolStatistics(live, liveCount, pooled, peak, limit, fresh, reused);
  }

  /**
   * Says which blocks are in use, by capacity, such as {@code 2 of 8.0 MiB, 1 of 64 B}; empty if
   * none is.
   */
  public synchronized String liveBlocks() {
    StringBuilder text = new StringBuilder();
    for (int i = CLASSES.count() - 1; i >= 0; i--) {
      if (liveBySizeClass[i] > 0) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(liveBySizeClass[i])
            .append(" of ")
            .append(ByteCount.text(CLASSES.capacity(i)));
      }
    }
    return text.toString();
  }

  /**
   * Refuses further requests and gives everything back to the machine, except blocks still in use:
   * unmapping memory that a kernel may be writing would end the process. They follow when freed.
   *
   * @throws IllegalStateException naming the blocks still in use
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    trim();
    if (liveCount > 0) {
      throw new IllegalStateException(
          "close: %d buffers (%s) were never freed: %s"
              .formatted(liveCount, ByteCount.text(live), liveBlocks()));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("allocate: the pool is closed");
    }
  }

  private static ArrayDeque<Block> list(@Nullable ArrayDeque<Block>[] lists, int sizeClass) {
    ArrayDeque<Block> list = lists[sizeClass];
    if (list == null) {
      list = new ArrayDeque<>();
      lists[sizeClass] = list;
    }
    return list;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable ArrayDeque<Block>[] freeLists() {
    return new ArrayDeque[CLASSES.count()];
  }

  @Override
  public String toString() {
    return "BufferPool[" + statistics() + ", " + pages.describe() + "]";
  }
}
