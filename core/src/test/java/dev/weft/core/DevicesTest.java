package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session goes on with the next device when one cannot be used, or cannot even be asked. */
class DevicesTest {
  @TempDir private Path folder;

  /** Says why it cannot be used. */
  public static class Missing implements DeviceProvider {
    @Override
    public String name() {
      return "missing";
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
      throw new AssertionError("opened, although it cannot be used");
    }
  }

  /** Fails on the first question, as with a library that lacks a function. */
  public static final class Failing extends Missing {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public Availability probe() {
      throw new UnsatisfiedLinkError("undefined symbol: cuInit");
    }
  }

  private interface Body {
    void run() throws IOException;
  }

  /** Runs with both providers registered, before the reference device. */
  private void withProviders(Body body) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(DeviceProvider.class.getName()),
        List.of(Missing.class.getName(), Failing.class.getName()));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader);
      body.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aSessionGoesOnWithTheNextDevice() throws IOException {
    withProviders(
        () -> {
          assertThat(DeviceProviders.installed())
              .extracting(DeviceProvider::name)
              .containsSubsequence("failing", "missing", "reference");
          try (Session session = Session.open()) {
            assertThat(session.devices().getFirst().name()).isEqualTo("reference");
            assertThat(session.ones(3).sum().toDouble()).isEqualTo(3);
          }
        });
  }

  @Test
  void aDeviceThatIsAskedForIsRefusedWithItsReason() throws IOException {
    withProviders(
        () -> {
          assertThatThrownBy(() -> Session.open(SessionConfig.defaults().withDevice("missing")))
              .isInstanceOf(DeviceException.class)
              .hasMessage("no device can be used: missing: no driver. Install one.");
          assertThatThrownBy(() -> Session.open(SessionConfig.defaults().withDevice("failing")))
              .isInstanceOf(DeviceException.class)
              .hasMessageContaining("undefined symbol: cuInit");
        });
  }

  @Test
  void everyProviderIsShown() throws IOException {
    withProviders(
        () -> {
          List<FoundDevice> found =
              DeviceProviders.installed().stream()
                  .flatMap(provider -> DeviceProviders.find(provider).stream())
                  .toList();
          assertThat(found)
              .extracting(FoundDevice::name)
              .containsSubsequence("failing", "missing", "reference");
          assertThat(found.getFirst().availability())
              .isInstanceOfSatisfying(
                  DeviceProvider.Availability.Unusable.class,
                  answer -> assertThat(answer.reason()).contains("undefined symbol: cuInit"));
        });
  }
}
