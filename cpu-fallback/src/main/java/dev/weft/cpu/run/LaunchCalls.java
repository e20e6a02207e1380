package dev.weft.cpu.run;

import dev.weft.core.device.Device;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several launches that one worker makes and runs, one after the other. */
final class LaunchCalls extends Task {
  private static final long serialVersionUID = 1L;

  private final transient IntFunction<@Nullable Launch> launches;
  private final int count;
  private final transient IntFunction<Device.Completion> completions;

  LaunchCalls(
      Workers workers,
      IntFunction<@Nullable Launch> launches,
      int count,
      IntFunction<Device.Completion> completions) {
    super(workers);
    this.launches = launches;
    this.count = count;
    this.completions = completions;
  }

  @Override
  void work() {
    for (int i = 0; i < count; i++) {
      Launch launch;
      try {
        launch = launches.apply(i);
      } catch (Throwable failure) {
        completions.apply(i).done(failure);
        continue;
      }
      if (launch == null) {
        completions.apply(i).done(null);
      } else {
        launch.work();
      }
    }
  }
}
