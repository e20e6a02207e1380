package dev.weft.dashboard.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last so many of a sequence. */
final class Ring<T> {
  private final int capacity;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private long added;

  Ring(int capacity) {
    this.capacity = capacity;
  }

  void add(T item) {
    if (items.size() == capacity) {
      items.removeFirst();
    }
    items.addLast(item);
    added++;
  }

  /** How many have been added ever. */
  long added() {
    return added;
  }

  /** At most so many of the last, the oldest first. */
  List<T> last(long most) {
    List<T> last = new ArrayList<>();
    var newest = items.descendingIterator();
    while (newest.hasNext() && last.size() < most) {
      last.add(newest.next());
    }
    return last.reversed();
  }
}
