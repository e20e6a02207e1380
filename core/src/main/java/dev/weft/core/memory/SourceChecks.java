package dev.weft.core.memory;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.WeftException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.plan.Plan;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sources of a job are still what they were when they were opened: asked when the job
 * begins, and when its last task has ended, before results are handed out or targets committed.
 * Memory of a mapped file that has been shortened fails in whatever code touches it, with an error
 * of the JVM that knows no file, or reads as zeros.
 */
public final class SourceChecks {
  private SourceChecks() {}

  /** What has become of a source of the plan, or null when all are as they were. */
  public static @Nullable RuntimeException problem(Plan plan) {
    try {
      requireAll(plan);
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Checks all sources of the plan, each once. */
  static void requireAll(Plan plan) {
    Set<ArraySource> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ArrayDef array : plan.graph().arrays()) {
      ArraySource source = array.source();
      if (source != null && checked.add(source)) {
        source.requireIntact();
      }
    }
  }

  /** Checks what a stage reads, where its code cannot survive memory that is gone. */
  public static void require(Stage stage) {
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)
          && array.source() != null) {
        array.source().requireIntact();
      }
    }
  }

  /**
   * The reason behind a failure: what became of a file, where its content has failed to be what it
   * was, or the JVM has said something of memory.
   */
  public static Throwable reason(Plan plan, Throwable failure) {
    boolean isMemory = isCausedBy(failure, InternalError.class);
    boolean isContent =
        isCausedBy(failure, WeftException.class) || isCausedBy(failure, IOException.class);
    RuntimeException problem = isMemory || isContent ? problem(plan) : null;
    if (problem == null && !isMemory || problem != null && isSaid(problem, failure)) {
      return failure;
    }
    if (problem == null) {
      problem =
          new DeviceException(
              "memory of a mapped file could not be reached (%s): its disk failed or is full. Check the disks of inputs and outputs, then run again"
                  .formatted(message(failure)));
    }
    problem.addSuppressed(failure);
    return problem;
  }

  private static boolean isSaid(RuntimeException problem, Throwable failure) {
    return String.valueOf(problem.getMessage()).equals(failure.getMessage());
  }

  private static @Nullable String message(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof InternalError) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
