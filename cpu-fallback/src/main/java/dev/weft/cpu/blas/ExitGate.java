package dev.weft.cpu.blas;

import dev.weft.core.error.DeviceException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the process from ending while OpenBLAS computes. When a process ends, OpenBLAS gives its
 * memory back, also what a call on another thread is using, which then crashes. A product takes
 * some tenths of a second; the decomposition of a large matrix takes as long as it takes.
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
      throw ending();
    }
  }

  void leave() {
    calls.readLock().unlock();
  }

  /** Before calls while no other thread makes one; those in between may enter, too. */
  void enterAlone() {
    calls.writeLock().lock();
    if (closed) {
      calls.writeLock().unlock();
      throw ending();
    }
  }

  void leaveAlone() {
    calls.writeLock().unlock();
  }

  private static DeviceException ending() {
    return new DeviceException(
        "the program is ending; products and decompositions of matrices are no longer computed");
  }

  /** Lets no further call begin, and waits for those that are running. */
  void close() {
    closed = true;
    calls.writeLock().lock();
    calls.writeLock().unlock();
  }
}
