package dev.weft.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.driver.DeviceFiles.Access;
import dev.weft.gpu.library.CudaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a driver can fail is an answer with a reason and a remedy. */
class DriverTest {
  private static final Path ROOT = Path.of("/");
  private static final DriverDevice A100 =
      new DriverDevice(
          0, "NVIDIA A100", new Architecture(8, 0), 40L << 30, 108, 1215000, 5120, "0000:3b:00.0");

  /** A driver that answers with an error from one function on. */
  private record FaultyDriver(String fails, int code, int supports, int count)
      implements DriverCalls {
    private void call(String function) throws CudaError {
      if (function.equals(fails)) {
        throw new CudaError(function, code, "CUDA_ERROR_" + code);
      }
    }

    @Override
    public void initialize() throws CudaError {
      call("cuInit");
    }

    @Override
    public int version() throws CudaError {
      call("cuDriverGetVersion");
      return supports;
    }

    @Override
    public int deviceCount() throws CudaError {
      call("cuDeviceGetCount");
      return count;
    }

    @Override
    public DriverDevice device(int ordinal) throws CudaError {
      call("cuDeviceGet");
      return new DriverDevice(
          ordinal,
          A100.name(),
          A100.architecture(),
          A100.memoryBytes(),
          A100.multiprocessors(),
          A100.memoryClockKilohertz(),
          A100.memoryBusBits(),
          A100.bus());
    }
  }

  private static Driver driver(Map<String, String> environment, Access files) {
    return new Driver(
        new CudaSettings(List.of(), environment, ROOT, ROOT),
        new DeviceFiles(ROOT, file -> file.endsWith("dxg") ? Access.ABSENT : files));
  }

  private static DriverState.Unavailable unavailable(DriverState state) {
    assertThat(state).isInstanceOf(DriverState.Unavailable.class);
    DriverState.Unavailable answer = (DriverState.Unavailable) state;
    assertThat(answer.reason()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(answer.remedy()).endsWith(".").doesNotContain("\n");
    return answer;
  }

  private static DriverState.Unavailable initFails(int code, String visible, Access files) {
    Map<String, String> environment =
        visible == null ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", visible);
    return unavailable(driver(environment, files).ask(new FaultyDriver("cuInit", code, 12040, 1)));
  }

  @Test
  void aWorkingDriverShowsItsDevices() {
    DriverState state = driver(Map.of(), Access.OPEN).ask(new FaultyDriver("", 0, 12060, 2));
    DriverState.Ready ready = (DriverState.Ready) state;
    assertThat(ready.version()).isEqualTo(new DriverVersion(12, 6)).hasToString("12.6");
    assertThat(ready.devices()).extracting(DriverDevice::id).containsExactly("cuda:0", "cuda:1");
    assertThat(ready.devices().getFirst().describe())
        .isEqualTo("NVIDIA A100, compute capability 8.0, 40.0 GiB, 108 multiprocessors");
  }

  @Test
  void anEmptyListOfVisibleDevicesIsNamed() {
    DriverState.Unavailable answer = initFails(CudaError.NO_DEVICE, "", Access.OPEN);
    assertThat(answer.reason()).isEqualTo("CUDA_VISIBLE_DEVICES is empty, which hides every GPU");
    assertThat(answer.remedy()).contains("CUDA_VISIBLE_DEVICES=0");
    assertThat(initFails(CudaError.NO_DEVICE, "-1", Access.OPEN).reason())
        .isEqualTo("CUDA_VISIBLE_DEVICES is '-1', which names no GPU of this machine");
  }

  @ParameterizedTest
  @CsvSource({"100", "999", "304", "800"})
  void filesThatMayNotBeOpenedAreNamed(int code) {
    DriverState.Unavailable answer = initFails(code, null, Access.DENIED);
    assertThat(answer.reason()).isEqualTo("no permission to open /dev/nvidiactl");
    assertThat(answer.remedy()).contains("group video or render", "--gpus all");
  }

  @Test
  void noDeviceTellsTheKernelsPartFromTheHardware() {
    assertThat(initFails(CudaError.NO_DEVICE, null, Access.OPEN).reason())
        .isEqualTo("NVIDIA's driver is there, but finds no GPU");
    DriverState.Unavailable unloaded = initFails(CudaError.NO_DEVICE, null, Access.ABSENT);
    assertThat(unloaded.reason()).contains("no /dev/nvidiactl");
    assertThat(unloaded.remedy()).contains("modprobe nvidia");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          34  | stub           | stubs
          46  | busy           | nvidia-smi
          802 | not ready      | nvidia-fabricmanager
          803 | was updated    | Restart
          804 | compatibility  | compat
          999 | does not start | dmesg
          """)
  void otherErrorsHaveTheirOwnWords(int code, String reason, String remedy) {
    DriverState.Unavailable answer = initFails(code, null, Access.OPEN);
    assertThat(answer.reason()).contains(reason);
    assertThat(answer.remedy()).contains(remedy);
  }

  @Test
  void anOldDriverIsRefusedWithBothVersions() {
    DriverState.Unavailable answer =
        unavailable(driver(Map.of(), Access.OPEN).ask(new FaultyDriver("", 0, 11040, 1)));
    assertThat(answer.reason()).contains("supports CUDA 11.4, Weft needs 12.0");
    assertThat(answer.remedy()).contains("525.60");
  }

  @ParameterizedTest
  @CsvSource({"cuInit", "cuDriverGetVersion", "cuDeviceGetCount", "cuDeviceGet"})
  void anErrorOfAnyFunctionIsAnAnswer(String function) {
    DriverState.Unavailable answer =
        unavailable(driver(Map.of(), Access.OPEN).ask(new FaultyDriver(function, 719, 12040, 2)));
    assertThat(answer.reason()).contains(function + " answered CUDA_ERROR_719 (719)");
  }

  @Test
  void aCountOfZeroIsNoDevice() {
    assertThat(
            unavailable(driver(Map.of(), Access.OPEN).ask(new FaultyDriver("", 0, 12040, 0)))
                .reason())
        .contains("finds no GPU");
  }

  @Test
  void aFunctionThatTheDriverLacksIsAnAnswer() {
    DriverCalls old =
        new DriverCalls() {
          @Override
          public void initialize() {
            throw new UnsatisfiedLinkError("undefined symbol: cuInit");
          }

          @Override
          public int version() {
            return 0;
          }

          @Override
          public int deviceCount() {
            return 0;
          }

          @Override
          public DriverDevice device(int ordinal) {
            return A100;
          }
        };
    assertThat(unavailable(driver(Map.of(), Access.OPEN).ask(old)).reason())
        .contains("lacks a function", "undefined symbol: cuInit");
  }

  @Test
  void loadingFailuresAreAnswers() {
    Driver driver = driver(Map.of(), Access.ABSENT);
    String text = "libcuda.so.1: cannot open shared object file: No such file or directory";
    assertThat(unavailable(driver.unloadable(text)).reason())
        .isEqualTo("no NVIDIA driver: libcuda.so.1 does not load");
    assertThat(unavailable(driver(Map.of(), Access.OPEN).missing()).reason())
        .endsWith("although there are device files");
    assertThat(unavailable(driver.unloadable("no folder")).reason())
        .isEqualTo("JCuda does not load: no folder");
  }

  /** Whatever this machine has: an answer, and the same one again. */
  @Test
  void thisMachineHasAnAnswer() {
    CudaSettings settings = CudaSettings.ofProcess();
    DriverState state = Driver.state(settings);
    assertThat(Driver.state(settings)).isEqualTo(state);
    if (state instanceof DriverState.Unavailable answer) {
      unavailable(answer);
    }
  }
}
