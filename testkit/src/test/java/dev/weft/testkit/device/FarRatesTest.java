package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.place.RateMeasurement;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that the host cannot reach is measured. */
@Timeout(300)
final class FarRatesTest {
  @Test
  void isMeasuredThroughItsInterfaceAlone() {
    try (ReferenceDevice host = new ReferenceDevice(1 << 24);
        EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 24))) {
      Rates rates = new RateMeasurement().rates(host, far);
      assertThat(rates.memory()).isPositive().isFinite();
      assertThat(rates.in()).isPositive().isFinite();
      assertThat(rates.out()).isPositive().isFinite();
      assertThat(rates.copyNanos()).isPositive();
      assertThat(far.memory().live()).isZero();
      assertThat(host.memory().live()).isZero();
    }
  }
}
