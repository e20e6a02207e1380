package dev.weft.core.place;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * The memory of one place, shared by all jobs of a session: who takes some asks first, and who
 * finds none waits in order until others give theirs back. Safe for use by several threads.
 */
public final class MemoryAccount {
  private final LongUnaryOperator footprint;
  private final long most;
  private long limit;
  private final SequencedSet<Runnable> waiting = new LinkedHashSet<>();
  private long used;
  private long kept;
  private long peak;
  private int working;
  private volatile Reclaim source = (bytes, last) -> false;
  private volatile LongConsumer keeper = bytes -> {};

  /** Gives back memory that is taken though nobody needs it now. */
  @FunctionalInterface
  public interface Reclaim {
    /**
     * Gives back what it can; for what comes later it {@link #enter}s the account until then.
     *
     * @param bytes how much more is needed than is free
     * @param last whether the job that asks has no other hope
     * @return whether anything was given back or will be
     */
    boolean reclaim(long bytes, boolean last);
  }

  /** An account of so many bytes, of which buffers take just theirs. */
  public MemoryAccount(long limit) {
    this(limit, LongUnaryOperator.identity());
  }

  /**
   * An account of so many bytes.
   *
   * @param footprint how many of them a buffer takes
   */
  public MemoryAccount(long limit, LongUnaryOperator footprint) {
    this.most = limit;
    this.limit = limit;
    this.footprint = footprint;
  }

  /** Most bytes that all together may take. */
  public synchronized long limit() {
    return limit;
  }

  /** How many bytes a buffer takes; none when it has none. */
  public long footprint(long bytes) {
    return bytes == 0 ? 0 : footprint.applyAsLong(bytes);
  }

  /**
   * The place has refused memory though some should have been free, lost between blocks in use: so
   * much is counted on no more. Half of all stays.
   */
  public void shrink(long bytes) {
    long over;
    synchronized (this) {
      limit = Math.max(most / 2, limit - bytes);
      over = used + kept - limit;
    }
    keepLessBy(over);
  }

  /**
   * Who keeps what is of use but needed by nobody: such memory counts as free, and whoever takes it
   * has it given back before.
   *
   * @param other gives at least so many bytes back at once, as far as it has them
   */
  public void keptBy(LongConsumer other) {
    keeper = other;
  }

  /** Keeps so many bytes of what is free; false when there are not as many. */
  public synchronized boolean keep(long bytes) {
    if (used + kept + bytes > limit) {
      return false;
    }
    kept += bytes;
    return true;
  }

  /** So many bytes are kept no more. */
  public synchronized void keepLess(long bytes) {
    kept -= bytes;
  }

  private void keepLessBy(long over) {
    if (over > 0) {
      keeper.accept(over);
    }
  }

  /** Bytes that nobody has taken, negative when more than the limit was taken. */
  public synchronized long free() {
    return limit - used;
  }

  /** Most bytes that were taken at a time. */
  public synchronized long peak() {
    return peak;
  }

  /** Takes memory if so much is free, with {@code spare} bytes left beside it. */
  public boolean tryTake(long bytes, long spare) {
    long over;
    synchronized (this) {
      if (bytes > limit - used - spare) {
        return false;
      }
      over = add(bytes);
    }
    keepLessBy(over);
    return true;
  }

  /** How much is too much now with what is kept. */
  private long add(long bytes) {
    used += bytes;
    peak = Math.max(peak, used);
    return kept == 0 ? 0 : used + kept - limit;
  }

  /** Takes memory, even beyond the limit: what exists already, or a last resort. */
  public void take(long bytes) {
    long over;
    synchronized (this) {
      over = add(bytes);
    }
    keepLessBy(over);
  }

  /**
   * Gives memory back that was taken in vain: nobody is woken, since there is no more than before.
   */
  public synchronized void undo(long bytes) {
    used -= bytes;
  }

  /** Who is asked when there is no room. */
  public void reclaimFrom(Reclaim other) {
    source = other;
  }

  /** Asks for memory that nobody needs now; whether some was given back or is on its way. */
  public boolean reclaim(long bytes, boolean last) {
    return source.reclaim(bytes, last);
  }

  /** Gives memory back, and wakes who waits, who has waited longest first. */
  public void give(long bytes) {
    List<Runnable> woken;
    synchronized (this) {
      used -= bytes;
      woken = bytes > 0 ? takeWaiting() : List.of();
    }
    woken.forEach(Runnable::run);
  }

  private List<Runnable> takeWaiting() {
    List<Runnable> all = waiting.isEmpty() ? List.of() : List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /**
   * A job is about to wait for memory: true when others go on that may give some back, and {@code
   * wake} will be run then. When nobody does, waiting would be in vain.
   */
  public synchronized boolean await(Runnable wake) {
    if (working > 0) {
      waiting.add(wake);
    }
    return working > 0;
  }

  /** A job has begun that does not wait for memory, and will give some back. */
  public synchronized void enter() {
    working++;
  }

  /** A job is over, or waits for memory itself; those that wait may have to help themselves. */
  public void leave() {
    List<Runnable> woken;
    synchronized (this) {
      working--;
      woken = working == 0 ? takeWaiting() : List.of();
    }
    woken.forEach(Runnable::run);
  }
}
