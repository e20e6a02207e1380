package dev.weft.cpu.engine;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.session.ComplexSuite;
import dev.weft.testkit.session.FailureSuite;
import dev.weft.testkit.session.HalfSuite;
import dev.weft.testkit.session.HugeExtentsSuite;
import dev.weft.testkit.session.LifetimeSuite;
import dev.weft.testkit.session.RegionTargetSuite;
import dev.weft.testkit.session.SharedResultsSuite;
import dev.weft.testkit.session.SinglePrecisionSuite;
import dev.weft.testkit.session.UnsignedSuite;
import org.junit.jupiter.api.Nested;

/** What sessions promise, on both devices and on several together. */
final class SessionSuitesTest {
  private static SessionConfig of(String device) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withThreads(3)
        .withMemoryLimit(1L << 28)
        .withChunkBytes(1 << 20);
  }

  @Nested
  final class LifetimeOnReference extends LifetimeSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class LifetimeOnCpu extends LifetimeSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class FailuresOnReference extends FailureSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class FailuresOnCpu extends FailureSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class HugeExtentsOnReference extends HugeExtentsSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class HugeExtentsOnCpu extends HugeExtentsSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class HugeExtentsOnCpuAndFar extends HugeExtentsSuite {
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
  final class LifetimeOnCpuAndFar extends LifetimeSuite {
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
  final class FailuresOnCpuAndFar extends FailureSuite {
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
  final class LifetimeOnFarOnly extends LifetimeSuite {
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
  final class FailuresOnFarOnly extends FailureSuite {
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
  final class LifetimeOnCpuAndTwoFar extends LifetimeSuite {
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
  final class FailuresOnCpuAndTwoFar extends FailureSuite {
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
  final class SharedResultsOnReference extends SharedResultsSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class SharedResultsOnCpu extends SharedResultsSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class SharedResultsOnCpuAndFar extends SharedResultsSuite {
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
  final class SharedResultsOnFarOnly extends SharedResultsSuite {
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
  final class SharedResultsOnCpuAndTwoFar extends SharedResultsSuite {
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
  final class RegionTargetsOnReference extends RegionTargetSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class RegionTargetsOnCpu extends RegionTargetSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class RegionTargetsOnCpuAndFar extends RegionTargetSuite {
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
  final class RegionTargetsOnFarOnly extends RegionTargetSuite {
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
  final class RegionTargetsOnCpuAndTwoFar extends RegionTargetSuite {
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
  final class SinglePrecisionOnReference extends SinglePrecisionSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class SinglePrecisionOnCpu extends SinglePrecisionSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class SinglePrecisionOnFarOnly extends SinglePrecisionSuite {
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
  final class UnsignedOnReference extends UnsignedSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class UnsignedOnCpu extends UnsignedSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class UnsignedOnCpuAndFar extends UnsignedSuite {
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
  final class HalvesOnReference extends HalfSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class HalvesOnCpu extends HalfSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }

  @Nested
  final class ComplexOnReference extends ComplexSuite {
    @Override
    protected SessionConfig config() {
      return of("reference");
    }
  }

  @Nested
  final class ComplexOnCpu extends ComplexSuite {
    @Override
    protected SessionConfig config() {
      return of("cpu");
    }
  }
}
