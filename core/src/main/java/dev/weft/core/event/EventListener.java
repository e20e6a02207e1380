package dev.weft.core.event;

/**
 * Hears of everything that happens in a session. Called on working threads: return soon, and expect
 * calls from several threads at once.
 */
@FunctionalInterface
public interface EventListener {
  /** Something happened. */
  void on(JobEvent event);
}
