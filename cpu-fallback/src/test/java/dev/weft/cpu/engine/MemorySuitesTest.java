package dev.weft.cpu.engine;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.session.CarrySuite;
import dev.weft.testkit.session.LittleMemorySuite;
import dev.weft.testkit.session.PersistSuite;
import org.junit.jupiter.api.Nested;

/** What sessions promise of memory, on both devices and on several together. */
final class MemorySuitesTest {
  private static SessionConfig of(String device) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withThreads(3)
        .withMemoryLimit(1L << 28)
        .withChunkBytes(1 << 20);
  }

  @Nested
  final class CarriesOnReference extends CarrySuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class CarriesOnCpu extends CarrySuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class CarriesOnCpuAndFar extends CarrySuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, true, 1);
    }
  }

  @Nested
  final class CarriesOnFarOnly extends CarrySuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, false, 1);
    }
  }

  @Nested
  final class CarriesOnCpuAndTwoFar extends CarrySuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, true, 2);
    }
  }

  @Nested
  final class LittleMemoryOnReference extends LittleMemorySuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class LittleMemoryOnCpu extends LittleMemorySuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class PersistOnReference extends PersistSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }

    @Override
    protected int scale() {
      return 64;
    }
  }

  @Nested
  final class PersistOnCpu extends PersistSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected int scale() {
      return 1;
    }
  }

  @Nested
  final class PersistOnCpuAndFar extends PersistSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected int scale() {
      return 4;
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, true, 1);
    }
  }

  @Nested
  final class PersistOnFarOnly extends PersistSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected int scale() {
      return 4;
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, false, 1);
    }
  }
}
