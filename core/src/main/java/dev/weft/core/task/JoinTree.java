package dev.weft.core.task;

import java.util.ArrayList;
import java.util.List;

/** Results of partitions joined to one, neighbours with neighbours, always by the same tree. */
public final class JoinTree {
  /** Neighbours that one task joins. */
  private static final int FAN_IN = 8;

  private JoinTree() {}

  /**
   * One result of several.
   *
   * @param name of the tasks that join
   * @param results one or more, in order
   * @param join one result of neighbours, in order
   */
  public static <A> Delayed<A> of(
      String name, List<Delayed<A>> results, TaskFunction.Of1<List<A>, A> join) {
    TaskSession session = results.getFirst().session();
    List<Delayed<A>> level = results;
    while (level.size() > 1) {
      List<Delayed<A>> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += FAN_IN) {
        List<Delayed<A>> neighbours = level.subList(from, Math.min(from + FAN_IN, level.size()));
        next.add(Delayed.<A>all(session, neighbours).then(join).named("join " + name));
      }
      level = next;
    }
    return level.getFirst();
  }
}
