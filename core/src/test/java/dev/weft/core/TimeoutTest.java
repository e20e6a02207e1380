package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.JobTimeoutException;
import dev.weft.core.error.UsageException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class TimeoutTest {
  private static final SessionConfig CONFIG =
      SessionConfig.defaults().withDevice("reference").withThreads(2);

  private static Session open(Duration timeout) {
    return Session.open(CONFIG.withTimeout(timeout));
  }

  /** Would take a day. */
  private static NDArray endless(Session session) {
    return session
        .arange(100_000)
        .rechunk(1)
        .mapChunks(DType.FLOAT64, (region, inputs, output) -> Thread.sleep(1000));
  }

  @Test
  void aJobThatLastsLongerIsStoppedAndSaysSo() {
    try (Session session = open(Duration.ofMillis(1500))) {
      assertThatThrownBy(() -> endless(session).sum().compute())
          .isInstanceOf(JobTimeoutException.class)
          .hasMessage(
              "the job was stopped: it has not ended within its timeout of 1.5s. Give it more time, or compute less");
      assertThat(session.memory().live()).isZero();
      assertThat(session.arange(10).sum().toDouble()).as("each has its own time").isEqualTo(45);
    }
  }

  @Test
  void callsAreInterrupted() {
    try (Session session = open(Duration.ofMillis(100))) {
      CountDownLatch never = new CountDownLatch(1);
      assertThatThrownBy(
              () ->
                  session
                      .delayed(
                          () -> {
                            never.await();
                            return 1;
                          })
                      .compute())
          .isInstanceOf(JobTimeoutException.class)
          .hasMessageContaining("0.1s");
      assertThat(session.delayed(() -> 2).compute()).isEqualTo(2);
    }
  }

  @Test
  void aJobThatEndsInTimeIsNotStopped() {
    try (Session session = open(Duration.ofDays(300 * 365L))) {
      assertThat(session.arange(10).sum().toDouble()).isEqualTo(45);
    }
  }

  @Test
  void aTimeoutIsPositive() {
    assertThatThrownBy(() -> CONFIG.withTimeout(Duration.ZERO))
        .isInstanceOf(UsageException.class)
        .hasMessage("the timeout is PT0S; give a positive time");
  }
}
