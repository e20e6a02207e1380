package dev.weft.kernels.jvm;

import static dev.weft.core.dtype.DType.BOOL;
import static dev.weft.core.dtype.DType.FLOAT32;
import static dev.weft.core.dtype.DType.FLOAT64;
import static dev.weft.core.dtype.DType.INT32;
import static dev.weft.core.dtype.DType.INT64;
import static dev.weft.core.dtype.DType.INT8;
import static dev.weft.core.dtype.DType.UINT16;
import static dev.weft.core.dtype.DType.UINT32;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.kernels.BodyBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Kernels whose generated loops are kept as golden text. */
final class SampleKernels {
  private SampleKernels() {}

  static Map<String, FusedKernel> all() {
    Map<String, FusedKernel> kernels = new TreeMap<>();
    kernels.put("add_float64", sum(FLOAT64));
    kernels.put("add_int8", sum(INT8));
    kernels.put("add_uint16", sum(UINT16));
    kernels.put("add_uint32", sum(UINT32));
    kernels.put("copy_bool", copy());
    kernels.put("hypotenuse_float32", hypotenuse());
    kernels.put("mixed_types", mixedTypes());
    kernels.put("scaled_where", scaledWhere());
    kernels.put("composed_twice", composedTwice());
    kernels.put("integer_division", division());
    return kernels;
  }

  private static FusedKernel sum(DType dtype) {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.ADD, body.load(dtype), body.load(dtype)));
  }

  private static FusedKernel copy() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.load(BOOL));
  }

  private static FusedKernel hypotenuse() {
    BodyBuilder body = new BodyBuilder();
    int x = body.apply(ElementwiseOps.SQUARE, body.load(FLOAT32));
    int y = body.apply(ElementwiseOps.SQUARE, body.load(FLOAT32));
    return body.store(body.apply(ElementwiseOps.SQRT, body.apply(ElementwiseOps.ADD, x, y)));
  }

  /** Narrow and wide types, a comparison of narrow values that selects wide ones, two outputs. */
  private static FusedKernel mixedTypes() {
    BodyBuilder body = new BodyBuilder();
    int narrow = body.load(INT8);
    int whole = body.load(INT32);
    int wide = body.load(FLOAT64);
    int single = body.cast(body.load(FLOAT32), FLOAT64);
    int less = body.apply(ElementwiseOps.LESS, body.cast(narrow, INT32), whole);
    int chosen = body.apply(ElementwiseOps.WHERE, less, wide, single);
    int count = body.apply(ElementwiseOps.ADD, body.cast(less, UINT32), body.load(UINT32));
    return body.store(chosen, less, count);
  }

  private static FusedKernel scaledWhere() {
    BodyBuilder body = new BodyBuilder();
    int x = body.load(FLOAT64);
    int scaled = body.apply(ElementwiseOps.MULTIPLY, x, body.scalar(FLOAT64));
    int limit = body.apply(ElementwiseOps.NEGATIVE, body.scalar(FLOAT64));
    int flag = body.load(BOOL);
    int small = body.apply(ElementwiseOps.LESS, x, limit);
    int both = body.apply(ElementwiseOps.LOGICAL_AND, small, flag);
    return body.store(body.apply(ElementwiseOps.WHERE, both, scaled, x));
  }

  /** Equal parts of two compositions are computed once. */
  private static FusedKernel composedTwice() {
    BodyBuilder body = new BodyBuilder();
    int x = body.load(FLOAT64);
    int floor = body.apply(ElementwiseOps.FLOOR, x);
    int ceil = body.apply(ElementwiseOps.CEIL, x);
    return body.store(body.apply(ElementwiseOps.SUBTRACT, ceil, floor));
  }

  private static FusedKernel division() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.FLOOR_DIVIDE, body.load(INT64), body.load(INT64)));
  }
}
