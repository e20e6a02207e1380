package dev.weft.core.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task of a computation, while its graph is put together and run. */
final class TaskNode {
  /** What a task does with its arguments. */
  sealed interface Body {
    /** Calls a function. */
    record Code(TaskFunction<?> function) implements Body {}

    /** Starts something that ends by itself, and needs no thread of the job meanwhile. */
    record Start(Starter starter) implements Body {}
  }

  /** Starts something. */
  @FunctionalInterface
  interface Starter {
    /**
     * Returns at once.
     *
     * @param done hears once, on any thread
     * @return cancels it
     */
    Runnable start(Object[] arguments, Done done);
  }

  /** Hears of the end. */
  @FunctionalInterface
  interface Done {
    /**
     * It has ended, with a result of so many bytes that wait to be read, or a problem; may block
     * while many wait.
     */
    void accept(@Nullable Object value, long bytes, @Nullable Throwable problem);
  }

  final Body body;
  final TaskOptions options;
  final @Nullable String site;

  /** Values, and nodes in the places of their results. */
  final Object[] arguments;

  /** The nodes among the arguments, each once; those that should run first come first. */
  List<TaskNode> reads = List.of();

  /** The highest priority of this task and all that need it: it runs before lower ones. */
  int priority;

  /** The highest priority of this task and all that it needs: it is looked at before lower ones. */
  int reach;

  int number = -1;
  int readers;
  boolean isResult;

  /** Bytes of its result that count as waiting until everybody has read them. */
  long waitingBytes;

  /** How often its code has failed. */
  int attempts;

  TaskNode(Body body, TaskOptions options, @Nullable String site, Object[] arguments) {
    this.body = body;
    this.options = options;
    this.site = site;
    this.arguments = arguments;
    this.priority = options.priority();
    this.reach = priority;
  }

  /** Whether it keeps no core busy. */
  boolean isWaiting() {
    return options.blocking() || body instanceof Body.Start;
  }
}
