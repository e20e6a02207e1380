package dev.weft.core.device;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.RetriedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Tries reads and writes of chunks again that have failed: disks and networks fail for a moment now
 * and then, and a job of hours should not end with them.
 */
public final class IoRetries {
  /** Pauses before the attempts after the first; a cancelled job waits no longer than for all. */
  private static final long[] PAUSES_MILLIS = {10, 50, 150};

  /** Reads or writes. */
  @FunctionalInterface
  public interface Attempt {
    /** One attempt. */
    void run() throws IOException;
  }

  /** Hears of attempts that have failed and are followed by another one. */
  @FunctionalInterface
  public interface Listener {
    /** Nobody. */
    Listener NONE = (attempt, reason) -> {};

    /**
     * One has failed.
     *
     * @param attempt how many have failed
     * @param reason what it threw
     */
    void repeated(int attempt, Exception reason);
  }

  private IoRetries() {}

  /**
   * Runs until it succeeds, four times at most.
   *
   * @throws IOException the last failure
   * @throws DeviceException the same, where the source or target has said what to do about it
   */
  public static void run(Attempt attempt) throws IOException {
    repeat(attempt, new AtomicInteger(), Listener.NONE);
  }

  /**
   * The same for an error that says how often it was tried.
   *
   * @param what is read or written, for an {@link IOException}, which does not say it
   * @throws DeviceException the last failure
   */
  public static void run(Attempt attempt, Supplier<String> what, Listener listener) {
    AtomicInteger attempts = new AtomicInteger();
    try {
      repeat(attempt, attempts, listener);
    } catch (IOException e) {
      throw new RetriedException(what.get() + ": " + e.getMessage(), attempts.get(), e);
    } catch (DeviceException e) {
      throw attempts.get() == 1
          ? e
          : new RetriedException(String.valueOf(e.getMessage()), attempts.get(), e);
    }
  }

  private static void repeat(Attempt attempt, AtomicInteger attempts, Listener listener)
      throws IOException {
    while (true) {
      int tries = attempts.getAndIncrement();
      try {
        attempt.run();
        return;
      } catch (IOException | DeviceException e) {
        if (tries == PAUSES_MILLIS.length || !mayPass(e) || !pause(PAUSES_MILLIS[tries])) {
          throw e;
        }
        listener.repeated(tries + 1, e);
      }
    }
  }

  private static boolean mayPass(Exception e) {
    Throwable cause = e instanceof DeviceException ? e.getCause() : e;
    return cause instanceof IOException
        && !(cause instanceof NoSuchFileException || cause instanceof AccessDeniedException);
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
