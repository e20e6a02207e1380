package dev.weft.cpu.run;

import java.util.concurrent.ForkJoinTask;

/** Work for one worker; counted by {@link Workers} from its submission to its end. */
abstract class Task extends ForkJoinTask<Void> {
  private static final long serialVersionUID = 1L;

  // Transient: tasks are never serialised, the supertype only says so.
  private final transient Workers workers;

  Task(Workers workers) {
    this.workers = workers;
  }

  /** Does the work; failures are reported, not thrown. */
  abstract void work();

  final Workers workers() {
    return workers;
  }

  @Override
  protected final boolean exec() {
    try {
      work();
    } finally {
      workers.ended();
    }
    return true;
  }

  @Override
  public final Void getRawResult() {
    return null;
  }

  @Override
  protected final void setRawResult(Void value) {}
}
