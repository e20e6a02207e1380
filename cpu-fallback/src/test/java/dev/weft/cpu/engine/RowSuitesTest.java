package dev.weft.cpu.engine;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.session.RowSuite;
import org.junit.jupiter.api.Nested;

/** Row programs on every kind of device, and on several. */
final class RowSuitesTest {
  /** Without vectors, whose exp is another one than that of the loops on which kernels start. */
  private static SessionConfig of(String device) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withThreads(2)
        .withMemoryLimit(1L << 28)
        .withVectors(false)
        .withChunkBytes(1 << 16);
  }

  @Nested
  final class OnReference extends RowSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }

    @Override
    protected long longRow() {
      return 9000;
    }
  }

  @Nested
  final class OnCpu extends RowSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected long longRow() {
      return 250_000;
    }
  }

  @Nested
  final class OnVectors extends RowSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu").withVectors(true);
    }

    @Override
    protected NDArray exp(NDArray x) {
      return x.abs().sqrt();
    }

    @Override
    protected long longRow() {
      return 250_000;
    }
  }

  @Nested
  final class OnCpuAndFar extends RowSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, true, 1);
    }

    @Override
    protected long longRow() {
      return 20_000;
    }
  }

  @Nested
  final class OnFarOnly extends RowSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }

    @Override
    protected Session open(SessionConfig config) {
      return SeveralDevices.open(config, false, 1);
    }

    @Override
    protected long longRow() {
      return 20_000;
    }
  }
}
