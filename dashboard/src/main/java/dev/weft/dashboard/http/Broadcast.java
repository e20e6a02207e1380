package dev.weft.dashboard.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest of a sequence of frames, for any number of readers. A reader that is slow misses
 * frames and gets the newest next; nobody waits for it, and nothing is kept for it.
 */
final class Broadcast {
  /** A frame and its number, from 1. */
  record Frame(long number, byte[] bytes) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Frame newest;
  private boolean closed;

  void publish(byte[] bytes) {
    lock.lock();
    try {
      newest = new Frame(newest == null ? 1 : newest.number() + 1, bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A frame newer than the one of a number; null when none has come in that time. */
  @Nullable Frame after(long number, long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && (newest == null || newest.number() <= number) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return newest == null || newest.number() <= number ? null : newest;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
