package dev.weft.table.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Cancels a statement when the thread that made this is interrupted, which is how tasks are
 * cancelled: drivers wait for databases without looking.
 */
final class InterruptWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final Thread reader = Thread.currentThread();
  private final Thread watcher;
  private boolean hasEnded;

  InterruptWatch(Statement statement) {
    watcher = Thread.ofVirtual().start(() -> watch(statement));
  }

  /** Cancels again and again: before a query has begun, databases do not hear of it. */
  private void watch(Statement statement) {
    try {
      while (true) {
        Thread.sleep(PAUSE_MILLIS);
        if (reader.isInterrupted()) {
          cancel(statement);
        }
      }
    } catch (InterruptedException e) {
      // The query has ended.
    }
  }

  /** Never while the statement is closed, which drivers in native code might not survive. */
  private synchronized void cancel(Statement statement) {
    try {
      if (!hasEnded) {
        statement.cancel();
      }
    } catch (SQLException e) {
      // The statement has ended by itself, or its database cannot cancel; the rows tell.
    }
  }

  private synchronized void end() {
    hasEnded = true;
  }

  @Override
  public void close() {
    end();
    watcher.interrupt();
  }
}
