package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.error.DeviceException;
import dev.weft.core.reference.ReferenceDevice;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How names of devices lead to devices, with providers that write down what they are asked for. */
class DeviceNameTest {
  private static final List<String> OPENED = Collections.synchronizedList(new ArrayList<>());

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  /** Providers are looked for with the context's class loader. */
  @BeforeEach
  void addProviders() throws IOException {
    OPENED.clear();
    Path services = folder.resolve("services");
    Files.write(services, List.of(Cpu.class.getName(), Cuda.class.getName(), Npu.class.getName()));
    URL url = services.toUri().toURL();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              protected Enumeration<URL> findResources(String name) {
                return name.endsWith("/" + DeviceProvider.class.getName())
                    ? Collections.enumeration(List.of(url))
                    : Collections.emptyEnumeration();
              }
            });
  }

  @AfterEach
  void removeProviders() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void theNumberOfACpuIsItsThreads() {
    SessionConfig config = SessionConfig.defaults().withThreads(7);
    open(config.withDevice("cpu"));
    open(config.withDevice("cpu:2"));
    open(config.withDevice("cpu-scalar"));
    open(config.withDevice("cpu-scalar:3").withVectors(true));
    open(config.withDevice("cpu").withVectors(false));
    assertThat(OPENED)
        .containsExactly(
            "cpu 7 threads vectors true",
            "cpu 2 threads vectors true",
            "cpu 7 threads vectors false",
            "cpu 3 threads vectors false",
            "cpu 7 threads vectors false");
  }

  @Test
  void theNumberOfOthersIsWhichOne() {
    open(SessionConfig.defaults().withDevice("npu"));
    open(SessionConfig.defaults().withDevice("npu:3"));
    assertThat(OPENED).containsExactly("npu 0", "npu 3");
    assertThatThrownBy(() -> open(SessionConfig.defaults().withDevice("reference:1")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "no device can be used: reference:1: there is one device of this kind. Name it reference.");
  }

  @Test
  void autoTakesTheFirstThatCanBeUsed() {
    open(SessionConfig.defaults());
    // cuda is preferred, but cannot be used.
    assertThat(OPENED).containsExactly("npu 0");
    assertThat(Devices.probe("auto")).isEqualTo(new Availability.Usable("twelve tentacles"));
  }

  @Test
  void whatCannotBeUsedSaysWhyAndWhatToDo() {
    assertThat(Devices.probe("cuda"))
        .isEqualTo(new Availability.Unusable("no driver", "Install one."));
    assertThatThrownBy(() -> open(SessionConfig.defaults().withDevice("cuda:1")))
        .isInstanceOf(DeviceException.class)
        .hasMessage("no device can be used: cuda:1: no driver. Install one.");
    assertThatThrownBy(() -> open(SessionConfig.defaults().withDevice("cpu+cuda")))
        .isInstanceOf(DeviceException.class)
        .hasMessage("no device can be used: cpu+cuda: cuda: no driver. Install one.");
    assertThat(OPENED).isEmpty();
  }

  @Test
  void onlyOneDeviceCanBeTheHost() {
    assertThat(Devices.probe("cpu+npu"))
        .isEqualTo(
            new Availability.Unusable(
                "cpu and npu both work in the host's memory", "Name one of them, such as cpu."));
  }

  @Test
  void aKnownKindWithoutItsModuleCannotBeUsed() {
    removeProviders();
    assertThat(Devices.probe("cuda"))
        .isEqualTo(
            new Availability.Unusable(
                "its module is not on the class path", "Add weft-gpu to the class path."));
  }

  private static void open(SessionConfig config) {
    Session.open(config).close();
  }

  /** A CPU that is an interpreter. */
  public static final class Cpu implements DeviceProvider {
    @Override
    public String name() {
      return "cpu";
    }

    @Override
    public int rank() {
      return 100;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("");
    }

    @Override
    public Device open(DeviceOptions options) {
      OPENED.add("cpu %d threads vectors %s".formatted(options.threads(), options.vectors()));
      return new ReferenceDevice(options.memoryLimit());
    }
  }

  /** A GPU without a driver. */
  public static final class Cuda implements DeviceProvider {
    @Override
    public String name() {
      return "cuda";
    }

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public Availability probe() {
      return new Availability.Unusable("no driver", "Install one.");
    }

    @Override
    public Device open(DeviceOptions options) {
      throw new IllegalStateException("it was said to be unusable");
    }
  }

  /** A kind of which there are several. */
  public static final class Npu implements DeviceProvider {
    @Override
    public String name() {
      return "npu";
    }

    @Override
    public int rank() {
      return 2;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("twelve tentacles");
    }

    @Override
    public Device open(DeviceOptions options) {
      return open(options, 0);
    }

    @Override
    public Device open(DeviceOptions options, int ordinal) {
      OPENED.add("npu " + ordinal);
      return new ReferenceDevice(options.memoryLimit());
    }
  }
}
