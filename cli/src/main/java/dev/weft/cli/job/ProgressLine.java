package dev.weft.cli.job;

import dev.weft.cli.output.Console;
import dev.weft.cli.output.StatusLine;
import dev.weft.cli.output.TerminalWidth;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.event.Progress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says how far a job is. On a terminal it is a line that appears after a second, is redrawn in
 * place and is gone at the end. Elsewhere it is silent unless asked to speak: then it is a line of
 * its own now and then, without control characters.
 */
public final class ProgressLine implements AutoCloseable {
  private static final int WIDEST_PLAIN = 200;

  private final Progress progress;
  private final Supplier<@Nullable MemoryUse> memory;
  private final Pace pace;
  private final long begun = System.nanoTime();
  private final Thread thread;
  private boolean closed;

  /** How it is told. */
  public enum Form {
    /** A line in place on a terminal, nothing elsewhere. */
    AUTO,
    /** Lines one below the other, wherever they go. */
    PLAIN,
    /** Nothing. */
    NONE
  }

  /**
   * When it is told, in milliseconds.
   *
   * @param patience until the first time
   * @param interval from one time to the next
   */
  record Pace(long patience, long interval) {
    static final Pace IN_PLACE = new Pace(1_000, 100);
    static final Pace PLAIN = new Pace(2_000, 10_000);
  }

  /** Where it is told. */
  private interface Teller {
    void tell(double seconds);

    /** The end. */
    void gone();
  }

  private ProgressLine(
      Console console,
      Form form,
      Progress progress,
      Supplier<@Nullable MemoryUse> memory,
      Pace pace) {
    this.progress = progress;
    this.memory = memory;
    this.pace = pace;
    Teller teller = teller(console, form);
    this.thread = Thread.ofPlatform().daemon().name("weft-progress").unstarted(() -> watch(teller));
    if (teller != null) {
      thread.start();
    }
  }

  /**
   * Starts to watch, where somebody can see it.
   *
   * @param memory what the host holds, asked each time
   */
  public static ProgressLine start(
      Console console, Form form, Progress progress, Supplier<@Nullable MemoryUse> memory) {
    Pace pace = form == Form.PLAIN ? Pace.PLAIN : Pace.IN_PLACE;
    return start(console, form, progress, memory, pace);
  }

  static ProgressLine start(
      Console console,
      Form form,
      Progress progress,
      Supplier<@Nullable MemoryUse> memory,
      Pace pace) {
    return new ProgressLine(console, form, progress, memory, pace);
  }

  private @Nullable Teller teller(Console console, Form form) {
    StatusLine status = console.status();
    return switch (form) {
      case NONE -> null;
      case AUTO -> status == null ? null : inPlace(status, TerminalWidth.ofProcess());
      case PLAIN -> plain(console);
    };
  }

  private Teller inPlace(StatusLine status, TerminalWidth width) {
    return new Teller() {
      @Override
      public void tell(double seconds) {
        // The last column stays free: some terminals begin a new line after it.
        status.show(words(seconds, width.columns() - 1));
      }

      @Override
      public void gone() {
        status.clear();
      }
    };
  }

  private Teller plain(Console console) {
    return new Teller() {
      @Override
      public void tell(double seconds) {
        console.err().println("weft: " + words(seconds, WIDEST_PLAIN).strip());
      }

      @Override
      public void gone() {}
    };
  }

  private String words(double seconds, int columns) {
    return ProgressWords.of(progress.now(), seconds, memory.get(), columns);
  }

  private synchronized void watch(@Nullable Teller teller) {
    try {
      long next = pace.patience();
      while (teller != null) {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        if (closed) {
          teller.gone();
          return;
        }
        if (millis >= next) {
          teller.tell(millis * 1e-3);
          next = millis + pace.interval();
        }
        wait(Math.max(1, next - millis));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      // At once where it was never started.
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
