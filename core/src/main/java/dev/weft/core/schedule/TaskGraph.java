package dev.weft.core.schedule;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, as numbers: tasks, the items that they read and write, and kinds of tasks
 * that do the same to other items. Everything is answered on demand, so that a graph of a million
 * tasks takes no memory for each; the scheduler asks for a task when its turn comes near.
 *
 * <p>Tasks are numbered from 0, those of one kind one after the other; items from 0 too.
 */
public interface TaskGraph {
  /** No task: the answer for items that are there before the job. */
  int NONE = -1;

  /** How long an item is kept, and where. */
  enum Keeping {
    /** In memory until its last reader has ended. */
    PASSING,
    /** There before the job, on the host, in memory that is not the job's. */
    GIVEN,
    /** Wanted on the host at the end, in memory that was taken before the job began. */
    RESULT,
    /** Left wherever it is made, or where an earlier job has left it. */
    STAYS
  }

  /** Number of kinds of tasks. */
  int kinds();

  /** The first task of a kind; {@code first(kinds())} is the number of tasks. */
  int first(int kind);

  /** Number of tasks. */
  default int tasks() {
    return first(kinds());
  }

  /** The kind of a task. */
  int kind(int task);

  /** The kinds whose tasks are wanted for themselves; of others only what they need. */
  List<Integer> finals();

  /**
   * Whether a task of such a kind is wanted indeed: what an earlier job has made is not. Asked once
   * of each, when its turn comes.
   */
  default boolean isWanted(int task) {
    return true;
  }

  /**
   * Whether all tasks of a kind are listed before those of others. Such kinds are among {@link
   * #finals}.
   */
  default boolean isAhead(int kind) {
    return false;
  }

  /** The task of a kind that is listed as its {@code n}th, from 0. */
  default int listed(int kind, int n) {
    return first(kind) + n;
  }

  /** Whether only the host can run tasks of a kind. */
  boolean isHostWork(int kind);

  /** Whether tasks of a kind that follow each other may be started as one. */
  boolean isSlabbed(int kind);

  /** Whether tasks of a kind keep a slot of their place busy; others mostly wait. */
  default boolean holdsSlot(int kind) {
    return true;
  }

  /** The device that was asked for, or null. */
  @Nullable String device(int kind);

  /** What a kind of tasks does, for people. */
  String label(int kind);

  /** Number of items. */
  int items();

  /** Visits every item that a task reads, once. */
  void reads(int task, IntConsumer visitor);

  /** Visits every item that a task writes. */
  void writes(int task, IntConsumer visitor);

  /** The task that writes an item, {@link #NONE} for what is there before the job. */
  int producer(int item);

  /** Number of tasks that read an item. */
  int readers(int item);

  /** Bytes that an item takes where it is held. */
  long bytes(int item);

  /** How long an item is kept. */
  Keeping keeping(int item);

  /** Whether an item is wanted on the host as soon as it is made elsewhere. */
  boolean isHostBound(int item);

  /** Bytes that a task takes for its own use, given back at its end. */
  long scratch(int task, boolean onHost);

  /** Bytes of memory that a task reads and writes. */
  long traffic(int task);

  /** The arithmetic of a task, in additions. */
  double additions(int task);

  /** What array an item is of, for people. */
  String describe(int item);
}
