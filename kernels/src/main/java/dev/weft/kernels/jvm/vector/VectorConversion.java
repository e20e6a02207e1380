package dev.weft.kernels.jvm.vector;

import dev.weft.core.dtype.DType;
import java.util.Set;

/** Conversions between dtypes as {@code ScalarConversion} defines them, on whole vectors. */
final class VectorConversion {
  /** Operators that never leave the range of their operands. */
  private static final Set<String> CLOSED =
      Set.of("AND", "OR", "XOR", "MIN", "MAX", "UMIN", "UMAX", "ASHR", "LSHR");

  private final VectorCode vectors;

  VectorConversion(VectorCode vectors) {
    this.vectors = vectors;
  }

  /** Converts the vector on the stack; neither type is bool. */
  void convert(DType from, DType to) {
    LaneType source = LaneType.of(from);
    LaneType target = LaneType.of(to);
    if (source != target) {
      vectors.convert(source, target, false);
    }
    if (to.isInteger() && !holds(to, from)) {
      wrap(to);
    }
  }

  /** Whether every value of integer type {@code from} is one of {@code to}. */
  private static boolean holds(DType to, DType from) {
    return from.isInteger() && to.minValue() <= from.minValue() && from.maxValue() <= to.maxValue();
  }

  /** Wraps the result of {@code operator} on operands within the range of {@code dtype}. */
  void wrapAfter(String operator, DType dtype) {
    if (!CLOSED.contains(operator)) {
      wrap(dtype);
    }
  }

  /** Wraps the lanes on the stack to the range of {@code dtype}; no change for others. */
  void wrap(DType dtype) {
    switch (dtype) {
      case INT8 -> signExtend(24);
      case INT16 -> signExtend(16);
      case UINT8 -> vectors.lanewise(LaneType.INT, "AND", 0xFF);
      case UINT16 -> vectors.lanewise(LaneType.INT, "AND", 0xFFFF);
      case UINT32 -> vectors.lanewise(LaneType.LONG, "AND", 0xFFFF_FFFFL);
      default -> {}
    }
  }

  private void signExtend(int bits) {
    vectors.lanewise(LaneType.INT, "LSHL", bits);
    vectors.lanewise(LaneType.INT, "ASHR", bits);
  }
}
