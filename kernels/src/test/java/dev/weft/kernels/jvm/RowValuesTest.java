package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import dev.weft.kernels.jvm.tile.TileCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the op table, in every type, by both loops at every width. */
class RowValuesTest {
  private static final int LONGEST = 4098;

  static Stream<ElementwiseOp> rows() {
    return ElementwiseOps.withInternal().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void loopsAgreeWithTheRow(ElementwiseOp row) {
    SoftAssertions softly = new SoftAssertions();
    for (DType dtype : DType.computable()) {
      RowKernel.of(row, dtype)
          .ifPresent(
              kernel -> masks(row.arity()).forEach(mask -> check(row, kernel, mask, softly)));
    }
    softly.assertAll();
  }

  /** All contiguous, all uniform, and one of each with two or three operands. */
  private static List<Long> masks(int arity) {
    return switch (arity) {
      case 1 -> List.of(0L, 1L);
      case 2 -> List.of(0L, 1L, 2L, 3L);
      default -> List.of(0L, 1L, 4L, 7L);
    };
  }

  private static void check(
      ElementwiseOp row, FusedKernel kernel, long mask, SoftAssertions softly) {
    List<DType> types = kernel.params().stream().map(Param::dtype).toList();
    TileCode scalar = TileRun.load(TileRequest.scalar(kernel, mask));
    boolean usual = mask == 0 && (types.getLast().itemSize() == 8);
    List<TileData> operands = new ArrayList<>();
    for (int p = 0; p < types.size(); p++) {
      int length = (mask >> p & 1) != 0 ? 1 : usual ? LONGEST : 40;
      TileData data = TileData.awkward(types.get(p), length, p + 3 * mask);
      operands.add(p == 1 ? defined(row, data) : data);
    }
    String name = row.name() + " " + types + " uniform " + Long.toBinaryString(mask);
    int longest = usual ? LONGEST : 40;
    TileData byScalar = run(kernel, scalar, operands, longest);
    if (row.meaning(types.getLast()) != null) {
      TileData expected = new TileData(byScalar.dtype(), longest);
      for (int i = 0; i < longest; i++) {
        expected.set(i, Interpretation.evaluate(row, expected.dtype(), elements(operands, i)));
      }
      compare(name + " scalar", expected, byScalar, operands, row, longest, softly);
    }
    for (int bits : TileRun.WIDTHS) {
      if (VectorSupport.check(kernel, bits).isEmpty()) {
        TileCode vector = TileRun.load(TileRequest.vector(kernel, mask, bits));
        int lanes = bits / 64;
        for (int n : List.of(0, 1, lanes - 1, lanes, lanes + 1, 2 * lanes + 1, longest)) {
          TileData byVector = run(kernel, vector, operands, n);
          compare(name + " vector " + bits, byScalar, byVector, operands, row, n, softly);
        }
      }
    }
  }

  /** Lane shifts are defined within the width only, integer powers from 0 on. */
  private static TileData defined(ElementwiseOp row, TileData data) {
    if (!data.dtype().isFloating()
        && (row.name().startsWith("lane_shift") || row.name().equals("pow"))) {
      for (int i = 0; i < data.length(); i++) {
        data.setLong(i, data.getLong(i) & (8L * data.dtype().itemSize() - 1));
      }
    }
    return data;
  }

  private static TileData run(FusedKernel kernel, TileCode code, List<TileData> operands, int n) {
    TileData output = TileRun.run(kernel, code, operands, new long[0], n).getFirst();
    assertThat(output.guardIsIntact()).isTrue();
    return output;
  }

  private static void compare(
      String name,
      TileData expected,
      TileData actual,
      List<TileData> operands,
      ElementwiseOp row,
      int n,
      SoftAssertions softly) {
    // Two inexact results may lie on different sides of the exact one.
    double allowed = 2.0 * row.ulps();
    for (int i = 0; i < n; i++) {
      double distance = expected.distance(i, actual);
      if (distance > allowed && !cancelled(row, expected, actual, operands, i)) {
        softly.fail(
            "%s, element %d of %d, operands %s: expected %s, was %s",
            name, i, n, texts(operands, i), expected.text(i), actual.text(i));
        return;
      }
    }
  }

  private static boolean cancelled(
      ElementwiseOp row, TileData expected, TileData actual, List<TileData> operands, int i) {
    if (!row.cancels() || !Double.isFinite(expected.getDouble(i))) {
      return false;
    }
    double largest = 0;
    for (TileData operand : operands) {
      largest = Math.max(largest, Math.abs(operand.getDouble(operand.length() == 1 ? 0 : i)));
    }
    double ulp = TileData.ulp(expected.dtype(), largest);
    return Math.abs(expected.getDouble(i) - actual.getDouble(i)) <= 2 * row.ulps() * ulp;
  }

  private static Scalar[] elements(List<TileData> operands, int i) {
    return operands.stream()
        .map(data -> data.get(data.length() == 1 ? 0 : i))
        .toArray(Scalar[]::new);
  }

  private static List<String> texts(List<TileData> operands, int i) {
    return operands.stream().map(data -> data.text(data.length() == 1 ? 0 : i)).toList();
  }
}
