package dev.weft.cli;

import dev.weft.core.Session;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels the running jobs when the process is told to stop (Ctrl-C), and waits until temporary
 * files are removed; the JVM then exits with 130, as shells expect.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Session session;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "weft-interrupt");

  private Interruption(Session session) {
    this.session = session;
  }

  static Interruption of(Session session) {
    Interruption interruption = new Interruption(session);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void stop() {
    session.cancelAll();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("weft: the job did not stop in time; a temporary file may be left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is already stopping: that is why the job has ended.
    }
  }
}
