package dev.weft.cpu.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first few small blocks from the JDK's own allocator, all others mapped. Binding {@code mmap}
 * costs a cold process several hundredths of a second, which a small job need not spend.
 */
final class FrugalPages implements PageSource {
  private static final long SMALL_BLOCK = HUGE_PAGE;
  private static final long SMALL_TOTAL = 16L << 20;

  private final ArenaPages small = new ArenaPages();
  private final Set<Long> smallBlocks = ConcurrentHashMap.newKeySet();
  private final AtomicLong smallBytes = new AtomicLong();

  /** Bound when the first block is mapped. */
  private static final class Mapped {
    private static final PageSource PAGES = new LinuxPages();
  }

  @Override
  public long reserve(long bytes) {
    if (bytes > SMALL_BLOCK || smallBytes.get() + bytes > SMALL_TOTAL) {
      return Mapped.PAGES.reserve(bytes);
    }
    smallBytes.addAndGet(bytes);
    long address = small.reserve(bytes);
    if (address == 0) {
      smallBytes.addAndGet(-bytes);
    } else {
      smallBlocks.add(address);
    }
    return address;
  }

  @Override
  public void release(long address, long bytes) {
    if (smallBlocks.remove(address)) {
      small.release(address, bytes);
      smallBytes.addAndGet(-bytes);
    } else {
      Mapped.PAGES.release(address, bytes);
    }
  }

  @Override
  public boolean discard(long address, long bytes) {
    // Blocks as long as a huge page begin at a multiple of it.
    return !smallBlocks.contains(address & -HUGE_PAGE) && Mapped.PAGES.discard(address, bytes);
  }

  @Override
  public String describe() {
    return "small blocks from the JDK, larger ones from mmap with huge pages asked for";
  }
}
