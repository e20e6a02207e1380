package dev.weft.core.device;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.LaunchesCompletion;
import org.jspecify.annotations.Nullable;

/** Several launches whose end is told once: with the first of them that has failed, if one has. */
public final class Launches {
  private final LaunchesCompletion completion;
  private int open;
  private int failed = Integer.MAX_VALUE;
  private @Nullable Throwable failure;

  /** So many launches, at least one. */
  public Launches(int count, LaunchesCompletion completion) {
    this.open = count;
    this.completion = completion;
  }

  /** Hears of the end of the launch at a place of the list. */
  public Completion one(int number) {
    return problem -> ended(number, problem);
  }

  private void ended(int number, @Nullable Throwable problem) {
    synchronized (this) {
      if (problem != null && number < failed) {
        failed = number;
        failure = problem;
      }
      open--;
      if (open > 0) {
        return;
      }
    }
    completion.done(failure == null ? 0 : failed, failure);
  }
}
