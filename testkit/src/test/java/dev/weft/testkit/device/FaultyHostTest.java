package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.WeftException;
import dev.weft.core.reference.ReferenceDevice;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that has no memory though its account says that it has. */
@Timeout(600)
final class FaultyHostTest {
  @Test
  void aHostThatRefusesForGoodEndsTheJob() {
    AtomicInteger calls = new AtomicInteger();
    FaultyHost host =
        new FaultyHost(
            new ReferenceDevice(1 << 26),
            () ->
                calls.incrementAndGet() == 1
                    ? null
                    : new DeviceMemoryException("the memory is gone"));
    try (Session session = Session.open(SessionConfig.defaults(), host)) {
      assertThatThrownBy(() -> session.arange(1000).rechunk(100).sum().toDouble())
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("the memory is gone");
      assertThat(session.memory().live()).isZero();
    }
  }
}
