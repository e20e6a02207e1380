package dev.weft.cpu.run;

import dev.weft.cpu.memory.BufferPool;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** A thread that runs launches, with the scratch memory that they share one after another. */
final class Worker extends ForkJoinWorkerThread {
  private final Scratch scratch;

  Worker(ForkJoinPool pool, BufferPool memory, int number) {
    super(pool);
    this.scratch = new Scratch(memory);
    setName("weft-cpu-" + number);
    setDaemon(true);
  }

  static Worker current() {
    return (Worker) Thread.currentThread();
  }

  /** This worker's scratch memory, all of it free. */
  Scratch scratch() {
    scratch.reset();
    return scratch;
  }

  @Override
  protected void onTermination(Throwable failure) {
    scratch.close();
    super.onTermination(failure);
  }
}
