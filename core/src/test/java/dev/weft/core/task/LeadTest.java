package dev.weft.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeadTest {
  private final AtomicBoolean working = new AtomicBoolean(true);
  private final Lead lead = new Lead(100, Duration.ofHours(1), working::get);

  @Test
  void whoIsFarAheadWaitsUntilSomethingWasRead() throws InterruptedException {
    lead.came(80, true);
    AtomicBoolean read = new AtomicBoolean();
    AtomicBoolean readBefore = new AtomicBoolean();
    CountDownLatch passed = new CountDownLatch(1);
    Thread maker =
        Thread.ofVirtual()
            .start(
                () -> {
                  lead.came(50, true);
                  readBefore.set(read.get());
                  passed.countDown();
                });
    assertThat(passed.await(200, TimeUnit.MILLISECONDS)).isFalse();
    read.set(true);
    lead.gone(80);
    maker.join();
    assertThat(readBefore).isTrue();
  }

  @Test
  void whereNothingRunsNobodyWouldMakeRoom() {
    working.set(false);
    lead.came(1000, true);
    lead.came(1000, true);
  }

  @Test
  void whoMustNotWaitAndWhoBringsNothingPass() {
    lead.came(101, false);
    lead.came(0, true);
  }

  @Test
  void aTaskThatWaitsForTheArrayItselfStopsItForAMomentOnly() {
    Lead hurried = new Lead(100, Duration.ofMillis(1), working::get);
    hurried.came(101, true);
    hurried.came(1, true);
  }
}
