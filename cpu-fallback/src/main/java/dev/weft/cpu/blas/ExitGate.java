package dev.weft.cpu.blas;

import dev.weft.core.error.DeviceException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the process from ending while a product is being computed. When a process ends, OpenBLAS
 * gives its memory back, also what a product on another thread is using, which then crashes. Calls
 * are short, so the wait is too.
 */
final class ExitGate {
  private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /** A gate that closes when the JVM begins to end, be it by Ctrl-C. */
  static ExitGate ofProcess() {
    ExitGate gate = new ExitGate();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(gate::close, "weft-exit"));
    } catch (IllegalStateException e) {
      // It is ending already.
      gate.close();
    }
    return gate;
  }

  /**
   * Before a call; {@link #leave} comes after it.
   *
   * @throws DeviceException when the process is ending
   */
  void enter() {
    calls.readLock().lock();
    if (closed) {
      calls.readLock().unlock();
      throw new DeviceException("the program is ending; matrix products are no longer computed");
    }
  }

  void leave() {
    calls.readLock().unlock();
  }

  /** Lets no further call begin, and waits for those that are running. */
  void close() {
    closed = true;
    calls.writeLock().lock();
    calls.writeLock().unlock();
  }
}
