package dev.weft.core.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of a job, for those who wait for it. Safe for use by several threads. */
public final class EndSignal {
  private final CountDownLatch ended = new CountDownLatch(1);

  /** The job has ended: nothing of it runs, and nothing will. */
  public void reached() {
    ended.countDown();
  }

  /**
   * Waits for the end; an interrupt cancels the job, and the wait goes on until it has stopped.
   *
   * @param cancel asks the job to stop
   */
  public void await(Runnable cancel) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancel.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the job has ended, waiting for it so long. */
  public boolean isReached(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
