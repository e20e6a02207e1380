package dev.weft.core.schedule;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** The listed readers of every item, in the order of listing: rings of numbers in two lists. */
final class Readers {
  private static final int END = -1;

  /** The last link of each item's chain, whose next is the first. */
  private final int[] tails;

  private int[] cursors = new int[0];
  private final IntList tasks = new IntList();
  private final IntList nexts = new IntList();

  Readers(int items) {
    this.tails = new int[items];
    Arrays.fill(tails, END);
  }

  void add(int item, int task) {
    int link = tasks.size();
    int tail = tails[item];
    tasks.add(task);
    nexts.add(tail == END ? link : nexts.get(tail));
    if (tail != END) {
      nexts.set(tail, link);
    }
    tails[item] = link;
  }

  private int head(int item) {
    return nexts.get(tails[item]);
  }

  /** The reader that was listed first, {@link TaskGraph#NONE} when none is listed. */
  int first(int item) {
    return tails[item] == END ? TaskGraph.NONE : tasks.get(head(item));
  }

  void visit(int item, IntConsumer visitor) {
    int tail = tails[item];
    if (tail == END) {
      return;
    }
    int link = tail;
    do {
      link = nexts.get(link);
      visitor.accept(tasks.get(link));
    } while (link != tail);
  }

  /** The first reader that is not over; those that are stay passed over until {@link #again}. */
  int next(int item, IntPredicate over) {
    if (tails[item] == END) {
      return TaskGraph.NONE;
    }
    if (cursors.length == 0) {
      cursors = new int[tails.length];
      Arrays.fill(cursors, END);
    }
    int link = cursors[item] == END ? head(item) : cursors[item];
    while (link != tails[item] && over.test(tasks.get(link))) {
      link = nexts.get(link);
    }
    cursors[item] = link;
    int task = tasks.get(link);
    return over.test(task) ? TaskGraph.NONE : task;
  }

  /** Readers that were over may not be any more. */
  void again(int item) {
    if (cursors.length > 0) {
      cursors[item] = END;
    }
  }
}
