package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every library routine gives what the reference device gives; floats to a few roundings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LibraryConformance {
  private static final long[][] PRODUCTS = {
    {1, 1, 1}, {2, 3, 4}, {1, 17, 5}, {17, 1, 9}, {17, 5, 33}, {64, 65, 66}, {3, 4, 0}, {0, 4, 3}
  };
  private static final List<DType> NUMBERS =
      List.of(DType.INT32, DType.INT64, DType.UINT64, DType.FLOAT32, DType.FLOAT64);

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

  /** Runs a launch on one device and gives what lies in the output afterwards. */
  private interface Launch {
    List<Scalar> on(Device device) throws Throwable;
  }

  private void agree(String what, DType dtype, double size, Launch launch) throws Throwable {
    List<Scalar> expected = launch.on(present(reference));
    List<Scalar> actual = launch.on(present(device));
    double allowed = dtype.isFloating() ? size * (dtype == DType.FLOAT32 ? 1e-6 : 1e-14) : 0;
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.get(i).asDouble();
      if (dtype.isFloating() && Double.isFinite(wanted)) {
        assertThat(Math.abs(actual.get(i).floating() - wanted))
            .as("%s, element %d: %s, not %s", what, i, actual.get(i), wanted)
            .isLessThanOrEqualTo(allowed);
      } else {
        assertThat(actual.get(i)).as("%s, element %d", what, i).isEqualTo(expected.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  final void matrixProducts(int transposed) throws Throwable {
    for (DType dtype : NUMBERS) {
      for (long[] extents : PRODUCTS) {
        for (long overwrite = 0; overwrite <= 1; overwrite++) {
          long flag = overwrite;
          agree(
              "product %d x %d x %d of %s".formatted(extents[0], extents[1], extents[2], dtype),
              dtype,
              20 * (extents[2] + 1),
              on -> product(on, dtype, extents, transposed, flag));
        }
      }
    }
  }

  private static List<Scalar> product(
      Device on, DType dtype, long[] extents, int transposed, long overwrite) throws Throwable {
    long m = extents[0];
    long n = extents[1];
    long k = extents[2];
    try (DeviceRun run = new DeviceRun(on)) {
      TestArray a = new TestArray(run, dtype, new long[] {m, k}, (transposed & 1) != 0);
      TestArray b = new TestArray(run, dtype, new long[] {k, n}, (transposed & 2) != 0);
      TestArray out = new TestArray(run, dtype, new long[] {m, n}, false);
      a.fill(values(dtype, m * k, 1));
      b.fill(values(dtype, k * n, 2));
      out.fill(values(dtype, m * n, 3));
      launch(
          run, Routine.MATMUL, dtype, extents, out.operand(), overwrite, a.operand(), b.operand());
      return out.values();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"COMPLEX64", "COMPLEX128"},
      mode = EnumSource.Mode.EXCLUDE)
  final void gathers(DType dtype) throws Throwable {
    long[] extents = {3, 7, 5};
    agree("gather of " + dtype, dtype, 0, on -> gather(on, dtype, extents, false));
    agree("gather of transposed " + dtype, dtype, 0, on -> gather(on, dtype, extents, true));
  }

  private static List<Scalar> gather(Device on, DType dtype, long[] extents, boolean transposed)
      throws Throwable {
    long[] input = {extents[0], 11, extents[2]};
    try (DeviceRun run = new DeviceRun(on)) {
      TestArray in = new TestArray(run, dtype, input, transposed);
      in.fill(values(dtype, input[0] * input[1] * input[2], 4));
      TestArray index = new TestArray(run, DType.INT64, new long[] {extents[1]}, false);
      List<Scalar> chosen = new ArrayList<>();
      for (long i = 0; i < extents[1]; i++) {
        chosen.add(Scalar.of(DType.INT64, i * 5 % 11));
      }
      index.fill(chosen);
      TestArray out = new TestArray(run, dtype, extents, false);
      launch(
          run,
          Routine.GATHER,
          dtype,
          extents,
          out.operand(),
          0,
          in.operand(),
          index.operand(-1, 0, -1));
      return out.values();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Routine.class,
      names = {"CUMSUM", "CUMPROD"})
  final void runningSumsAndProducts(Routine routine) throws Throwable {
    for (DType dtype : NUMBERS) {
      for (long[] extents : new long[][] {{1, 1, 1}, {1, 100, 1}, {3, 17, 5}, {2, 1, 9}}) {
        for (long continued = 0; continued <= 1; continued++) {
          long flag = continued;
          double size = 100 * (1 + extents[1]);
          agree(
              routine + " of " + dtype,
              dtype,
              size,
              on -> scan(on, routine, dtype, extents, flag, false));
          agree(
              routine + " of transposed " + dtype,
              dtype,
              size,
              on -> scan(on, routine, dtype, extents, flag, true));
        }
      }
    }
  }

  private static List<Scalar> scan(
      Device on, Routine routine, DType dtype, long[] extents, long flag, boolean transposed)
      throws Throwable {
    try (DeviceRun run = new DeviceRun(on)) {
      TestArray in = new TestArray(run, dtype, extents, transposed);
      long size = extents[0] * extents[1] * extents[2];
      List<Scalar> values = values(dtype, size, 5);
      if (routine == Routine.CUMPROD && dtype.isFloating()) {
        values.replaceAll(x -> Scalar.of(dtype, 1 + x.floating() / 100));
      }
      in.fill(values);
      TestArray start = new TestArray(run, dtype, new long[] {extents[0], extents[2]}, false);
      start.fill(values(dtype, extents[0] * extents[2], 6));
      TestArray out = new TestArray(run, dtype, extents, false);
      launch(
          run, routine, dtype, extents, out.operand(), flag, in.operand(), start.operand(0, -1, 1));
      return out.values();
    }
  }

  private static void launch(
      DeviceRun run,
      Routine routine,
      DType dtype,
      long[] extents,
      Operand output,
      long scalar,
      Operand... inputs)
      throws Throwable {
    run.launch(
        new LibraryKernel(routine, dtype),
        Arguments.map(extents, List.of(inputs), List.of(output), new long[] {scalar}));
  }

  private static List<Scalar> values(DType dtype, long count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Scalar> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(
          dtype.isFloating()
              ? Scalar.of(dtype, random.nextDouble(-4, 4))
              : TestValues.random(dtype, random));
    }
    return values;
  }
}
