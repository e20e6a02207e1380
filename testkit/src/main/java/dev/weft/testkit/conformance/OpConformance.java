package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Device;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the op table, over every type, edge values, layout and length, against the row's
 * function and against NumPy. A device's test extends this and opens the device.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpConformance {
  private static final int[] LENGTHS = {0, 1, 7, 8, 9, 63, 64, 65, 4095, 4096, 4098};
  private static final int[] FEW_LENGTHS = {7, 65, 4098};
  private static final int LONGEST = 4098;

  /** Rows for which it is open which of 0 and -0 comes out of the two. */
  private static final Set<String> ZERO_SIGN_OPEN =
      Set.of("minimum", "maximum", "fmin", "fmax", "clip");

  private @Nullable Device device;

  /** Opens the device under test; it is closed after the last test. */
  protected abstract Device open();

  /** Distance allowed between the device and the row's function. */
  protected double tolerance(ElementwiseOp row) {
    return row.ulps();
  }

  /** Whether the device can refuse an element in the middle of a launch. */
  protected boolean refusesElements() {
    return true;
  }

  /** Launches of a kernel before the one whose results count, so that it runs compiled. */
  protected int warmUps(ElementwiseOp row, DType dtype) {
    return 0;
  }

  @BeforeAll
  final void openDevice() {
    device = open();
  }

  @AfterAll
  final void closeDevice() {
    assertThat(device().memory().live()).as("bytes still in use").isZero();
    device().close();
  }

  private Device device() {
    if (device == null) {
      throw new IllegalStateException("the device is not open");
    }
    return device;
  }

  static List<ElementwiseOp> rows() {
    return ElementwiseOps.withInternal();
  }

  static Stream<NumpyFixtures.Row> numpy() {
    return NumpyFixtures.elementwise().stream().filter(OpConformance::accepted);
  }

  private static boolean accepted(NumpyFixtures.Row fixture) {
    ElementwiseOp row = ElementwiseOps.find(fixture.name()).orElseThrow();
    return accepts(row, fixture.dtype());
  }

  private static boolean accepts(ElementwiseOp row, DType dtype) {
    try {
      row.resolve(Collections.nCopies(row.arity(), dtype));
      return true;
    } catch (UsageException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  final void agreesWithTheRowsFunction(ElementwiseOp row) throws Throwable {
    conforms(row);
  }

  /** Checks one row over all types, layouts and lengths; also for rows outside the table. */
  protected final void conforms(ElementwiseOp row) throws Throwable {
    for (DType dtype : DType.computable()) {
      // What internal rows give for operands outside their domain is open.
      if (accepts(row, dtype) && !(row.internal() && row.name().startsWith("lane_"))) {
        conforms(row, dtype);
      }
    }
  }

  private void conforms(ElementwiseOp row, DType dtype) throws Throwable {
    RowKernel kernel = RowKernel.of(row, dtype);
    List<List<Scalar>> operands = TestValues.operands(dtype, row.arity(), LONGEST);
    List<Scalar> expected = expected(row, operands, false);
    for (ElementLayout layout : layouts(dtype)) {
      boolean broadcast = layout.broadcast();
      List<Scalar> wanted = broadcast ? expected(row, operands, true) : expected;
      for (int length : layout == ElementLayout.CONTIGUOUS ? LENGTHS : FEW_LENGTHS) {
        int launches = length == LONGEST && !broadcast ? 1 + warmUps(row, dtype) : 1;
        List<Scalar> actual = kernel.run(device(), operands, length, layout, launches);
        for (int i = 0; i < length; i++) {
          List<Scalar> x = element(operands, i, broadcast);
          double distance = UlpDistance.ulps(row, wanted.get(i), actual.get(i), x);
          if (distance > tolerance(row)) {
            throw new AssertionError(
                "%s %s %s, element %d of %d: %s of %s is %s, not %s (%s ulps; allowed %s)"
                    .formatted(
                        row,
                        dtype,
                        layout,
                        i,
                        length,
                        row,
                        x,
                        wanted.get(i),
                        actual.get(i),
                        distance,
                        tolerance(row)));
          }
        }
      }
    }
  }

  /** Rows over float16 are those over float32 with conversions around them, in all layouts. */
  private static List<ElementLayout> layouts(DType dtype) {
    return dtype == DType.FLOAT16
        ? List.of(ElementLayout.CONTIGUOUS)
        : List.of(ElementLayout.values());
  }

  /** The results by the row's function; operands that it refuses become ones. */
  private static List<Scalar> expected(
      ElementwiseOp row, List<List<Scalar>> operands, boolean broadcast) {
    List<Scalar> expected = new ArrayList<>(LONGEST);
    for (int i = 0; i < LONGEST; i++) {
      Scalar[] x = element(operands, i, broadcast).toArray(Scalar[]::new);
      try {
        expected.add(Interpretation.apply(row, x));
      } catch (UsageException refused) {
        for (List<Scalar> column : operands) {
          column.set(i, Scalar.of(x[0].dtype(), 1L));
        }
        i--;
      }
    }
    return expected;
  }

  private static List<Scalar> element(List<List<Scalar>> operands, int i, boolean broadcast) {
    List<Scalar> x = new ArrayList<>();
    for (int k = 0; k < operands.size(); k++) {
      x.add(operands.get(k).get(broadcast && k == operands.size() - 1 ? 0 : i));
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("numpy")
  final void agreesWithNumpy(NumpyFixtures.Row fixture) throws Throwable {
    ElementwiseOp row = ElementwiseOps.find(fixture.name()).orElseThrow();
    RowKernel kernel = RowKernel.of(row, fixture.dtype());
    assertThat(kernel.result()).isEqualTo(fixture.result());
    List<List<Scalar>> operands = new ArrayList<>();
    for (List<Scalar> column : fixture.operands()) {
      operands.add(new ArrayList<>(column));
    }
    for (int i = 0; i < fixture.expected().size(); i++) {
      if (fixture.expected().get(i) == null) {
        for (List<Scalar> column : operands) {
          column.set(i, Scalar.of(fixture.dtype(), 1L));
        }
      }
    }
    int count = fixture.expected().size();
    List<Scalar> actual = kernel.run(device(), operands, count, ElementLayout.CONTIGUOUS);
    // NumPy's own inexact functions are good to one ulp.
    double allowed = tolerance(row) == 0 ? 0 : tolerance(row) + 1;
    for (int i = 0; i < count; i++) {
      Scalar wanted = fixture.expected().get(i);
      if (wanted == null || bothZero(row, wanted, actual.get(i))) {
        continue;
      }
      List<Scalar> x = element(operands, i, false);
      assertThat(UlpDistance.ulps(row, wanted, actual.get(i), x))
          .as("%s of %s is %s in NumPy, not %s", fixture, x, wanted, actual.get(i))
          .isLessThanOrEqualTo(allowed);
    }
  }

  private static boolean bothZero(ElementwiseOp row, Scalar wanted, Scalar actual) {
    return ZERO_SIGN_OPEN.contains(row.name()) && wanted.asDouble() == 0 && actual.asDouble() == 0;
  }

  static List<String> conversions() {
    return NumpyFixtures.lines("numpy/conversions.txt");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("conversions")
  final void convertsAsNumpyDoes(String line) throws Throwable {
    String[] sides = line.split(" \\| ");
    String[] words = sides[0].split(" ");
    DType from = DType.of(words[0]);
    DType to = DType.of(words[1]);
    List<Scalar> values = NumpyFixtures.scalars(from, words, 2);
    List<Scalar> expected = NumpyFixtures.scalars(to, sides[1].split(" "), 0);
    RowKernel kernel = RowKernel.conversion(from, to);
    int count = values.size();
    List<Scalar> actual = kernel.run(device(), List.of(values), count, ElementLayout.CONTIGUOUS, 1);
    for (int i = 0; i < count; i++) {
      assertThat(UlpDistance.ulps(expected.get(i), actual.get(i)))
          .as("%s as %s is %s, not %s", values.get(i), to, expected.get(i), actual.get(i))
          .isZero();
    }
  }

  @Test
  final void aNegativeIntegerExponentFailsTheLaunch() {
    if (refusesElements()) {
      RowKernel kernel = RowKernel.of(ElementwiseOps.POW, DType.INT32);
      List<Scalar> two = Collections.nCopies(9, Scalar.of(DType.INT32, 2L));
      List<Scalar> minus = Collections.nCopies(9, Scalar.of(DType.INT32, -1L));
      assertThatThrownBy(
              () -> kernel.run(device(), List.of(two, minus), 9, ElementLayout.CONTIGUOUS))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("integers to negative integer powers are not allowed");
    }
  }
}
