package dev.weft.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.reference.ReferenceDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  /** Two measurements are within 10 % of each other, as each is within 5 % of the truth. */
  @Test
  void findsTheSameOnABusyMachine() {
    Rates truth = new Rates(0.4, 1.6, 0.2, 0.1, 3000, 5000);
    for (int seed = 1; seed <= 5; seed++) {
      try (ReferenceDevice host = new ReferenceDevice(MEMORY);
          PacedDevice device = new PacedDevice(truth, MEMORY, 0).disturbed(seed)) {
        Rates found = new RateMeasurement(device).rates(host, device);
        assertThat(found.memory()).isCloseTo(truth.memory(), withinPercentage(5));
        assertThat(found.arithmetic()).isCloseTo(truth.arithmetic(), withinPercentage(5));
        assertThat(found.in()).isCloseTo(truth.in(), withinPercentage(5));
        assertThat(found.out()).isCloseTo(truth.out(), withinPercentage(5));
      }
    }
  }

  @Test
  void waitsForTheCodeThatWillRun() {
    Rates truth = new Rates(0.4, 1.6, 0.2, 0.1, 3000, 5000);
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(truth, MEMORY, 0).coldFor(200)) {
      Rates found = new RateMeasurement(device).rates(host, device);
      assertThat(found.memory()).isCloseTo(truth.memory(), withinPercentage(1));
      assertThat(found.arithmetic()).isCloseTo(truth.arithmetic(), withinPercentage(1));
      assertThat(found.spread().isSure()).isTrue();
      Rates never = new RateMeasurement(device.coldFor(1 << 30)).rates(host, device);
      assertThat(never.spread().isSure()).isFalse();
    }
  }

  @Test
  void saysHowSureItIs() {
    Rates truth = new Rates(0.4, 1.6, 0.2, 0.1, 3000, 5000);
    try (ReferenceDevice host = new ReferenceDevice(MEMORY);
        PacedDevice device = new PacedDevice(truth, MEMORY, 0)) {
      Rates.Spread calm = new RateMeasurement(device).rates(host, device).spread();
      assertThat(calm.memory()).isLessThan(0.001);
      Rates.Spread busy = new RateMeasurement(device.disturbed(1)).rates(host, device).spread();
      assertThat(List.of(busy.memory(), busy.arithmetic(), busy.in(), busy.out()))
          .allSatisfy(spread -> assertThat(spread).isBetween(0.001, 1.2));
    }
  }

  @Test
  void whatIsDoneInNoTimeIsDoneSeveralTimes() {
    List<Integer> times = new ArrayList<>();
    // A nanosecond for each unit, and 50 to begin with.
    RepeatedRate rate =
        new RepeatedRate(
            10,
            1000,
            50,
            10_000,
            (amount, atOnce) -> {
              times.add(atOnce);
              return 50 + amount * atOnce;
            });
    for (int i = 0; i < 20; i++) {
      rate.step();
    }
    assertThat(times).startsWith(1, 1, 1, 1, 1, 2, 4, 8, 16).endsWith(16, 16, 16);
    assertThat(rate.value()).isEqualTo(1);
    assertThat(rate.spread()).isZero();
  }

  @Test
  void theMedianOfTheBestThirdCounts() {
    int[] next = {0};
    double[] took = {10, 100, 20, 40, 100, 100, 20, 100, 25};
    RepeatedRate rate = new RepeatedRate(100, 100, 0, 0, (a, n) -> (long) took[next[0]++]);
    for (int i = 0; i < took.length; i++) {
      rate.step();
    }
    // 10, 5 and 5 are the best three of nine.
    assertThat(rate.value()).isEqualTo(5);
    assertThat(rate.spread()).isEqualTo(1);
  }

  @Test
  void cachesOfCoresThatShareThemCountOnce(@TempDir Path cores) throws IOException {
    cache(cores, 0, 2, "512K", "0");
    cache(cores, 0, 3, "32768K", "0-1");
    cache(cores, 1, 3, "32768K", "0-1");
    cache(cores, 2, 3, "16M", "2");
    assertThat(SharedCaches.bytes(cores)).isEqualTo(48 << 20);
    assertThat(SharedCaches.bytes(cores.resolve("absent"))).isZero();
  }

  private static void cache(Path cores, int core, int index, String size, String shared)
      throws IOException {
    Path folder = Files.createDirectories(cores.resolve("cpu" + core + "/cache/index" + index));
    Files.writeString(folder.resolve("size"), size + "\n");
    Files.writeString(folder.resolve("shared_cpu_list"), shared + "\n");
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
