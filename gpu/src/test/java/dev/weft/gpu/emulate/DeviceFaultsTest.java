package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceLostException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.workload.FaultyDriver;
import dev.weft.gpu.workload.SampleJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every call of the driver fails once, and from there on: a job ends with the right answer or one
 * clear error, nothing hangs, and closing works.
 */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeviceFaultsTest {
  private static final int LENGTH = 10_000;

  /** After a failure of these the thing may be left over. */
  private static final Set<String> GIVE_BACK =
      Set.of(
          "free", "freeHost", "destroy", "unload", "close", "trim", "makeCurrent", "synchronize");

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @ParameterizedTest(name = "{0}, once: {1}")
  @CsvSource({"2, true", "2, false", "1, true", "1, false", "700, true", "999, false"})
  void aFailureOfEveryCall(int code, boolean once) throws Exception {
    // A warm-up: threads that start late change the number of calls.
    job(0, code, once);
    long calls = job(0, code, once).calls();
    assertThat(calls).isGreaterThan(40);
    long faults = 0;
    for (long k = 1; k <= calls; k++) {
      faults += job(k, code, once).faults() > 0 ? 1 : 0;
    }
    assertThat(faults).isGreaterThan(calls - 5);
    System.out.printf(
        "cuda, emulated: error %d %s at each of %d calls of the driver: %s%n",
        code, once ? "once" : "for good", calls, outcomes);
    if (code == CudaError.OUT_OF_MEMORY && once) {
      assertThat(outcomes).containsKey("right answer");
    }
    if (new CudaError("", code, "").isSticky()) {
      assertThat(outcomes.keySet()).isSubsetOf("right answer", "DeviceLostException");
    }
  }

  private FaultyDriver job(long failing, int code, boolean once) throws Exception {
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
    FaultyDriver faulty = new FaultyDriver(driver, failing, code, once, driver::lose);
    String outcome;
    try {
      outcome = outcome(faulty.calling());
    } catch (DeviceException failure) {
      assertThat(failure.getMessage()).startsWith("cuda:0").hasSizeLessThan(600);
      outcome = failure.getClass().getSimpleName();
    } finally {
      driver.dispose();
    }
    assertThat(outcome)
        .isIn("right answer", "DeviceException", "DeviceMemoryException", "DeviceLostException");
    if (failing == 0) {
      assertThat(outcome).isEqualTo("right answer");
    }
    if (failing != 0) {
      outcomes.merge(outcome, 1, Integer::sum);
    }
    boolean left = faulty.failed().stream().anyMatch(GIVE_BACK::contains);
    assertThat(driver.misuses())
        .as("misuse after a failure of call %d, %s", failing, faulty.failed())
        .allMatch(misuse -> left && misuse.endsWith("were not given back"));
    return faulty;
  }

  private static String outcome(CudaDriver calls) throws Exception {
    CudaDevice device =
        CudaDevice.open(EmulatedGpu.parts(calls, new EmulatedNvrtc(), EmulatedGpu.MEMORY));
    try {
      assertThat(SampleJob.run(device, LENGTH)).isEqualTo(SampleJob.expected(LENGTH));
      return "right answer";
    } catch (DeviceLostException lost) {
      staysLost(device);
      return "DeviceLostException";
    } catch (DeviceMemoryException full) {
      return "DeviceMemoryException";
    } finally {
      assertThat(device.memory().live()).isZero();
      device.close();
    }
  }

  private static void staysLost(FarDevice device) throws Exception {
    for (int i = 0; i < 2; i++) {
      try {
        SampleJob.run(device, 8);
        fail("a lost device ran a job");
      } catch (DeviceLostException again) {
        assertThat(again).hasMessageStartingWith("cuda:0 is lost");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "8"})
  void manyJobsWhileTheContextIsLost(int jobs) throws Exception {
    List<Integer> lengths = List.of(100, 5_000, 20_000);
    EmulatedDriver driver = new EmulatedDriver(Emulation.kernels(), EmulatedGpu.MEMORY, true);
    FaultyDriver faulty = new FaultyDriver(driver, 60 + 10L * jobs, 700, true, driver::lose);
    CudaDevice device =
        CudaDevice.open(
            EmulatedGpu.parts(faulty.calling(), new EmulatedNvrtc(), EmulatedGpu.MEMORY));
    List<Thread> threads = new java.util.ArrayList<>();
    List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < jobs; i++) {
      int n = lengths.get(i % lengths.size());
      threads.add(Thread.ofPlatform().start(() -> untilLost(device, n, wrong)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
    device.close();
    driver.dispose();
  }

  private static void untilLost(FarDevice device, int n, List<String> wrong) {
    try {
      for (int i = 0; i < 1000; i++) {
        if (SampleJob.run(device, n) != SampleJob.expected(n)) {
          wrong.add("a wrong answer");
        }
      }
      wrong.add("the device was never lost");
    } catch (DeviceLostException lost) {
      // As it should be.
      return;
    } catch (Exception other) {
      wrong.add(other.toString());
    }
  }
}
