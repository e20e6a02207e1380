package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.ArrayLostException;
import dev.weft.core.error.JobFailedException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays that stay on the device that made them. */
@Timeout(600)
final class FarPersistTest {
  private static final int SIZE = 1000;
  private static final int CHUNKS = 20;
  private static final long BYTES = SIZE * Double.BYTES;

  /** The far device is the better one by far, its link included. */
  private static final RateSource RATES =
      (host, device) ->
          device == host
              ? new Rates(0.001, 0.001, 1, 1, 1e5, 0)
              : new Rates(1, 1, 1000, 1000, 10, 10);

  private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();
  private final ReferenceDevice host = new ReferenceDevice(1 << 28);
  private EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));

  private Session open(FarDevice device) {
    return open(device, true);
  }

  private Session open(FarDevice device, boolean hostKernels) {
    EventListener listener = events::add;
    return Session.open(
        SessionConfig.defaults().withListener(listener).withKeepCopies(false),
        new DeviceGroup(host, hostKernels, List.of(device), RATES));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(far.memory().live()).isZero();
    assertThat(host.memory().live()).isZero();
  }

  private static NDArray numbers(Session session) {
    double[] numbers = new double[SIZE];
    Arrays.setAll(numbers, i -> i);
    return session.array(HostArray.of(numbers).asSource(), ChunkSpec.of(SIZE / CHUNKS));
  }

  private static void assertRoots(NDArray array) {
    try (HostArray values = array.compute()) {
      for (int i = 0; i < SIZE; i++) {
        assertThat(values.getDouble(i)).isEqualTo(Math.sqrt(i));
      }
    }
  }

  private long copiesIn() {
    return events.stream().filter(e -> e instanceof JobEvent.CopyStarted c && !c.toHost()).count();
  }

  private long copiesOut() {
    return events.stream().filter(e -> e instanceof JobEvent.CopyStarted c && c.toHost()).count();
  }

  private long begun(String device) {
    return events.stream()
        .mapToLong(
            e ->
                e instanceof JobEvent.TaskStarted task && task.device().equals(device)
                    ? task.tasks()
                    : 0)
        .sum();
  }

  @Test
  void chunksStayWhereTheyWereMadeAndAreFoundThere() {
    try (Session session = open(far)) {
      NDArray roots = numbers(session).sqrt().on("far:0").persist();
      assertThat(begun("far:0")).isEqualTo(CHUNKS);
      assertThat(copiesOut()).isZero();
      assertThat(far.memory().live()).isGreaterThanOrEqualTo(BYTES);
      long held = far.memory().live();
      events.clear();
      assertThat(roots.multiply(roots).on("far:0").sum().toDouble())
          .isCloseTo(SIZE * (SIZE - 1) / 2.0, within());
      assertThat(copiesIn()).isZero();
      assertThat(begun("far:0")).isEqualTo(CHUNKS);
      assertThat(far.memory().live()).isEqualTo(held);
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void theHostGetsACopyWhenItAsksForOne() {
    try (Session session = open(far)) {
      NDArray roots = numbers(session).sqrt().on("far:0").persist();
      long held = far.memory().live();
      events.clear();
      assertRoots(roots);
      assertThat(copiesIn()).isZero();
      assertThat(copiesOut()).isEqualTo(CHUNKS);
      events.clear();
      // Two readers on the host share one copy of each chunk.
      double sum = roots.map(x -> x * x).add(roots.map(x -> x + 0)).sum().toDouble();
      double expected = 0;
      for (int i = 0; i < SIZE; i++) {
        expected += Math.sqrt(i) * Math.sqrt(i) + Math.sqrt(i);
      }
      assertThat(sum).isCloseTo(expected, within());
      long ofRoots =
          events.stream()
              .filter(e -> e instanceof JobEvent.CopyStarted c && c.toHost() && c.array() == 0)
              .count();
      assertThat(ofRoots).isLessThanOrEqualTo(CHUNKS);
      assertThat(far.memory().live()).isEqualTo(held);
    }
  }

  @Test
  void oneArrayMayLieOnBothDevices() {
    try (Session session = open(far)) {
      NDArray left = numbers(session).slice(":500").sqrt().on("far:0");
      NDArray right = numbers(session).slice("500:").sqrt().on("reference");
      NDArray roots = session.concatenate(0, left, right).persist();
      assertRoots(roots);
      assertRoots(roots.slice("::-1").slice("::-1").rechunk(130));
      assertRoots(roots.reshape(10, 100).reshape(SIZE));
      NDArray again = roots.add(0.0).persist();
      assertRoots(again.persist());
    }
  }

  @Test
  void whatNeedsOnePieceIsKeptOnTheHost() {
    try (Session session = open(far)) {
      NDArray sums = numbers(session).on("far:0").cumsum(0).on("far:0").reshape(10, 100).persist();
      assertThat(begun("far:0")).isPositive();
      assertThat(far.memory().live()).isZero();
      assertThat(sums.slice("3, 7").toDouble()).isEqualTo(307 * 308 / 2);
    }
  }

  @Test
  void memoryComesBackWhenNobodyKnowsTheArray() throws InterruptedException {
    try (Session session = open(far)) {
      double sum = numbers(session).sqrt().on("far:0").persist().on("far:0").sum().toDouble();
      assertThat(sum).isPositive();
      for (int i = 0; i < 1000 && far.memory().live() > 0; i++) {
        // Events of planning name the arrays that a job reads.
        events.clear();
        System.gc();
        Thread.sleep(10);
      }
      assertThat(far.memory().live()).isZero();
    }
  }

  @Test
  void reductionsAndEmptyArraysCanBePersisted() {
    try (Session session = open(far, false)) {
      NDArray sum = numbers(session).add(1.0).sum().persist();
      assertThat(sum.add(0.0).toDouble()).isEqualTo(SIZE * (SIZE + 1) / 2.0);
      NDArray none = numbers(session).slice(":0").add(1.0).persist();
      assertThat(none.add(1.0).sum().toDouble()).isZero();
      NDArray rows = numbers(session).reshape(20, 50).rechunk(5, 50).add(1.0).sum(1).persist();
      assertThat(rows.slice("3").toDouble()).isEqualTo(50 * 151 + 49 * 50 / 2.0);
    }
  }

  @Test
  void moreThanTheDeviceHoldsGoesToTheHost() {
    far.close();
    far = new EmulatedFarDevice("far:0", new ReferenceDevice(BYTES / 2));
    try (Session session = open(far)) {
      NDArray roots = numbers(session).sqrt().on("far:0").persist();
      assertThat(host.memory().live()).isPositive();
      assertThat(far.memory().live()).isBetween(BYTES / CHUNKS, BYTES / 2);
      assertRoots(roots);
    }
  }

  @Test
  void anArrayOnALostDeviceIsNamedWithItsDevice() {
    // Memory for a chunk, its copy, memory for the root, a launch: the first job makes four calls
    // for each chunk, and some to compile.
    FaultPlan plan = new FaultPlan(Kind.LOSS, 4 * CHUNKS + 15, true);
    try (Session session = open(new FaultyDevice(far, plan))) {
      NDArray roots = numbers(session).sqrt().on("far:0").persist();
      assertThat(far.memory().live()).isPositive();
      int attempt = 0;
      while (!plan.isReached()) {
        assertThat(attempt++).as("a call must meet the loss").isLessThan(100);
        try {
          roots.add(1.0).on("far:0").sum().toDouble();
        } catch (JobFailedException e) {
          assertThat(e).hasCauseInstanceOf(ArrayLostException.class);
          assertThat(e.getMessage())
              .contains(
                  "the array 'persisted sqrt', float64 (1000,) was kept on far:0, which is lost");
        }
      }
      assertThatThrownBy(() -> roots.add(1.0).sum().toDouble())
          .isInstanceOf(ArrayLostException.class)
          .hasMessageStartingWith(
              "the array 'persisted sqrt', float64 (1000,) was kept on far:0, which is lost (far:0: an injected loss")
          .hasMessageEndingWith(
              "Make it again from what it was made of; with compute() instead of persist() it stays on the host");
      NDArray made = numbers(session).sqrt().persist();
      assertRoots(made);
    }
  }

  /** Every call fails in turn while an array is persisted and while it is read. */
  @Test
  void faultsLeaveTheRightArrayOrOneClearErrorAndNothingElse() {
    int lost = 0;
    int right = 0;
    for (Kind kind : Kind.values()) {
      for (boolean forGood : new boolean[] {false, true}) {
        boolean reached = true;
        for (int call = 1; reached; call++) {
          FaultPlan plan = new FaultPlan(kind, call, forGood);
          far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
          ReferenceDevice near = new ReferenceDevice(1 << 28);
          DeviceGroup group =
              new DeviceGroup(near, true, List.of(new FaultyDevice(far, plan)), RATES);
          try (Session session = Session.open(SessionConfig.defaults(), group)) {
            NDArray x = session.array(new double[] {1, 4, 9, 16, 25, 36}).rechunk(2);
            try {
              NDArray roots = x.sqrt().persist();
              try (HostArray values = roots.add(1.0).compute()) {
                assertThat(values.toDoubleArray()).containsExactly(2, 3, 4, 5, 6, 7);
              }
              right++;
            } catch (ArrayLostException | JobFailedException e) {
              assertThat(e.getMessage()).as("%s %d", plan, call).contains("was kept on far:0");
              lost++;
            }
          }
          assertThat(far.memory().live()).as("%s %d", plan, call).isZero();
          assertThat(near.memory().live()).as("%s %d", plan, call).isZero();
          reached = plan.isReached();
        }
      }
    }
    System.out.println("persisted arrays under faults: " + right + " right, " + lost + " lost");
    assertThat(lost).isPositive();
    assertThat(right).isGreaterThan(50);
  }
}
