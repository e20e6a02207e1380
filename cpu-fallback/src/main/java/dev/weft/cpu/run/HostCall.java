package dev.weft.cpu.run;

import dev.weft.core.device.Device;

/** Host code run on a worker. */
final class HostCall extends Task {
  private static final long serialVersionUID = 1L;

  private final transient Device.HostTask task;
  private final transient Device.Completion completion;

  HostCall(Workers workers, Device.HostTask task, Device.Completion completion) {
    super(workers);
    this.task = task;
    this.completion = completion;
  }

  @Override
  void work() {
    task.run(completion);
  }
}
