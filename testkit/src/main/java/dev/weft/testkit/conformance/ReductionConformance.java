package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.Reduction;
import dev.weft.core.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reduction over every type and shape gives the bits of the reference device, those of an
 * independent statement of the order of additions, and NumPy's numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ReductionConformance {
  private static final int[] LENGTHS = {1, 7, 63, 64, 65, 100, 4095, 4096, 4097, 4160, 9000};

  private static final long[][] SHAPES = {
    {5, 70}, {4100, 3}, {3, 4100}, {1, 9}, {9, 1}, {4, 5, 70}
  };

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
  @EnumSource(Reduction.class)
  final void sequencesOfAnyLength(Reduction reduction) throws Throwable {
    for (DType dtype : DType.computable().stream().filter(reduction::accepts).toList()) {
      for (int length : LENGTHS) {
        agrees(ReductionRun.sequence(reduction, dtype, length), values(dtype, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  final void anyAxesOfAnyLayout(Reduction reduction) throws Throwable {
    for (DType dtype : List.of(DType.INT16, DType.FLOAT32, DType.FLOAT64)) {
      for (long[] shape : SHAPES) {
        int size = 1;
        long[] base = new long[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
          size *= (int) shape[axis];
          base[axis] = 10L + axis;
        }
        List<Scalar> values = values(dtype, size);
        for (int axes = 0; axes < 1 << shape.length; axes++) {
          boolean[] reduced = new boolean[shape.length];
          long[] start = new long[shape.length];
          for (int axis = 0; axis < shape.length; axis++) {
            reduced[axis] = (axes >> axis & 1) != 0;
            start[axis] = reduced[axis] ? base[axis] : 0;
          }
          agrees(new ReductionRun(reduction, dtype, shape, reduced, start, false), values);
          agrees(new ReductionRun(reduction, dtype, shape, reduced, start, true), values);
        }
      }
    }
  }

  @Test
  final void nothingGivesTheIdentity() throws Throwable {
    for (Reduction reduction : Reduction.values()) {
      for (DType dtype : List.of(DType.INT32, DType.FLOAT32)) {
        if (reduction.hasIdentity()) {
          agrees(ReductionRun.sequence(reduction, dtype, 0), List.of());
        }
      }
    }
  }

  private void agrees(ReductionRun run, List<Scalar> values) throws Throwable {
    List<long[]> expected = run.words(present(reference), values);
    List<long[]> actual = run.words(present(device), values);
    for (int cell = 0; cell < expected.size(); cell++) {
      assertThat(actual.get(cell))
          .as(
              "%s, cell %d: %s, not %s",
              run, cell, run.text(actual.get(cell)), run.text(expected.get(cell)))
          .isEqualTo(expected.get(cell));
    }
  }

  private static List<Scalar> values(DType dtype, int count) {
    SplittableRandom random = new SplittableRandom(count);
    List<Scalar> values = new ArrayList<>();
    boolean nan = count % 5 == 0;
    for (int i = 0; i < count; i++) {
      Scalar value = TestValues.random(dtype, random);
      values.add(
          nan && dtype.isFloating() && i == count / 2 ? Scalar.of(dtype, Double.NaN) : value);
    }
    return values;
  }

  static List<String> order() {
    return NumpyFixtures.lines("numpy/order.txt");
  }

  @ParameterizedTest
  @MethodSource("order")
  final void additionsAreInTheFixedOrder(String line) throws Throwable {
    String[] words = line.split(" ");
    int length = Integer.parseInt(words[0]);
    List<Scalar> values = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      double fraction = (i * 2654435761L & 0xFFFFFFFFL) / 0x1p32;
      values.add(Scalar.of(DType.FLOAT64, fraction * Math.pow(10, i % 7) - 0.5));
    }
    long[] sum =
        ReductionRun.sequence(Reduction.SUM, DType.FLOAT64, length)
            .words(present(device), values)
            .getFirst();
    assertThat(Long.toHexString(sum[0])).isEqualTo(words[1]);
    long[] moments =
        ReductionRun.sequence(Reduction.MOMENTS, DType.FLOAT64, length)
            .words(present(device), values)
            .getFirst();
    assertThat(moments[0]).isEqualTo(length);
    assertThat(Long.toHexString(moments[1])).isEqualTo(words[2]);
    assertThat(Long.toHexString(moments[2])).isEqualTo(words[3]);
  }

  static List<String> numpy() {
    return NumpyFixtures.lines("numpy/reductions.txt");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("numpy")
  final void agreesWithNumpy(String line) throws Throwable {
    String[] sides = line.split(" \\| ");
    String[] words = sides[0].split(" ");
    DType dtype = DType.of(words[0]);
    List<Scalar> values = NumpyFixtures.scalars(dtype, words, 1);
    String[] expected = sides[1].split(" ");
    DType whole = dtype == DType.UINT64 ? dtype : DType.INT64;
    DType wide = dtype.isFloating() ? DType.FLOAT64 : whole;
    for (Reduction reduction : Reduction.values()) {
      if (!reduction.accepts(dtype)) {
        continue;
      }
      ReductionRun run = ReductionRun.sequence(reduction, dtype, values.size());
      long[] actual = run.words(present(device), values).getFirst();
      switch (reduction) {
        case SUM, PROD, MIN, MAX ->
            close(run, values, actual[0], wide, expected[reduction.ordinal()]);
        case ARGMIN, ARGMAX ->
            close(run, values, actual[1], DType.INT64, expected[reduction.ordinal()]);
        case MOMENTS -> {
          close(run, values, actual[1], DType.FLOAT64, expected[6]);
          close(run, values, actual[2], DType.FLOAT64, expected[7]);
        }
      }
    }
  }

  /** Sums may differ by what the order of additions changes, relative to the largest value. */
  private static void close(
      ReductionRun run, List<Scalar> values, long word, DType dtype, String token) {
    Scalar wanted = NumpyFixtures.scalar(dtype, token);
    if (!dtype.isFloating()) {
      assertThat(word).as("%s of %s", run, values).isEqualTo(wanted.integer());
      return;
    }
    double expected = wanted.floating();
    double actual = Double.longBitsToDouble(word);
    if (expected == actual) {
      return;
    }
    if (!Double.isFinite(expected) || run.reduction() == Reduction.MIN) {
      assertThat(Double.valueOf(actual))
          .as("%s of %s", run, values)
          .isEqualTo(Double.valueOf(expected));
      return;
    }
    double size = Math.abs(expected);
    boolean products = run.reduction() == Reduction.PROD;
    for (Scalar value : products ? List.<Scalar>of() : values) {
      double x = Math.abs(value.asDouble());
      size = Math.max(size, Math.min(x, Math.sqrt(Double.MAX_VALUE)));
    }
    assertThat(Math.abs(actual - expected) / size)
        .as("%s of %s: %s, not %s", run, values, actual, expected)
        .isLessThan(1e-13);
  }
}
