package dev.weft.core.execute;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events reach a handler one at a time, in the order of their arrival; whichever thread brings one
 * handles those that wait.
 */
final class Inbox<E> {
  private final ArrayDeque<E> waiting = new ArrayDeque<>();
  private final Consumer<E> handler;
  private boolean busy;

  Inbox(Consumer<E> handler) {
    this.handler = handler;
  }

  void post(E event) {
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
