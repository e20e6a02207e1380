package dev.weft.cpu.memory;

/**
 * Where a pool gets its memory from and gives it back to; the seam for injected memory faults.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface PageSource {
  /** Blocks of at least this many bytes start at a multiple of it, so that huge pages fit. */
  long HUGE_PAGE = 2L << 20;

  /** Bytes of a small page. */
  long PAGE = 4096;

  /**
   * Reserves a block with unspecified content, aligned to the lesser of {@link #HUGE_PAGE} and the
   * page size that suits its length.
   *
   * @return its address, or 0 if the machine has no such block
   */
  long reserve(long bytes);

  /** Gives back a block that {@link #reserve} returned for the same number of bytes. */
  void release(long address, long bytes);

  /**
   * Gives back the memory behind whole small pages of a block and keeps their addresses: what was
   * in them is lost, and they can be written again.
   *
   * @return false where this source cannot; nothing has changed then
   */
  default boolean discard(long address, long bytes) {
    return false;
  }

  /** Says in a few words how memory is obtained. */
  String describe();

  /** The best source of this machine. */
  static PageSource ofThisMachine() {
    // The flags of mmap differ elsewhere.
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    return linux ? new FrugalPages() : new ArenaPages();
  }
}
