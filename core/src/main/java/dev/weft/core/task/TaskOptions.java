package dev.weft.core.task;

import dev.weft.core.error.UsageException;
import java.time.Duration;

/**
 * How a task is to be run.
 *
 * @param name what it does, for people; tasks of one name are counted together
 * @param pure whether equal calls may be run once
 * @param retries how often it is tried again after an exception
 * @param priority tasks of higher numbers go first, with what they need; 0 unless said
 * @param cost about how long it runs, for the order of tasks; zero when nobody knows
 * @param blocking whether it mostly waits, for a disk or a network, and needs no core meanwhile
 */
public record TaskOptions(
    String name, boolean pure, int retries, int priority, Duration cost, boolean blocking) {

  /** Checks the numbers. */
  public TaskOptions {
    if (retries < 0) {
      throw new UsageException("task '%s': %d retries; give 0 or more".formatted(name, retries));
    }
    if (cost.isNegative()) {
      throw new UsageException(
          "task '%s': a cost of %s; give zero or a longer time".formatted(name, cost));
    }
  }

  static TaskOptions named(String name) {
    return new TaskOptions(name, false, 0, 0, Duration.ZERO, false);
  }

  TaskOptions withName(String other) {
    return new TaskOptions(other, pure, retries, priority, cost, blocking);
  }

  TaskOptions withPure() {
    return new TaskOptions(name, true, retries, priority, cost, blocking);
  }

  TaskOptions withRetries(int count) {
    return new TaskOptions(name, pure, count, priority, cost, blocking);
  }

  TaskOptions withPriority(int number) {
    return new TaskOptions(name, pure, retries, number, cost, blocking);
  }

  TaskOptions withCost(Duration time) {
    return new TaskOptions(name, pure, retries, priority, time, blocking);
  }

  TaskOptions withBlocking() {
    return new TaskOptions(name, pure, retries, priority, cost, true);
  }
}
