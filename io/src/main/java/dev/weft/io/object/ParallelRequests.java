package dev.weft.io.object;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs requests side by side; the first failure ends the rest and is thrown. */
public final class ParallelRequests {
  private ParallelRequests() {}

  /** A request. */
  @FunctionalInterface
  public interface Request {
    /** Makes it. */
    void run() throws IOException;
  }

  /** So many, or 1 where only this thread may write to what is filled. */
  public static int width(MemorySegment target, int width) {
    return target.isAccessibleBy(Thread.ofVirtual().unstarted(() -> {})) ? width : 1;
  }

  /**
   * Runs all of them and returns when none runs any more.
   *
   * @param width so many at a time at most
   */
  public static void run(List<Request> requests, int width) throws IOException {
    if (width == 1 || requests.size() == 1) {
      for (Request request : requests) {
        request.run();
      }
      return;
    }
    ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>(requests);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    int threads = Math.min(width, requests.size());
    List<Thread> running =
        IntStream.range(0, threads)
            .mapToObj(i -> Thread.ofVirtual().start(() -> drain(waiting, failure)))
            .toList();
    join(running, waiting);
    Throwable thrown = failure.get();
    switch (thrown) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private static void drain(
      ConcurrentLinkedQueue<Request> waiting, AtomicReference<@Nullable Throwable> failure) {
    for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        next.run();
      } catch (IOException | RuntimeException | Error e) {
        if (!failure.compareAndSet(null, e)) {
          Throwable first = failure.get();
          if (first != null && first != e) {
            first.addSuppressed(e);
          }
        }
        waiting.clear();
      }
    }
  }

  /** Their memory is the caller's: they must have ended when this returns. */
  private static void join(List<Thread> running, ConcurrentLinkedQueue<Request> waiting)
      throws IOException {
    boolean interrupted = false;
    for (Thread thread : running) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          waiting.clear();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while requests were under way");
    }
  }
}
