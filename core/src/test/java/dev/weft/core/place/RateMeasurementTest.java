package dev.weft.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.reference.ReferenceDevice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices of known rates are measured, by their own clocks: no other program can disturb them. */
@Timeout(300)
class RateMeasurementTest {
  private static final long MEMORY = 64 << 20;

  @Test
  void findsTheRatesOfADevice() {
    Rates truth = new Rates(0.4, 1.6, 0.2, 0.1, 300_000, 500_000);
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(truth, MEMORY, 0)) {
      Rates found = new RateMeasurement(device).rates(host, device);
      assertThat(found.memory()).isCloseTo(truth.memory(), withinPercentage(1));
      assertThat(found.arithmetic()).isCloseTo(truth.arithmetic(), withinPercentage(1));
      assertThat(found.in()).isCloseTo(truth.in(), withinPercentage(1));
      assertThat(found.out()).isCloseTo(truth.out(), withinPercentage(1));
      assertThat(found.launchNanos()).isCloseTo(300_000, withinPercentage(1));
      assertThat(found.copyNanos()).isCloseTo(500_000, withinPercentage(1));
      assertThat(device.memory().live()).isZero();
      assertThat(host.memory().live()).isZero();
    }
  }

  @Test
  void arithmeticOfAFastDeviceIsNotMistakenForItsMemory() {
    // With few operations memory is the limit: 67 for 16 bytes are 1.7 at most.
    Rates truth = new Rates(0.4, 4, 1, 1, 100_000, 0);
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(truth, MEMORY, 0)) {
      Rates found = new RateMeasurement(device).rates(host, device);
      assertThat(found.arithmetic()).isCloseTo(truth.arithmetic(), withinPercentage(1));
    }
  }

  @Test
  void measuresTheHostItselfWithoutALink() {
    try (ReferenceDevice host = new ReferenceDevice(MEMORY)) {
      Rates found = new RateMeasurement().rates(host, host);
      assertThat(found.memory()).isPositive().isFinite();
      assertThat(found.arithmetic()).isPositive().isFinite();
      assertThat(found.copyNanos()).isZero();
      assertThat(host.memory().live()).isZero();
    }
  }

  @Test
  void aDeviceThatComputesSomethingElseHasNoRates() {
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(new Rates(1, 1, 1, 1, 0, 0), MEMORY, 0.5)) {
      assertThatThrownBy(() -> new RateMeasurement(device).rates(host, device))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("measure the rates of paced: 1.0 + 2.5 became 4.0 at element 0");
      assertThat(device.memory().live()).isZero();
    }
  }

  @Test
  void aFullDeviceIsToldWithoutLeaks() {
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(new Rates(1, 1, 1, 1, 0, 0), 100_000, 0)) {
      assertThatThrownBy(() -> new RateMeasurement(device).rates(host, device))
          .isInstanceOf(DeviceMemoryException.class);
      assertThat(device.memory().live()).isZero();
      assertThat(device.launches).hasValue(0);
    }
  }

  @Test
  void theLongestKernelHasTheOperationsThatItIsPricedFor() {
    for (int steps : List.of(1, 2, 16, 64)) {
      assertThat(RateKernels.additions(RateKernels.arithmetic(steps))).isEqualTo(4 * steps + 3);
    }
  }
}
