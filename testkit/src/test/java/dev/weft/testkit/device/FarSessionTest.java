package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs on the host and a device that it cannot reach. */
@Timeout(600)
final class FarSessionTest {
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);

  private final Map<String, Integer> tasks = new ConcurrentHashMap<>();
  private final Map<String, Integer> copies = new ConcurrentHashMap<>();

  private Session open(boolean hostKernels) {
    SessionConfig config =
        SessionConfig.defaults()
            .withListener(
                event -> {
                  if (event instanceof JobEvent.TaskStarted task) {
                    tasks.merge(task.device(), task.tasks(), Integer::sum);
                    assertThat(task.placement()).isNotNull();
                  } else if (event instanceof JobEvent.CopyFinished copy) {
                    assertThat(copy.failure()).isNull();
                    copies.merge(copy.from() + " to " + copy.to(), 1, Integer::sum);
                  }
                });
    EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
    return Session.open(
        config,
        new DeviceGroup(
            new ReferenceDevice(1 << 28), hostKernels, List.of(far), (host, device) -> EQUAL));
  }

  private static double sumOfRoots(Session session) {
    double[] numbers = new double[10_000];
    Arrays.setAll(numbers, i -> i);
    NDArray x = session.array(numbers).rechunk(100);
    Arrays.setAll(numbers, i -> 2 * i);
    NDArray y = session.array(numbers).rechunk(100);
    return x.multiply(x).add(y.multiply(y)).sqrt().sum().toDouble();
  }

  /** The square root of x squared and (2 x) squared is x times the square root of five. */
  private static final double SUM = Math.sqrt(5) * (9999 * 10_000L / 2);

  @Test
  void bothDevicesWork() {
    try (Session session = open(true)) {
      assertThat(sumOfRoots(session)).isCloseTo(SUM, Offset.offset(1e-5));
      assertThat(tasks).containsOnlyKeys("reference", "far:0");
      assertThat(copies).containsOnlyKeys("reference to far:0", "far:0 to reference");
      assertThat(session.memory().live()).isZero();
    }
  }

  @Test
  void theHostDoesHostWorkOnlyWhereItIsToldTo() {
    try (Session session = open(false)) {
      assertThat(sumOfRoots(session)).isCloseTo(SUM, Offset.offset(1e-5));
      assertThat(tasks.get("far:0")).isGreaterThanOrEqualTo(100);
      try (HostArray mapped =
          session.arange(100).rechunk(7).add(0.5).map(x -> 2 * x).multiply(3.0).compute()) {
        assertThat(mapped.getDouble(50)).isEqualTo(303);
      }
      assertThat(session.memory().live()).isZero();
    }
  }
}
