package dev.weft.cpu.run;

import dev.weft.core.device.Device;
import org.jspecify.annotations.Nullable;

/** The first step of a launch: makes it, and goes on with its pieces. */
final class LaunchCall extends Task {
  private static final long serialVersionUID = 1L;

  private final transient LaunchSource source;
  private final transient Device.Completion completion;

  LaunchCall(Workers workers, LaunchSource source, Device.Completion completion) {
    super(workers);
    this.source = source;
    this.completion = completion;
  }

  @Override
  void work() {
    @Nullable Launch launch;
    try {
      launch = source.make();
    } catch (Throwable failure) {
      completion.done(failure);
      return;
    }
    if (launch == null) {
      completion.done(null);
    } else {
      launch.work();
    }
  }
}
