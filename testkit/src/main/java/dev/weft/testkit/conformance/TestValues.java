package dev.weft.testkit.conformance;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Numbers on which implementations differ, and seeded random ones. */
public final class TestValues {
  private static final long[] WHOLE = {0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 100, -1, -2, -3, -64};

  private TestValues() {}

  /** Zeros, ones, limits, subnormals, infinities, nan and what lies beside them. */
  public static List<Scalar> edges(DType dtype) {
    List<Scalar> edges = new ArrayList<>();
    switch (dtype.kind()) {
      case BOOL -> edges.addAll(List.of(Scalar.of(dtype, 0L), Scalar.of(dtype, 1L)));
      case SIGNED, UNSIGNED -> wholeEdges(dtype, edges);
      default -> {
        for (double value :
            new double[] {
              0,
              0.5,
              1,
              1.5,
              2,
              2.5,
              3,
              10,
              1e-9,
              100.25,
              Math.PI,
              0x1p23 + 1,
              0x1p52 + 1,
              least(dtype),
              leastNormal(dtype),
              most(dtype),
              Double.POSITIVE_INFINITY
            }) {
          edges.add(Scalar.of(dtype, value));
          edges.add(Scalar.of(dtype, -value));
        }
        edges.add(Scalar.of(dtype, Double.NaN));
      }
    }
    return edges;
  }

  private static void wholeEdges(DType dtype, List<Scalar> edges) {
    LongStream limits =
        LongStream.of(
            dtype.minValue(), dtype.minValue() + 1, dtype.maxValue(), dtype.maxValue() - 1);
    LongStream.concat(LongStream.of(WHOLE), limits)
        .forEach(value -> edges.add(new Scalar(dtype, dtype.wrap(value), 0)));
    if (dtype == DType.UINT64) {
      edges.add(new Scalar(dtype, Long.MIN_VALUE, 0));
    }
  }

  private static double least(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-24;
      case FLOAT32 -> Float.MIN_VALUE;
      default -> Double.MIN_VALUE;
    };
  }

  private static double leastNormal(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 0x1p-14;
      case FLOAT32 -> Float.MIN_NORMAL;
      default -> Double.MIN_NORMAL;
    };
  }

  private static double most(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> HalfFloats.MAX_VALUE;
      case FLOAT32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }

  /** The operands of {@code count} elements: all pairs of edges first, then random numbers. */
  public static List<List<Scalar>> operands(DType dtype, int arity, int count) {
    List<Scalar> edges = edges(dtype);
    SplittableRandom random = new SplittableRandom(31 + dtype.ordinal());
    List<List<Scalar>> operands = new ArrayList<>();
    for (int k = 0; k < arity; k++) {
      List<Scalar> column = new ArrayList<>(count);
      int n = edges.size();
      for (int i = 0; i < count; i++) {
        int edge = k == 0 ? i / n : k == 1 ? i % n : (i / 3) % n;
        boolean paired = arity > 1 ? i < n * n : i < n;
        int chosen = arity > 1 ? edge : i;
        column.add(paired ? edges.get(chosen) : random(dtype, random));
      }
      operands.add(column);
    }
    return operands;
  }

  /** A random number: small, half, or of any size. */
  public static Scalar random(DType dtype, SplittableRandom random) {
    int choice = random.nextInt(4);
    if (!dtype.isFloating()) {
      long bits = random.nextLong();
      return new Scalar(dtype, dtype.wrap(choice < 2 ? bits >> 60 : bits >> 7), 0);
    }
    return Scalar.of(
        dtype,
        switch (choice) {
          case 0 -> random.nextInt(-60, 60) * 0.5;
          case 1 -> random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-100, 100));
          default -> random.nextDouble(-4, 4);
        });
  }
}
