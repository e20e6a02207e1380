package dev.weft.core.memory;

import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.shape.Region;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The targets of a job that are open: each is committed or aborted, exactly once. */
public final class OpenTargets {
  private final List<ArrayTarget> targets;
  private final List<ArrayDef> results;
  private final Repeated repeated;
  private final Deque<ArrayTarget> open = new ArrayDeque<>();

  /** Hears of chunks that could not be written and are tried again. */
  @FunctionalInterface
  public interface Repeated {
    /**
     * One attempt has failed.
     *
     * @param stage that writes
     * @param chunk of the stage
     * @param attempt how many attempts have failed
     * @param reason what the last one threw
     */
    void on(int stage, long chunk, int attempt, Exception reason);
  }

  /**
   * Targets that are to be opened.
   *
   * @param targets one for each result, or none at all when results stay in memory
   */
  public OpenTargets(List<ArrayTarget> targets, List<ArrayDef> results, Repeated repeated) {
    this.repeated = repeated;
    this.targets = List.copyOf(targets);
    this.results = results;
  }

  /** Opens the targets; {@code places} takes the memory that they give for results. */
  public void open(BiConsumer<ArrayDef, MemorySegment> places) {
    for (int i = 0; i < targets.size(); i++) {
      ArrayDef result = results.get(i);
      ArrayTarget target = targets.get(i);
      MemorySegment place;
      try {
        place = target.open(result.dtype(), result.shape());
      } catch (IOException e) {
        throw new DeviceException(
            "%s, cannot be written: %s".formatted(describe(i), e.getMessage()), e);
      }
      open.add(target);
      if (!target.takesRegions()) {
        places.accept(result, sized(place, i));
      }
    }
  }

  private MemorySegment sized(@Nullable MemorySegment place, int number) {
    long given = place == null ? 0 : place.byteSize();
    long needed = results.get(number).bytes();
    if (place == null || given < needed) {
      throw new UsageException(
          "%s, cannot be written: its target gives %,d bytes of memory, but it needs %,d; let open return as many, or takesRegions return true"
              .formatted(describe(number), given, needed));
    }
    return place;
  }

  private String describe(int number) {
    ArrayDef result = results.get(number);
    return "result %d, %s %s".formatted(number, result.dtype(), result.shape());
  }

  /** Whether the target of a result has a part of it from an earlier job. */
  public boolean has(int number, Region region) {
    return targets.get(number).has(region);
  }

  /**
   * Brings a part of a result to its target.
   *
   * @param stage that writes it
   * @param chunk of the stage
   * @param number of the result
   */
  public void write(int stage, long chunk, int number, Region region, MemorySegment elements) {
    IoRetries.run(
        () -> targets.get(number).write(region, elements),
        () -> describe(number) + ", cannot be written",
        (attempt, reason) -> repeated.on(stage, chunk, attempt, reason));
  }

  /** Whether results stay in memory. */
  public boolean isEmpty() {
    return targets.isEmpty();
  }

  /** Completes all in order; after a failure the rest is aborted. */
  public void commit() {
    while (!open.isEmpty()) {
      try {
        open.pop().commit();
      } catch (IOException e) {
        DeviceException failure =
            new DeviceException("a result cannot be completed: " + e.getMessage(), e);
        abort(failure);
        throw failure;
      } catch (RuntimeException | Error e) {
        abort(e);
        throw e;
      }
    }
  }

  /** Aborts what is still open; what fails on the way is added to the reason. */
  public void abort(Throwable reason) {
    while (!open.isEmpty()) {
      try {
        open.pop().abort();
      } catch (RuntimeException | Error e) {
        reason.addSuppressed(e);
      }
    }
  }
}
