package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.FarDevice;
import dev.weft.core.dtype.DType;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.testkit.device.FaultPlan.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of inputs that a device keeps from job to job. */
@Timeout(300)
final class FarCopiesTest {
  private static final int SIZE = 1000;
  private static final int CHUNKS = 20;
  private static final long BYTES = SIZE * Double.BYTES;

  /** The far device is the better one by far, its link included. */
  private static final RateSource FAST =
      (host, device) ->
          device == host
              ? new Rates(0.001, 0.001, 1, 1, 1e5, 0)
              : new Rates(1, 1, 1000, 1000, 10, 10);

  /** The far device is the better one for what is there, and the host for what is not. */
  private static final RateSource SLOW_LINK =
      (host, device) ->
          device == host ? new Rates(1, 1, 1, 1, 10, 0) : new Rates(100, 100, 1e-4, 1000, 10, 10);

  private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();
  private final ReferenceDevice host = new ReferenceDevice(1 << 28);
  private EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));

  private Session open(FarDevice device, RateSource rates) {
    EventListener listener = events::add;
    return Session.open(
        SessionConfig.defaults().withListener(listener),
        new DeviceGroup(host, true, List.of(device), rates));
  }

  private Session open() {
    return open(far, FAST);
  }

  private Session openSmall(long bytes) {
    far.close();
    far = new EmulatedFarDevice("far:0", new ReferenceDevice(bytes));
    return open();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(far.memory().live()).isZero();
    assertThat(host.memory().live()).isZero();
  }

  private static HostArray numbers(double first) {
    double[] numbers = new double[SIZE];
    Arrays.setAll(numbers, i -> first + i);
    return HostArray.of(numbers);
  }

  private static NDArray array(Session session, HostArray values) {
    return session.array(values.asSource(), ChunkSpec.of(SIZE / CHUNKS));
  }

  private static double expected(double first) {
    return SIZE * first + SIZE * (SIZE - 1) / 2.0;
  }

  private static void assertSum(NDArray array, double first) {
    assertThat(array.on("far:0").sum().toDouble()).isEqualTo(expected(first));
  }

  private long copiesIn() {
    return events.stream().filter(e -> e instanceof JobEvent.CopyStarted c && !c.toHost()).count();
  }

  private long found() {
    return events.stream()
        .filter(e -> e instanceof JobEvent.CopyFound c && c.device().equals("far:0"))
        .count();
  }

  private long begunFar() {
    return events.stream()
        .mapToLong(
            e -> e instanceof JobEvent.TaskStarted t && t.device().equals("far:0") ? t.tasks() : 0)
        .sum();
  }

  @Test
  void theSecondJobOverTheSameInputsCopiesNothing() {
    try (Session session = open();
        HostArray values = numbers(0)) {
      assertSum(array(session, values), 0);
      assertThat(copiesIn()).isEqualTo(CHUNKS);
      assertThat(found()).isZero();
      events.clear();
      assertSum(array(session, values), 0);
      assertThat(copiesIn()).isZero();
      assertThat(found()).isEqualTo(CHUNKS);
      assertThat(begunFar()).isEqualTo(CHUNKS);
      assertThat(session.memory().live()).isZero();
      assertThat(session.memory().pooled()).isGreaterThanOrEqualTo(BYTES);
      events.clear();
      double roots = array(session, values).sqrt().on("far:0").sum().toDouble();
      assertThat(roots).isPositive();
      assertThat(copiesIn()).isZero();
      assertThat(session.explain(List.of(array(session, values).add(1.0))))
          .contains("copies of inputs " + "7.8 KiB");
    }
  }

  @Test
  void aResultOfAJobIsAnInputOfTheNext() {
    try (Session session = open();
        HostArray values = session.arange(20_000).add(0.0).compute()) {
      for (int job = 0; job < 2; job++) {
        events.clear();
        NDArray all = session.array(values.asSource(), ChunkSpec.of(1000));
        assertThat(all.on("far:0").sum().toDouble()).isEqualTo(20_000 * 19_999 / 2.0);
      }
      assertThat(copiesIn()).isZero();
    }
  }

  @Test
  void memoryOfTheCallersIsCopiedAnewEachTime() {
    try (Session session = open();
        Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(BYTES, 64);
      for (int job = 0; job < 3; job++) {
        for (int i = 0; i < SIZE; i++) {
          memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, job + i);
        }
        events.clear();
        assertSum(array(session, HostArray.wrap(memory, DType.FLOAT64, Shape.of(SIZE))), job);
        assertThat(copiesIn()).isEqualTo(CHUNKS);
      }
      assertThat(session.memory().pooled()).isZero();
    }
  }

  @Test
  void whoAsksForTheElementsCanChangeThem() {
    try (Session session = open();
        HostArray values = numbers(0);
        HostArray filled = HostArray.allocate(DType.FLOAT64, Shape.of(SIZE))) {
      assertSum(array(session, values), 0);
      MemorySegment memory = values.segment();
      for (int i = 0; i < SIZE; i++) {
        memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, 7 + i);
      }
      events.clear();
      assertSum(array(session, values), 7);
      assertThat(copiesIn()).isEqualTo(CHUNKS);
      filled.segment().copyFrom(memory);
      assertSum(array(session, filled), 7);
      assertThat(filled.freeze().segment().isReadOnly()).isTrue();
      assertSum(array(session, filled), 7);
      events.clear();
      assertSum(array(session, filled), 7);
      assertThat(copiesIn()).isZero();
    }
  }

  @Test
  void arraysThatWereReadLongestAgoGoFirst() {
    // Half of the memory has room for two arrays and a bit.
    try (Session session = openSmall(5 * BYTES);
        HostArray a = numbers(0);
        HostArray b = numbers(1);
        HostArray c = numbers(2)) {
      assertSum(array(session, a), 0);
      assertSum(array(session, b), 1);
      assertSum(array(session, a), 0);
      assertSum(array(session, c), 2);
      events.clear();
      assertSum(array(session, a), 0);
      assertSum(array(session, c), 2);
      assertThat(copiesIn()).isZero();
      assertSum(array(session, b), 1);
      assertThat(copiesIn()).isPositive();
    }
  }

  @Test
  void ofWhatIsLargerThanTheShareAPartStays() {
    try (Session session = openSmall(BYTES);
        HostArray values = numbers(0)) {
      assertSum(array(session, values), 0);
      for (int job = 0; job < 3; job++) {
        events.clear();
        assertSum(array(session, values), 0);
        assertThat(found()).isEqualTo(CHUNKS / 2);
        assertThat(copiesIn()).isEqualTo(CHUNKS / 2);
      }
    }
  }

  /** What has room without copies of others has room with them, and nothing is refused for them. */
  @Test
  void copiesGiveWayToWhateverNeedsTheRoom() {
    try (Session session = openSmall(3 * BYTES);
        HostArray values = numbers(0)) {
      assertSum(array(session, values), 0);
      assertThat(session.memory().pooled()).isGreaterThanOrEqualTo(BYTES);
      events.clear();
      // One chunk, its copy and its result fill the memory but for a little.
      NDArray large = session.array(doubles(11 * SIZE / 8)).rechunk(11 * SIZE / 8);
      try (HostArray all = large.add(1.0).on("far:0").compute()) {
        assertThat(all.getDouble(SIZE)).isEqualTo(SIZE + 1);
      }
      assertThat(begunFar()).isEqualTo(1);
      assertThat(events).noneMatch(e -> e instanceof JobEvent.TaskRefused);
    }
  }

  private static double[] doubles(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  @Test
  void copiesOfWhatNobodyKnowsAreDropped() throws InterruptedException {
    try (Session session = open()) {
      assertSum(array(session, numbers(0)), 0);
      events.clear();
      for (int i = 0; i < 1000 && session.memory().pooled() > 0; i++) {
        System.gc();
        Thread.sleep(5);
        assertThat(session.arange(3).add(1.0).sum().toDouble()).isEqualTo(6);
        events.clear();
      }
      assertThat(session.memory().pooled()).isZero();
    }
  }

  @Test
  void copiesGoWithTheirArrayAndAreKeptOnlyWhereWanted() {
    SessionConfig config = SessionConfig.defaults().withListener(events::add);
    try (Session session =
            Session.open(
                config.withKeepCopies(false), new DeviceGroup(host, true, List.of(far), FAST));
        HostArray values = numbers(0)) {
      for (int job = 0; job < 2; job++) {
        events.clear();
        assertSum(array(session, values), 0);
        assertThat(copiesIn()).isEqualTo(CHUNKS);
        assertThat(far.memory().live()).isZero();
      }
    }
  }

  @Test
  void jobsAtTheSameTimeShareTheCopies() throws Exception {
    try (Session session = open();
        HostArray values = numbers(0);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertSum(array(session, values), 0);
      events.clear();
      List<Callable<Double>> jobs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double add = i;
        jobs.add(() -> array(session, values).add(add).on("far:0").sum().toDouble());
      }
      List<Future<Double>> sums = threads.invokeAll(jobs);
      for (int i = 0; i < sums.size(); i++) {
        assertThat(sums.get(i).get()).isEqualTo(expected(i));
      }
      assertThat(copiesIn()).isZero();
      assertThat(session.memory().pooled()).isEqualTo(BYTES);
    }
  }

  @Test
  void workGoesToWhereTheCopiesAre() {
    try (Session session = open(far, SLOW_LINK);
        HostArray values = numbers(0)) {
      assertThat(array(session, values).sqrt().sum().toDouble()).isPositive();
      assertThat(begunFar()).isZero();
      assertThat(array(session, values).add(0.0).on("far:0").sum().toDouble())
          .isEqualTo(expected(0));
      events.clear();
      assertThat(array(session, values).sqrt().sum().toDouble()).isPositive();
      assertThat(begunFar()).isPositive();
      assertThat(copiesIn()).isZero();
    }
  }

  /** A source that says itself whether it is the same as before. */
  private record Store(MemorySegment values, @Nullable Identity identity) implements ArraySource {
    @Override
    public Shape shape() {
      return Shape.of(SIZE);
    }

    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public String description() {
      return "a store";
    }

    @Override
    public void read(Region region, MemorySegment target) {
      Layout layout = new Layout(values, 0, new long[] {Double.BYTES});
      RegionCopy.gather(layout, Double.BYTES, region, target);
    }
  }

  private static Identity version(long modified) {
    return new Identity.OfFile("/data/x", "inode 7", modified, BYTES);
  }

  @Test
  void aFileIsTheSameUntilItHasChanged() {
    try (Session session = open();
        Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, doubles(SIZE));
      for (int job = 0; job < 2; job++) {
        events.clear();
        NDArray all = session.array(new Store(memory, version(1)), ChunkSpec.of(SIZE / CHUNKS));
        assertSum(all, 0);
      }
      // Nothing is read, nothing is copied.
      assertThat(events).noneMatch(e -> e instanceof JobEvent.CopyStarted c && !isOut(c));
      memory.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 1);
      NDArray changed = session.array(new Store(memory, version(2)), ChunkSpec.of(SIZE / CHUNKS));
      assertThat(changed.on("far:0").sum().toDouble()).isEqualTo(expected(0) + 1);
    }
  }

  private static boolean isOut(JobEvent.CopyStarted copy) {
    return copy.from().equals("far:0");
  }

  /** Every call fails in turn while jobs share copies: the answers stay right. */
  @Test
  void faultsChangeNoAnswer() {
    for (Kind kind : Kind.values()) {
      for (boolean forGood : new boolean[] {false, true}) {
        boolean reached = true;
        for (int call = 1; reached; call++) {
          FaultPlan plan = new FaultPlan(kind, call, forGood);
          EmulatedFarDevice device = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
          ReferenceDevice near = new ReferenceDevice(1 << 28);
          DeviceGroup group =
              new DeviceGroup(near, true, List.of(new FaultyDevice(device, plan)), FAST);
          try (Session session = Session.open(SessionConfig.defaults(), group);
              HostArray values = HostArray.of(new double[] {1, 4, 9, 16, 25, 36})) {
            for (int job = 0; job < 3; job++) {
              NDArray roots = session.array(values).rechunk(2).sqrt();
              assertThat(roots.sum().toDouble()).as("%s %d", plan, call).isEqualTo(21);
            }
          }
          assertThat(device.memory().live()).as("%s %d", plan, call).isZero();
          assertThat(near.memory().live()).as("%s %d", plan, call).isZero();
          reached = plan.isReached();
        }
      }
    }
  }
}
