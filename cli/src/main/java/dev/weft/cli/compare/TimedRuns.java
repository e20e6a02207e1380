package dev.weft.cli.compare;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job again and again; keeps the answers of the last run. A single result can stay where it
 * was made, and is brought to the host only to be looked at.
 */
final class TimedRuns implements AutoCloseable {
  private final Session session;
  private final List<NDArray> arrays;
  private final PhaseMeter meter;
  private final boolean stays;
  private final long bytesWritten;
  private List<HostArray> answers = List.of();
  private @Nullable NDArray there;

  TimedRuns(Session session, List<NDArray> arrays, PhaseMeter meter, boolean stays) {
    this.session = session;
    this.arrays = arrays;
    this.meter = meter;
    // What is on the device already would not be computed.
    this.stays = stays && arrays.size() == 1 && !arrays.getFirst().isPersisted();
    this.bytesWritten = arrays.stream().mapToLong(NDArray::nbytes).sum();
  }

  JobTimes run() {
    close();
    long begun = System.nanoTime();
    if (stays) {
      there = arrays.getFirst().persist();
    } else {
      answers = session.compute(arrays);
    }
    return meter.times(System.nanoTime() - begun, bytesWritten);
  }

  List<HostArray> answers() {
    if (there != null && answers.isEmpty()) {
      answers = List.of(there.compute());
    }
    return answers;
  }

  @Override
  public void close() {
    answers.forEach(HostArray::close);
    answers = List.of();
    if (there != null) {
      there.close();
      there = null;
    }
  }
}
