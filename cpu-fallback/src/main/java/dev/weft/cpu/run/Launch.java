package dev.weft.cpu.run;

import dev.weft.core.device.Device;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A launch cut into pieces that any worker may run in any order. The worker that starts it lends
 * pieces to idle workers; the one that ends the last piece tells the completion.
 *
 * <p>After a failure the pieces left are dropped, and the first failure is reported once the pieces
 * that are still running have ended.
 */
public abstract class Launch extends Task {
  private static final long serialVersionUID = 1L;

  /** Launches of at most this many elements are one piece. */
  protected static final long ONE_PIECE = 256 << 10;

  /** Elements of a piece: long enough to hide its cost, short enough to share out evenly. */
  protected static final long PIECE = 64 << 10;

  private final transient Device.Completion completion;
  private final int pieces;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private transient volatile @Nullable Throwable failure;

  /** A launch of {@code pieces} pieces, at least one. */
  protected Launch(Workers workers, int pieces, Device.Completion completion) {
    super(workers);
    this.pieces = pieces;
    this.completion = completion;
  }

  /** Runs one piece. */
  protected abstract void piece(int number, Scratch scratch);

  /** Runs once all pieces have gone well. */
  protected void conclude(Scratch scratch) {}

  /** Gives back what the launch holds, whether it went well or not. */
  protected void release() {}

  /** How many pieces it is cut into. */
  protected final int pieces() {
    return pieces;
  }

  @Override
  final void work() {
    Worker worker = Worker.current();
    int number;
    while ((number = next.getAndIncrement()) < pieces) {
      if (number + 1 < pieces && workers().idle() > 0) {
        workers().add(new Share(this));
      }
      if (failure == null) {
        try {
          piece(number, worker.scratch());
        } catch (Throwable thrown) {
          failure = thrown;
        }
      }
      if (ended.incrementAndGet() == pieces) {
        end(worker);
      }
    }
  }

  /** Runs it as a part of another launch, on the worker that is at that one, and alone. */
  public final void runWithin(Scratch scratch) {
    Scratch.Mark mark = scratch.mark();
    for (int number = 0; number < pieces; number++) {
      piece(number, scratch);
      scratch.rewind(mark);
    }
    conclude(scratch);
  }

  /** Ends what ran as a part of another launch, as often as it did. */
  public final void endWithin() {
    release();
  }

  private void end(Worker worker) {
    try {
      if (failure == null) {
        conclude(worker.scratch());
      }
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      release();
    }
    completion.done(failure);
  }

  /** An idle worker's part in a launch. */
  private static final class Share extends Task {
    private static final long serialVersionUID = 1L;

    private final transient Launch launch;

    Share(Launch launch) {
      super(launch.workers());
      this.launch = launch;
    }

    @Override
    void work() {
      launch.work();
    }
  }
}
