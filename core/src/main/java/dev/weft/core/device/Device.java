package dev.weft.core.device;

import dev.weft.core.kernel.Kernel;
import java.util.List;

/**
 * Something that compiles kernels and runs them on its own buffers. Launches are asynchronous; a
 * device is safe for use by several threads.
 */
public interface Device extends AutoCloseable {
  /** What the device is. */
  DeviceInfo info();

  /** The compiled form of {@code kernel}, cached by structure. */
  CompiledKernel compile(Kernel kernel);

  /**
   * A buffer of at least {@code bytes}, aligned to 64 bytes, contents undefined.
   *
   * @throws dev.weft.core.error.DeviceMemoryException when the memory limit would be passed
   */
  DeviceBuffer allocate(long bytes);

  /**
   * Runs the kernel; {@code completion} hears of its end on a thread of the device. Never blocks
   * for long and never throws for a failure of the launch itself, which goes to the completion.
   */
  void launch(CompiledKernel kernel, Arguments arguments, Completion completion);

  /**
   * Runs the kernel several times, as if each launch were alone: what one of them makes does not
   * depend on the others. {@code completion} hears once, when all have ended.
   */
  default void launch(
      CompiledKernel kernel, List<Arguments> launches, LaunchesCompletion completion) {
    Launches open = new Launches(launches.size(), completion);
    for (int i = 0; i < launches.size(); i++) {
      launch(kernel, launches.get(i), open.one(i));
    }
  }

  /**
   * Bytes that launches which are started together should read and write to be worth starting; 0
   * where that is a question of time and not of size.
   */
  default long slabBytes() {
    return 0;
  }

  /** Runs host code on the device's host threads, beside launches. */
  void execute(HostTask task, Completion completion);

  /** How much of the memory limit a buffer of so many bytes takes. */
  default long footprint(long bytes) {
    return bytes;
  }

  /** Bytes in use, pooled and at most in use so far. */
  MemoryUse memory();

  /** Energy used so far. Counters move every few milliseconds at best. */
  default Energy energy() {
    return new Energy.NotTold(info().name() + " has no counter of energy");
  }

  /** Gives everything back; buffers still open are reported in the exception. */
  @Override
  void close();

  /** Hears of the end of a launch exactly once. */
  @FunctionalInterface
  interface Completion {
    /** The launch ended; {@code failure} is null when it went well. */
    void done(@org.jspecify.annotations.Nullable Throwable failure);
  }

  /** Hears of the end of several launches exactly once. */
  @FunctionalInterface
  interface LaunchesCompletion {
    /**
     * All launches have ended.
     *
     * @param failed the one that has failed, by its place in the list; 0 when none has
     * @param failure why, null when all went well
     */
    void done(int failed, @org.jspecify.annotations.Nullable Throwable failure);
  }

  /** Code of the host, such as a user's function or a combine step. */
  @FunctionalInterface
  interface HostTask {
    /** Does the work. */
    void run() throws Exception;

    /** Does the work and tells of its end, whatever it is. */
    default void run(Completion completion) {
      Throwable failure = null;
      try {
        run();
      } catch (Throwable thrown) {
        failure = thrown;
      }
      completion.done(failure);
    }
  }

  /**
   * Memory accounting in bytes.
   *
   * @param live held by buffers in use
   * @param pooled kept for reuse
   * @param peak largest {@code live} so far
   * @param limit largest {@code live} allowed
   */
  record MemoryUse(long live, long pooled, long peak, long limit) {}
}
