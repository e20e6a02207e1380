package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.FarDevice;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.device.FaultPlan.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays that were asked for on a device, in sessions on the host and one it cannot reach. */
@Timeout(600)
final class FarHintsTest {
  /** The host is a hundred times faster: little goes to the far device by itself. */
  private static final RateSource RATES =
      (host, device) ->
          device == host
              ? new Rates(1, 1, 1000, 1000, 100, 0)
              : new Rates(0.01, 0.01, 0.01, 0.01, 1e6, 1e6);

  private static final int CHUNKS = 20;

  private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();

  private Session open(FarDevice far) {
    EventListener listener = events::add;
    return Session.open(
        SessionConfig.defaults().withListener(listener),
        new DeviceGroup(new ReferenceDevice(1 << 28), true, List.of(far), RATES));
  }

  private static EmulatedFarDevice far() {
    return new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
  }

  private static NDArray roots(Session session) {
    double[] numbers = new double[1000];
    Arrays.setAll(numbers, i -> i);
    return session.array(numbers).rechunk(1000 / CHUNKS).sqrt();
  }

  private static void assertRoots(NDArray array) {
    try (HostArray values = array.compute()) {
      for (int i = 0; i < 1000; i++) {
        assertThat(values.getDouble(i)).isEqualTo(Math.sqrt(i));
      }
    }
  }

  private long begun(String device) {
    return events.stream()
        .mapToLong(
            event ->
                event instanceof JobEvent.TaskStarted task && task.device().equals(device)
                    ? task.tasks()
                    : 0)
        .sum();
  }

  private List<String> reasons() {
    return events.stream()
        .filter(JobEvent.TaskStarted.class::isInstance)
        .map(event -> String.valueOf(((JobEvent.TaskStarted) event).placement()))
        .toList();
  }

  @Test
  void everyTaskRunsWhereItWasAskedFor() {
    try (Session session = open(far())) {
      assertRoots(roots(session));
      assertThat(begun("far:0")).isLessThan(CHUNKS);
      events.clear();
      assertRoots(roots(session).on("far:0"));
      assertThat(begun("far:0")).isEqualTo(CHUNKS);
      assertThat(begun("reference")).isZero();
      assertThat(reasons()).allMatch(reason -> reason.startsWith("far:0: asked for, "));
      events.clear();
      assertRoots(roots(session).on("reference"));
      assertThat(begun("reference")).isEqualTo(CHUNKS);
    }
  }

  @Test
  void aDeviceThatIsNotThereIsNamedInTheReason() {
    try (Session session = open(far())) {
      NDArray asked = roots(session).on("cuda:1");
      assertRoots(asked);
      assertThat(reasons())
          .isNotEmpty()
          .allMatch(reason -> reason.endsWith("; asked for on cuda:1, which is not in use"));
      assertThat(begun("reference") + begun("far:0")).isEqualTo(CHUNKS);
      assertThat(asked.explain())
          .contains("= on cuda:1 e", "    asked for on cuda:1\n")
          .contains("reference (asked for on cuda:1, which is not in use): ");
      assertThat(roots(session).on("far").explain()).contains("far:0, asked for: ");
    }
  }

  @Test
  void aLossHalfWayChangesNoResult() {
    for (int call = 1; call < 3 * CHUNKS; call += 7) {
      events.clear();
      EmulatedFarDevice far = far();
      FaultPlan plan = new FaultPlan(Kind.LOSS, call, true);
      try (Session session = open(new FaultyDevice(far, plan))) {
        assertRoots(roots(session).on("far:0"));
        assertThat(plan.isReached()).isTrue();
        assertThat(begun("reference")).isPositive();
        assertThat(reasons()).anyMatch(r -> r.endsWith("; asked for on far:0, which is lost"));
        events.clear();
        assertRoots(roots(session).on("far:0"));
        assertThat(begun("far:0")).isZero();
        assertThat(far.memory().live()).isZero();
      }
    }
  }

  @Test
  void whatTheDeviceRefusesIsDoneElsewhere() {
    for (Kind kind : List.of(Kind.ALLOCATE, Kind.COMPILE, Kind.LAUNCH, Kind.COPY_IN)) {
      events.clear();
      try (Session session = open(new FaultyDevice(far(), new FaultPlan(kind, 1, true)))) {
        assertRoots(roots(session).on("far:0"));
        assertThat(begun("reference")).as("%s", kind).isEqualTo(CHUNKS);
        assertThat(reasons())
            .anyMatch(r -> r.endsWith("; asked for on far:0, which has refused it"));
      }
    }
  }

  @Test
  void oneDeviceAloneIsAskedForNothing() {
    try (Session session = Session.open(SessionConfig.defaults(), new ReferenceDevice(1 << 28))) {
      NDArray plain = roots(session).sin();
      NDArray asked = roots(session).on("far:0").sin().on("far:1");
      assertThat(asked.explain())
          .contains(
              "stages (1)", "only device of this session, whatever was asked for: far:0, far:1");
      assertThat(plain.explain()).contains("stages (1)", "only device of this session\n");
      try (HostArray expected = plain.compute();
          HostArray values = asked.compute()) {
        assertThat(values.toDoubleArray()).isEqualTo(expected.toDoubleArray());
      }
    }
  }
}
