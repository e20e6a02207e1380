package dev.weft.core.memory;

import dev.weft.core.error.DeviceException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sources of a job are still what they were when it was planned. Memory of a mapped
 * file that has been shortened fails in whatever code touches it, with an error of the JVM that
 * knows no file, or reads as zeros.
 */
public final class SourceChecks {
  private SourceChecks() {}

  /** What has become of a source of the plan, or null when all are as they were. */
  public static @Nullable RuntimeException problem(Plan plan) {
    for (ArrayDef array : plan.graph().arrays()) {
      ArraySource source = array.source();
      if (source != null) {
        try {
          source.requireIntact();
        } catch (RuntimeException e) {
          return e;
        }
      }
    }
    return null;
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

  /** The reason behind a failure: instead of the JVM's about memory, what became of the file. */
  public static Throwable reason(Plan plan, Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof InternalError)) {
      cause = cause.getCause();
    }
    if (cause == null) {
      return failure;
    }
    RuntimeException problem = problem(plan);
    if (problem == null) {
      problem =
          new DeviceException(
              "memory of a mapped file could not be reached (%s): its disk failed or is full. Check the disks of inputs and outputs, then run again"
                  .formatted(cause.getMessage()));
    }
    problem.addSuppressed(failure);
    return problem;
  }
}
