package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.event.JobEvent;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.session.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Array programs end to end on the CUDA device, beside the reference device as the host. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(300)
class CudaSessionTest {
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);
  private static final long MEMORY = 1L << 28;

  /** Programs whose answers have the same bits on every device. */
  private static final List<Function<Session, NDArray>> PROGRAMS =
      List.of(
          s -> x(s).multiply(x(s)).add(2.0).sqrt(),
          s -> x(s).multiply(x(s)).add(2.0).sqrt().sum(),
          s -> x(s).sum(0),
          s -> x(s).transpose().rechunk(17).add(x(s).slice("::-1").transpose()),
          s -> x(s).cumsum(1).rechunk(30),
          s -> x(s).add(0.5).cumsum(0),
          s -> x(s).cast(DType.FLOAT32).multiply(0.3).cumsum(0).add(x(s).cumsum(1)),
          s -> x(s).multiply(1e-3).add(1.0).cumprod(1).persist(),
          s -> Products.inPieces(x(s).slice(":30"), x(s).transpose().add(1.0), 16),
          s -> s.random(7).uniform(DType.FLOAT64, 90, 70).rechunk(40).mean(1),
          s -> x(s).rechunk(13).take(new long[] {60, 0, 60, 3}, 1),
          s -> x(s).argmin(1),
          s -> standardised(x(s).rechunk(32, -1)),
          s -> standardised(x(s).rechunk(32, -1).cast(DType.FLOAT32)).max(1));

  /** A row program: sums and moments of each row, and what is computed of them and the row. */
  private static NDArray standardised(NDArray x) {
    return x.subtract(x.mean(1).expandDims(1)).divide(x.std(1).expandDims(1));
  }

  private static NDArray x(Session session) {
    // On the host, so that it outlives the GPU.
    NDArray values = session.arange(90 * 70).multiply(0.25).reshape(90, 70);
    return session.array(values.compute()).rechunk(32);
  }

  private static Session session(
      EmulatedGpu gpu, boolean hostKernels, Consumer<JobEvent> listener) {
    return Session.open(
        SessionConfig.defaults().withListener(listener::accept),
        new DeviceGroup(
            new ReferenceDevice(MEMORY),
            hostKernels,
            List.of(gpu.device()),
            (host, device) -> EQUAL));
  }

  private static List<List<Long>> answers(Session session) {
    List<List<Long>> answers = new ArrayList<>();
    for (Function<Session, NDArray> program : PROGRAMS) {
      try (HostArray answer = program.apply(session).compute()) {
        answers.add(bits(answer));
      }
    }
    return answers;
  }

  /** Every element's bits, not its printed form. */
  private static List<Long> bits(HostArray answer) {
    return Arrays.stream(answer.toDoubleArray()).mapToObj(Double::doubleToRawLongBits).toList();
  }

  private static List<List<Long>> expected() {
    try (Session session = Session.open(SessionConfig.defaults(), new ReferenceDevice(MEMORY))) {
      return answers(session);
    }
  }

  private static void agree(List<List<Long>> actual) {
    List<List<Long>> expected = expected();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("program %d", i).isEqualTo(expected.get(i));
    }
  }

  @Test
  void everythingOnTheGpu() {
    EmulatedGpu gpu = EmulatedGpu.open();
    AtomicInteger tasks = new AtomicInteger();
    List<String> wrong = new CopyOnWriteArrayList<>();
    try (Session session = session(gpu, false, event -> note(event, tasks, wrong))) {
      agree(answers(session));
    }
    assertThat(wrong).isEmpty();
    assertThat(tasks).hasValueGreaterThan(30);
    assertThat(gpu.driver().misuses()).isEmpty();
    System.out.printf(
        "cuda, emulated: %d programs in a session, %d tasks, %d launches%n",
        PROGRAMS.size(), tasks.get(), gpu.driver().launches());
  }

  private static void note(JobEvent event, AtomicInteger tasks, List<String> wrong) {
    switch (event) {
      case JobEvent.TaskStarted task when task.device().equals("cuda:0") ->
          tasks.addAndGet(task.tasks());
      case JobEvent.TaskRefused refused -> wrong.add(refused.toString());
      case JobEvent.DeviceLost lost -> wrong.add(lost.toString());
      default -> {}
    }
  }

  @Test
  void bothTogether() {
    EmulatedGpu gpu = EmulatedGpu.open();
    try (Session session = session(gpu, true, event -> {})) {
      agree(answers(session));
    }
    assertThat(gpu.driver().misuses()).isEmpty();
  }

  /** The context is lost at some task; the jobs end with the right answers on the host. */
  @ParameterizedTest(name = "kernels of the host: {0}")
  @ValueSource(booleans = {true, false})
  void aLostGpuIsDoneWithout(boolean hostKernels) {
    for (int task : new int[] {1, 5, 23}) {
      EmulatedGpu gpu = EmulatedGpu.open();
      AtomicInteger tasks = new AtomicInteger();
      AtomicInteger lost = new AtomicInteger();
      Consumer<JobEvent> listener =
          event -> {
            if (event instanceof JobEvent.TaskStarted started
                && started.device().equals("cuda:0")) {
              int before = tasks.getAndAdd(started.tasks());
              if (before < task && before + started.tasks() >= task) {
                gpu.driver().lose(719);
              }
            }
            lost.addAndGet(event instanceof JobEvent.DeviceLost ? 1 : 0);
          };
      try (Session session = session(gpu, hostKernels, listener)) {
        agree(answers(session));
      }
      assertThat(lost).hasValue(1);
      assertThat(gpu.driver().misuses()).isEmpty();
    }
  }
}
