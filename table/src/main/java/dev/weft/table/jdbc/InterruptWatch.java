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

  InterruptWatch(Statement statement) {
    watcher = Thread.ofVirtual().start(() -> watch(statement));
  }

  private void watch(Statement statement) {
    try {
      while (!reader.isInterrupted()) {
        Thread.sleep(PAUSE_MILLIS);
      }
      statement.cancel();
    } catch (InterruptedException e) {
      // The rows have been read.
    } catch (SQLException e) {
      // The statement has ended by itself, or its database cannot cancel; the rows tell.
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
