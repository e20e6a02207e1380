package dev.weft.cli.job;

import dev.weft.cli.output.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A line on a terminal that says how far a job is; it appears after a second and is gone at the
 * end.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final long INTERVAL_MILLIS = 100;
  private static final String ERASE = "\r\033[K";

  private final PrintStream terminal;
  private final JobMeter meter;
  private final long begun = System.nanoTime();
  private final Thread thread;
  private boolean shown;
  private boolean closed;

  private ProgressLine(PrintStream terminal, JobMeter meter) {
    this.terminal = terminal;
    this.meter = meter;
    this.thread = Thread.ofPlatform().daemon().name("weft-progress").unstarted(this::watch);
  }

  /** Starts to watch, where somebody can see it. */
  public static ProgressLine start(Console console, JobMeter meter, boolean quiet) {
    if (!console.interactive() || quiet) {
      return new ProgressLine(console.err(), meter);
    }
    ProgressLine line = new ProgressLine(console.err(), meter);
    line.thread.start();
    return line;
  }

  private synchronized void watch() {
    try {
      while (!closed) {
        wait(INTERVAL_MILLIS);
        long now = System.nanoTime();
        if (!closed && now - begun > PATIENCE_NANOS) {
          shown = true;
          terminal.print(
              ERASE + text(meter.done(), meter.tasks(), meter.bytesRead(), (now - begun) * 1e-9));
          terminal.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The line: tasks, time, speed of reading and the time left at the speed so far. */
  static String text(long done, long tasks, long bytes, double seconds) {
    if (tasks == 0) {
      return String.format(Locale.ROOT, "planning  %.1f s", seconds);
    }
    double share = Math.min(1, (double) done / tasks);
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,d/%,d tasks  %3.0f %%", done, tasks, share * 100));
    text.append(String.format(Locale.ROOT, "  %.1f s", seconds));
    if (bytes > 0) {
      text.append(String.format(Locale.ROOT, "  %.2f GB/s", bytes * share / seconds * 1e-9));
    }
    if (done > 0 && done < tasks) {
      text.append(String.format(Locale.ROOT, "  %.0f s left", seconds / share - seconds));
    }
    return text.toString();
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
    if (shown) {
      terminal.print(ERASE);
      terminal.flush();
    }
  }
}
