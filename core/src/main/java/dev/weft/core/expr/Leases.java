package dev.weft.core.expr;

/**
 * Counts who uses something that can be closed, so that it is given back after the last of them and
 * not before. Safe for use by several threads.
 */
public final class Leases {
  private int open;
  private volatile boolean closed;

  /** Begins a use; false when it is closed. */
  public synchronized boolean begin() {
    if (!closed) {
      open++;
    }
    return !closed;
  }

  /** Ends a use; true when it was the last, of something closed: the caller gives it back now. */
  public synchronized boolean end() {
    open--;
    return closed && open == 0;
  }

  /** Lets no use begin any more; true when there is none: the caller gives it back now. */
  public synchronized boolean close() {
    boolean now = !closed && open == 0;
    closed = true;
    return now;
  }

  /** It could not be given back, and is open again. */
  public synchronized void reopen() {
    closed = false;
  }

  /** Whether no use can begin. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether it is closed and nobody uses it. */
  public synchronized boolean isOver() {
    return closed && open == 0;
  }
}
