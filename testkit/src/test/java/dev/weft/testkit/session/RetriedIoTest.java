package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.RetriedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.event.JobEvent.CopyFinished;
import dev.weft.core.event.JobEvent.CopyRetried;
import dev.weft.core.event.JobEvent.TaskFailed;
import dev.weft.core.event.JobEvent.TaskRetried;
import dev.weft.core.shape.Region;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts of reads and writes, as events and errors count them. */
class RetriedIoTest {
  private final List<JobEvent> events = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Session session;

  @BeforeEach
  void open() {
    session =
        Session.open(
            SessionConfig.defaults()
                .withDevice("reference")
                .withThreads(1)
                .withListener(events::add));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private <E extends JobEvent> Stream<E> heard(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  /** A target whose first writes of the last chunk fail, so many. */
  private static RegionTarget failing(int failures, IOException failure) {
    AtomicInteger left = new AtomicInteger(failures);
    return new RegionTarget() {
      @Override
      protected void onWrite(Region region) throws IOException {
        if (region.start()[0] == 15 && left.getAndDecrement() > 0) {
          throw failure;
        }
      }
    };
  }

  private NDArray numbers() {
    return session.arange(20).cast(dev.weft.core.dtype.DType.FLOAT64).rechunk(5);
  }

  @Test
  void readsThatFailForAMomentAreTold() {
    assertThat(session.array(RecordingSource.failingAtFirst(2, 40)).sum().toDouble())
        .isEqualTo(780);
    assertThat(heard(CopyRetried.class).map(CopyRetried::attempt)).containsExactly(1, 2);
    assertThat(heard(CopyRetried.class).map(copy -> copy.reason().getMessage()))
        .containsOnly("the disk is gone");
    assertThat(heard(CopyFinished.class).map(CopyFinished::failure)).containsOnlyNulls();
  }

  @Test
  void readsThatFailForGoodSayHowOften() {
    NDArray x = session.array(RecordingSource.failingAfter(0, 40), ChunkSpec.of(40)).sqrt();
    assertThatThrownBy(x::compute)
        .isInstanceOf(JobFailedException.class)
        .hasMessageEndingWith("\n  attempts: 4");
    assertThat(heard(CopyRetried.class).map(CopyRetried::attempt)).containsExactly(1, 2, 3);
    Throwable failure =
        Objects.requireNonNull(heard(CopyFinished.class).findFirst().orElseThrow().failure());
    assertThat(RetriedException.attempts(failure)).isEqualTo(4);
  }

  @Test
  void writesThatFailForAMomentAreTold() {
    RegionTarget target = failing(3, new IOException("the store is busy"));
    numbers().computeTo(target);
    assertThat(target.calls()).containsExactly("open", "commit");
    assertThat(heard(TaskRetried.class).map(TaskRetried::attempt)).containsExactly(1, 2, 3);
    assertThat(heard(TaskRetried.class).map(TaskRetried::chunk)).containsOnly(3L);
  }

  @Test
  void writesThatFailForGoodSayHowOften() {
    RegionTarget target = failing(4, new IOException("the store is full"));
    assertThatThrownBy(() -> numbers().computeTo(target)).hasMessageEndingWith("\n  attempts: 4");
    assertThat(heard(TaskFailed.class).map(TaskFailed::attempts)).containsExactly(4);
  }

  @Test
  void whatCannotPassIsTriedOnce() {
    RegionTarget target = failing(1, new NoSuchFileException("x"));
    assertThatThrownBy(() -> numbers().computeTo(target)).hasMessageEndingWith("\n  attempts: 1");
    assertThat(heard(TaskRetried.class)).isEmpty();
    assertThat(heard(TaskFailed.class).map(TaskFailed::attempts)).containsExactly(1);
  }
}
