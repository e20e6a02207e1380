package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.reference.ReferenceDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Index and random parameters give the bits of the reference device, wherever they start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GeneratorConformance {
  private static final long[][] EXTENTS = {{1}, {65}, {1000}, {3, 300}, {4, 5, 70}, {0}};
  private static final long[] BASES = {0, 1, 63, 64, 127, 128, 200, 255, 256, 5000, 1L << 40};

  private @Nullable Device device;
  private @Nullable Device reference;

  /** Opens the device under test; it is closed after the last test. */
  protected abstract Device open();

  @BeforeAll
  final void openDevices() {
    device = open();
    reference = new ReferenceDevice(1L << 30);
  }

  @AfterAll
  final void closeDevices() {
    present(reference).close();
    assertThat(present(device).memory().live()).as("bytes still in use").isZero();
    present(device).close();
  }

  private static Device present(@Nullable Device device) {
    if (device == null) {
      throw new IllegalStateException("the device is not open");
    }
    return device;
  }

  @ParameterizedTest
  @CsvSource({
    "UNIFORM, FLOAT32",
    "UNIFORM, FLOAT64",
    "NORMAL, FLOAT32",
    "NORMAL, FLOAT64",
    "BITS, INT64"
  })
  final void randomElements(Distribution distribution, DType dtype) throws Throwable {
    Param param = new Param.Random(distribution, dtype);
    for (long[] extents : EXTENTS) {
      for (long base : BASES) {
        for (long step : new long[] {1, 2, 130}) {
          long[] strides = strides(extents, step);
          agree(param, extents, Operand.random(0x123456789ABCDEFL, -7, base, strides));
        }
      }
    }
  }

  @Test
  final void elementNumbers() throws Throwable {
    for (long[] extents : EXTENTS) {
      for (long base : BASES) {
        agree(new Param.Index(), extents, Operand.index(base, strides(extents, 3)));
        agree(new Param.Index(), extents, Operand.index(base, strides(extents, -1)));
      }
    }
  }

  private static long[] strides(long[] extents, long step) {
    long[] strides = new long[extents.length];
    long stride = step;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= extents[axis] + 1;
    }
    return strides;
  }

  private void agree(Param param, long[] extents, Operand operand) throws Throwable {
    List<Scalar> expected = elements(present(reference), param, extents, operand);
    List<Scalar> actual = elements(present(device), param, extents, operand);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).bits())
          .as(
              "%s from %d, element %d: %s, not %s",
              param, operand.base(), i, actual.get(i), expected.get(i))
          .isEqualTo(expected.get(i).bits());
    }
  }

  private static List<Scalar> elements(Device on, Param param, long[] extents, Operand operand)
      throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(param),
            0,
            List.of(new SsaValue.Load(0, param.dtype())),
            List.of(new Sink.Store(0, param.dtype())));
    try (DeviceRun run = new DeviceRun(on)) {
      TestArray out = new TestArray(run, param.dtype(), extents, false);
      run.launch(
          kernel, Arguments.map(extents, List.of(operand), List.of(out.operand()), new long[0]));
      return out.values();
    }
  }
}
