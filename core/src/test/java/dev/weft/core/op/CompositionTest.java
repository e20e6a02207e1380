package dev.weft.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row's function and its composition give the same bits, or are within its ulps. */
final class CompositionTest {
  private static final int RANDOM =
      100_000 / Math.max(1, Integer.getInteger("weft.tests.every", 1));

  private static final long[] WHOLE = {
    0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 100, -1, -2, -8, -64
  };

  private static final double[] FLOATS = {
    0,
    0.25,
    0.5,
    0x1.fffffffffffffp-2,
    0.75,
    1,
    1.5,
    2,
    2.5,
    3,
    10,
    100.5,
    0x1p22 + 0.5,
    0x1p23,
    0x1p23 + 1,
    0x1p24,
    0x1p28,
    0x1p29,
    0x1p51 + 0.5,
    0x1p52 - 0.5,
    0x1p52,
    0x1p53,
    0x1p62,
    0x1p63,
    1e-10,
    1e10,
    Math.PI,
    Math.E,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  static Stream<ElementwiseOp> composedRows() {
    return ElementwiseOps.withInternal().stream()
        .filter(
            row ->
                DType.computable().stream()
                    .anyMatch(d -> row.accepts(d) && row.composition(d) != null));
  }

  @ParameterizedTest
  @MethodSource("composedRows")
  void functionAndCompositionAgree(ElementwiseOp row) {
    for (DType dtype : DType.computable()) {
      if (!row.accepts(dtype) || row.composition(dtype) == null || row.meaning(dtype) == null) {
        continue;
      }
      List<DType> operands = Collections.nCopies(row.arity(), dtype);
      var signature = row.resolve(operands);
      if (!signature.operands().equals(operands)) {
        continue;
      }
      for (Scalar[] x : cases(dtype, row)) {
        Scalar function = Interpretation.evaluate(row, signature.result(), x);
        Scalar composed = Interpretation.compose(row, signature.result(), x);
        assertThat(distance(row, function, composed, x))
            .as(
                "%s of %s: %s by function, %s composed",
                row, Arrays.toString(x), function, composed)
            .isLessThanOrEqualTo(row.ulps());
      }
    }
  }

  private static double distance(ElementwiseOp row, Scalar a, Scalar b, Scalar[] x) {
    if (!a.dtype().isFloating()) {
      return a.integer() == b.integer() ? 0 : Double.POSITIVE_INFINITY;
    }
    double p = a.floating();
    double q = b.floating();
    if (Double.compare(p, q) == 0) {
      return 0;
    }
    if (row.ulps() == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double size = Math.abs(p);
    for (int i = 0; row.cancels() && i < x.length; i++) {
      size = Math.max(size, Math.abs(x[i].floating()));
    }
    double unit =
        switch (a.dtype()) {
          case FLOAT16 -> Math.ulp((float) size) * 0x1p13;
          case FLOAT32 -> Math.ulp((float) size);
          default -> Math.ulp(size);
        };
    return Math.abs(p - q) / unit;
  }

  private static List<Scalar[]> cases(DType dtype, ElementwiseOp row) {
    int arity = row.arity();
    List<Scalar> edges = edges(dtype);
    List<Scalar[]> cases = new ArrayList<>();
    for (Scalar a : edges) {
      for (Scalar b : arity > 1 ? edges : edges.subList(0, 1)) {
        cases.add(arity > 1 ? new Scalar[] {a, b} : new Scalar[] {a});
      }
    }
    SplittableRandom random = new SplittableRandom(dtype.ordinal());
    int count = row.ulps() == 0 && dtype == DType.FLOAT64 ? RANDOM : RANDOM / 10;
    for (int i = 0; i < count; i++) {
      Scalar a = random(dtype, random);
      Scalar b = i % 3 == 0 ? edges.get(random.nextInt(edges.size())) : random(dtype, random);
      cases.add(arity > 1 ? new Scalar[] {a, b} : new Scalar[] {a});
    }
    return cases;
  }

  private static Scalar random(DType dtype, SplittableRandom random) {
    long bits = random.nextLong();
    if (!dtype.isFloating()) {
      return new Scalar(dtype, dtype.wrap((bits & 1) == 0 ? bits >> 8 : bits >> 60), 0);
    }
    double value =
        switch ((int) (bits & 3)) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextInt(-2000, 2000) * 0.5;
          default -> random.nextDouble(-10, 10);
        };
    return Scalar.of(dtype, value);
  }

  private static List<Scalar> edges(DType dtype) {
    List<Scalar> edges = new ArrayList<>();
    if (!dtype.isFloating()) {
      LongStream limits = LongStream.of(dtype.minValue(), dtype.maxValue(), dtype.maxValue() - 1);
      LongStream.concat(LongStream.of(WHOLE), limits)
          .forEach(value -> edges.add(new Scalar(dtype, dtype.wrap(value), 0)));
      return edges;
    }
    boolean narrow = dtype == DType.FLOAT32;
    double largest = narrow ? Float.MAX_VALUE : Double.MAX_VALUE;
    double least = narrow ? Float.MIN_VALUE : Double.MIN_VALUE;
    double normal = narrow ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    DoubleStream limits = DoubleStream.of(largest, largest / 2, least, normal, normal - least);
    DoubleStream.concat(DoubleStream.of(FLOATS), limits)
        .forEach(
            value -> {
              edges.add(Scalar.of(dtype, value));
              edges.add(Scalar.of(dtype, -value));
            });
    return edges;
  }
}
