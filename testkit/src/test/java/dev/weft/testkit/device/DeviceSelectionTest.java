package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.place.DefaultRates;
import dev.weft.core.reference.ReferenceDevice;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which devices a session gets where there are some with memory of their own. */
final class DeviceSelectionTest {
  private static final Queue<String> OPENED = new ConcurrentLinkedQueue<>();
  private static final long LIMIT = 64 << 20;

  @TempDir private Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  /** Three devices: the second one is too old, the third one cannot be opened after all. */
  public static final class Far implements DeviceProvider {
    @Override
    public String name() {
      return "far";
    }

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public boolean isFar() {
      return true;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("");
    }

    @Override
    public List<FoundDevice> find() {
      return List.of(
          new FoundDevice("far:0", probe(), Map.of()),
          new FoundDevice("far:1", new Availability.Unusable("too old", "Buy one."), Map.of()),
          new FoundDevice("far:2", probe(), Map.of()),
          new FoundDevice("far:3", probe(), Map.of()));
    }

    @Override
    public Device open(DeviceOptions options) {
      return open(options, 0);
    }

    @Override
    public Device open(DeviceOptions options, int ordinal) {
      if (ordinal == 2) {
        throw new DeviceException("far:2: somebody else has it");
      }
      OPENED.add("far:%d limit %d".formatted(ordinal, options.memoryLimit()));
      return new EmulatedFarDevice("far:" + ordinal, new ReferenceDevice(LIMIT));
    }
  }

  /** Three devices, of which the first one is too old. No session asks for them by itself. */
  public static final class Late implements DeviceProvider {
    @Override
    public String name() {
      return "late";
    }

    @Override
    public int rank() {
      return 2;
    }

    @Override
    public boolean isFar() {
      return true;
    }

    @Override
    public boolean isLikely() {
      return false;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("");
    }

    @Override
    public List<FoundDevice> find() {
      return List.of(
          new FoundDevice("late:0", new Availability.Unusable("too old", "Buy one."), Map.of()),
          new FoundDevice("late:1", probe(), Map.of()),
          new FoundDevice("late:2", probe(), Map.of()));
    }

    @Override
    public Device open(DeviceOptions options) {
      throw new AssertionError("one that can be used is known");
    }

    @Override
    public Device open(DeviceOptions options, int ordinal) {
      OPENED.add("late:%d limit %d".formatted(ordinal, options.memoryLimit()));
      return new EmulatedFarDevice("late:" + ordinal, new ReferenceDevice(LIMIT));
    }
  }

  @BeforeEach
  void addProvider() throws IOException {
    OPENED.clear();
    Path services = folder.resolve("services");
    Files.writeString(services, Far.class.getName() + "\n" + Late.class.getName() + "\n");
    URL url = services.toUri().toURL();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              protected Enumeration<URL> findResources(String name) throws IOException {
                return name.endsWith("/" + DeviceProvider.class.getName())
                    ? Collections.enumeration(List.of(url))
                    : super.findResources(name);
              }
            });
  }

  @AfterEach
  void removeProvider() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private static SessionConfig on(String device) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withMemoryLimit(LIMIT)
        .withRates(new DefaultRates());
  }

  private static void assertDevices(String device, String... names) {
    try (Session session = Session.open(on(device))) {
      assertThat(session.devices()).extracting(DeviceInfo::name).containsExactly(names);
      assertThat(session.arange(1000).rechunk(100).add(1L).sum().toDouble()).isEqualTo(500_500);
    }
  }

  @Test
  void autoTakesTheHostAndAllThatCanBeUsed() {
    assertDevices("auto", "reference", "far:0", "far:3");
  }

  @Test
  void theHostIsThereForItsOwnWorkWhereOthersAreAskedFor() {
    assertDevices("far", "reference", "far:0");
    assertDevices("far:3+far", "reference", "far:3", "far:0");
    assertDevices("far+reference", "reference", "far:0");
    try (Session session = Session.open(on("far"))) {
      assertThat(session.ones(10).exp().sum().explain())
          .contains(
              "reference: plain Java",
              "user code, joining, and what no other device can run",
              "far:0: ");
    }
  }

  @Test
  void limitsAreOfSingleDevices() {
    try (Session session = Session.open(on("far+far:3").withMemoryLimit("far:3", 5 << 20))) {
      assertThat(session.devices()).hasSize(3);
    }
    assertThat(OPENED).containsExactly("far:0 limit " + Long.MAX_VALUE, "far:3 limit " + (5 << 20));
  }

  @Test
  void aKindWithoutANumberIsTheFirstDeviceThatCanBeUsed() {
    assertDevices("late", "reference", "late:1");
    assertDevices("late+late:1", "reference", "late:2", "late:1");
    OPENED.clear();
    try (Session session = Session.open(on("late").withMemoryLimit("late:1", 5 << 20))) {
      assertThat(session.devices()).hasSize(2);
    }
    assertThat(OPENED).containsExactly("late:1 limit " + (5 << 20));
  }

  @Test
  void whatCannotBeOpenedIsAnErrorWhereItWasAskedFor() {
    assertThatThrownBy(() -> Session.open(on("reference+far:2")))
        .isInstanceOf(DeviceException.class)
        .hasMessage("far:2: somebody else has it");
  }
}
