package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Measured rates are used whatever devices a session was asked for. */
class MeasuredRatesTest {
  private static final Rates RATES = new Rates(123, 45, 6, 7, 1000, 1000);

  private final List<String> asked = new ArrayList<>();
  private final RateSource source =
      (host, device) -> {
        asked.add(device.info().name());
        return RATES;
      };

  /** As with {@code --device cuda}. */
  @Test
  void alsoWhereOneDeviceRunsAllKernels() {
    EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 26));
    DeviceGroup group = new DeviceGroup(new ReferenceDevice(1 << 26), false, List.of(far), source);
    try (Session session = Session.open(SessionConfig.defaults(), group)) {
      assertThat(session.explain(List.of(session.array(new double[100]).sin())))
          .contains("memory 123 GB/s, arithmetic 45.0 G/s", "link 6.0 GB/s in, 7.0 GB/s out");
      assertThat(session.measuredRates()).isEqualTo(Map.of("far:0", RATES));
    }
    assertThat(asked).contains("far:0", "reference");
  }

  /** There is nothing to choose, and a program that computes little shall not wait for it. */
  @Test
  void aHostAloneIsMeasuredOnlyOnDemand() {
    DeviceGroup group = DeviceGroup.of(List.of(new ReferenceDevice(1 << 26)), source);
    try (Session session = Session.open(SessionConfig.defaults(), group)) {
      session.array(new double[100]).sin().compute().close();
      assertThat(asked).isEmpty();
      assertThat(session.measuredRates()).isEqualTo(Map.of("reference", RATES));
      assertThat(asked).containsExactly("reference");
    }
  }
}
