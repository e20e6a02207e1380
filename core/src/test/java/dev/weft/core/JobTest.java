package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  private double pass(double value) {
    begun.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return value + 1;
  }

  private static void waitInVain(Job job) {
    assertThat(job.isDone()).isFalse();
    // A copy of each chunk for the user's code, and the code itself.
    assertThat(job.progress().tasks()).isEqualTo(4);
    assertThat(job.progress().fraction()).isLessThan(1);
    assertThatThrownBy(() -> job.await(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageMatching(
            "the job has not ended within PT0.001S: [0-3] of 4 tasks done; wait longer, or cancel it");
  }

  @Test
  void aJobTellsHowFarItIsAndIsWaitedForSoLong() throws Exception {
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26);
    try (Session session = Session.open(config)) {
      NDArray x = session.array(new double[] {1, 1, 1, 1, 1, 1, 1, 1}).rechunk(4).map(this::pass);
      Job job = session.start(List.of(x));
      begun.await();
      try {
        waitInVain(job);
      } finally {
        open.countDown();
      }
      HostArray result = job.await(Duration.ofMinutes(1)).getFirst();
      assertThat(result.toDoubleArray()).containsOnly(2);
      assertThat(job.isDone()).isTrue();
      assertThat(job.progress().fraction()).isOne();
      assertThat(job.await().getFirst()).isSameAs(result);
    }
  }
}
