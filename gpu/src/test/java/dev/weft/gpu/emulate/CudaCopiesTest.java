package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** What stays on the GPU between jobs of a session on {@code cuda}, by the calls of its driver. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(300)
final class CudaCopiesTest {
  private static final int SIZE = 4000;
  private static final int CHUNKS = 4;
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);

  private final EmulatedDriver driver =
      new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
  private final CountedCalls calls = new CountedCalls(driver);

  /** The host runs no kernels, as with {@code --device cuda}. */
  private Session open() {
    return open(event -> {});
  }

  private Session open(EventListener listener) {
    EmulatedGpu gpu = EmulatedGpu.open(driver, calls.calling(), EmulatedGpu.MEMORY);
    return Session.open(
        SessionConfig.defaults().withListener(listener),
        new DeviceGroup(
            new ReferenceDevice(1L << 28), false, List.of(gpu.device()), (host, device) -> EQUAL));
  }

  private static HostArray numbers() {
    double[] numbers = new double[SIZE];
    Arrays.setAll(numbers, i -> i);
    return HostArray.of(numbers);
  }

  private static NDArray array(Session session, HostArray values) {
    return session.array(values.asSource(), ChunkSpec.of(SIZE / CHUNKS));
  }

  @Test
  void theSecondJobOverTheSameInputsCopiesNothing() {
    try (Session session = open();
        HostArray values = numbers()) {
      double sum = SIZE * (SIZE - 1) / 2.0;
      assertThat(array(session, values).sum().toDouble()).isEqualTo(sum);
      assertThat(calls.of("copyIn")).isEqualTo(CHUNKS);
      assertThat(array(session, values).sum().toDouble()).isEqualTo(sum);
      assertThat(array(session, values).add(1.0).sum().toDouble()).isEqualTo(sum + SIZE);
      assertThat(calls.of("copyIn")).isEqualTo(CHUNKS);
    }
    assertThat(driver.misuses()).isEmpty();
  }

  /** One copy for what is started as one, whatever the number of chunks. */
  @Test
  void partialResultsComeTogether() {
    AtomicInteger starts = new AtomicInteger();
    int chunks = 100;
    EventListener counter =
        event -> {
          if (event instanceof JobEvent.TaskStarted task && task.device().equals("cuda:0")) {
            starts.incrementAndGet();
          }
        };
    try (Session session = open(counter);
        HostArray values = numbers();
        NDArray there =
            session.array(values.asSource(), ChunkSpec.of(SIZE / chunks)).add(0.0).persist()) {
      calls.reset();
      starts.set(0);
      assertThat(there.sum().toDouble()).isEqualTo(SIZE * (SIZE - 1) / 2.0);
      System.out.printf(
          "cuda, emulated: %d partial results in %d copies of %d starts%n",
          chunks, calls.of("copyOut"), starts.get());
      assertThat(starts.get()).isLessThan(chunks / 2);
      assertThat(calls.of("copyOut")).isPositive().isLessThanOrEqualTo(starts.get());
    }
    assertThat(driver.misuses()).isEmpty();
  }

  @Test
  void aPersistedArrayStaysOnTheOnlyGpu() {
    try (Session session = open();
        HostArray values = numbers()) {
      NDArray roots = array(session, values).sqrt().persist();
      assertThat(calls.of("copyOut")).isZero();
      assertThat(session.memory().live()).isGreaterThanOrEqualTo(SIZE * (long) Double.BYTES);
      int copies = calls.of("copyIn");
      double sum = roots.multiply(roots).sum().toDouble();
      assertThat(sum).isCloseTo(SIZE * (SIZE - 1) / 2.0, offset(1e-3));
      assertThat(calls.of("copyIn")).isEqualTo(copies);
      try (HostArray all = roots.compute()) {
        assertThat(all.getDouble(2500)).isEqualTo(50);
      }
      roots.close();
      assertThat(session.memory().live()).isZero();
    }
    assertThat(driver.misuses()).isEmpty();
  }
}
