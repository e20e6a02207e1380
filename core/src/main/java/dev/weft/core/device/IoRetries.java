package dev.weft.core.device;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

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

  private IoRetries() {}

  /**
   * Runs until it succeeds, four times at most.
   *
   * @throws IOException the last failure
   * @throws DeviceException the same, where the source or target has said what to do about it
   */
  public static void run(Attempt attempt) throws IOException {
    for (int tries = 0; tries < PAUSES_MILLIS.length; tries++) {
      try {
        attempt.run();
        return;
      } catch (IOException | DeviceException e) {
        if (!mayPass(e) || !pause(PAUSES_MILLIS[tries])) {
          throw e;
        }
      }
    }
    attempt.run();
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
