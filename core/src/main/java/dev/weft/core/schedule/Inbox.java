package dev.weft.core.schedule;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events reach a handler one at a time, in the order of their arrival; whichever thread brings one
 * handles those that wait.
 */
public final class Inbox<E> {
  private final ArrayDeque<E> waiting = new ArrayDeque<>();
  private final Consumer<E> handler;
  private boolean busy;

  /** An inbox of a handler that throws nothing. */
  public Inbox(Consumer<E> handler) {
    this.handler = handler;
  }

  /** Handles an event after those that came before; another thread may do it. */
  public void post(E event) {
    synchronized (waiting) {
      waiting.add(event);
      if (busy) {
        return;
      }
      busy = true;
    }
    while (true) {
      E next = next();
      if (next == null) {
        return;
      }
      handler.accept(next);
    }
  }

  private @Nullable E next() {
    synchronized (waiting) {
      E next = waiting.poll();
      busy = next != null;
      return next;
    }
  }
}
