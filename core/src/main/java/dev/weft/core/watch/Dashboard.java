package dev.weft.core.watch;

import dev.weft.core.event.EventListener;
import java.net.URI;

/**
 * Shows a session to people while it runs. It hears every event, on the threads that work, and must
 * not make them wait for whoever looks.
 */
public interface Dashboard extends EventListener, AutoCloseable {
  /**
   * Where to look, such as {@code http://127.0.0.1:8787/?token=...}. Who has the link may look and
   * cancel: it is printed, and never logged.
   */
  URI link();

  /** Ends it; nobody can look any more. */
  @Override
  void close();
}
