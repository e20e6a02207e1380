package dev.weft.kernels.cuda;

import static dev.weft.core.dtype.DType.BOOL;
import static dev.weft.core.dtype.DType.FLOAT32;
import static dev.weft.core.dtype.DType.FLOAT64;
import static dev.weft.core.dtype.DType.INT32;
import static dev.weft.core.dtype.DType.INT64;
import static dev.weft.core.dtype.DType.INT8;
import static dev.weft.core.dtype.DType.UINT32;

import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.kernels.BodyBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Kernels whose CUDA texts are kept as golden files. */
final class CudaSamples {
  private CudaSamples() {}

  static Map<String, Kernel> all() {
    Map<String, Kernel> kernels = new TreeMap<>();
    kernels.put("add_float64", add());
    kernels.put("copy_bool", copy());
    kernels.put("scaled_float32", scaled());
    kernels.put("mixed_types", mixed());
    kernels.put("index_and_random", generated());
    kernels.put("several_stores", several());
    kernels.put("floor_divide_int64", helper());
    kernels.put("isclose_composed", composed());
    kernels.put("sum_of_squares", reduce(Reduction.SUM));
    kernels.put("min_of_squares", reduce(Reduction.MIN));
    kernels.put("argmax_of_squares", reduce(Reduction.ARGMAX));
    kernels.put("sum_and_moments", moments());
    kernels.put("store_and_count", storeAndCount());
    kernels.put("gather_float32", new LibraryKernel(Routine.GATHER, FLOAT32));
    kernels.put("cumsum_int32", new LibraryKernel(Routine.CUMSUM, INT32));
    kernels.put("matmul_float64", new LibraryKernel(Routine.MATMUL, FLOAT64));
    return kernels;
  }

  private static Kernel add() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.ADD, body.load(FLOAT64), body.load(FLOAT64)));
  }

  private static Kernel copy() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.load(BOOL));
  }

  /** A scalar, an exact float function and one that is computed in float64. */
  private static Kernel scaled() {
    BodyBuilder body = new BodyBuilder();
    int scaled = body.apply(ElementwiseOps.MULTIPLY, body.load(FLOAT32), body.scalar(FLOAT32));
    int root = body.apply(ElementwiseOps.SQRT, scaled);
    return body.store(
        body.apply(
            ElementwiseOps.ADD,
            body.apply(ElementwiseOps.EXP, root),
            body.apply(ElementwiseOps.SIN, scaled)));
  }

  private static Kernel mixed() {
    BodyBuilder body = new BodyBuilder();
    int narrow = body.load(INT8);
    int wide = body.load(FLOAT64);
    int less = body.apply(ElementwiseOps.LESS, body.cast(narrow, INT32), body.load(INT32));
    int chosen = body.apply(ElementwiseOps.WHERE, less, wide, body.cast(narrow, FLOAT64));
    return body.store(body.cast(chosen, UINT32));
  }

  private static Kernel generated() {
    BodyBuilder body = new BodyBuilder();
    int place = body.cast(body.index(), FLOAT64);
    int noise = body.random(Distribution.NORMAL, FLOAT64);
    int chance = body.cast(body.random(Distribution.UNIFORM, FLOAT32), FLOAT64);
    int sum = body.apply(ElementwiseOps.ADD, place, noise);
    return body.store(body.apply(ElementwiseOps.MULTIPLY, sum, chance));
  }

  private static Kernel several() {
    BodyBuilder body = new BodyBuilder();
    int x = body.load(INT32);
    int y = body.load(INT32);
    int sum = body.apply(ElementwiseOps.ADD, x, y);
    return body.store(sum, body.apply(ElementwiseOps.EQUAL, x, y), body.cast(sum, INT64));
  }

  private static Kernel helper() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.FLOOR_DIVIDE, body.load(INT64), body.load(INT64)));
  }

  private static Kernel composed() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.ISCLOSE, body.load(FLOAT32), body.load(FLOAT32)));
  }

  private static Kernel reduce(Reduction reduction) {
    BodyBuilder body = new BodyBuilder();
    int square = body.apply(ElementwiseOps.SQUARE, body.load(FLOAT32));
    return body.kernel(body.reduced(square, reduction));
  }

  private static Kernel moments() {
    BodyBuilder body = new BodyBuilder();
    int x = body.load(FLOAT64);
    return body.kernel(body.reduced(x, Reduction.SUM), body.reduced(x, Reduction.MOMENTS));
  }

  private static Kernel storeAndCount() {
    BodyBuilder body = new BodyBuilder();
    int positive = body.apply(ElementwiseOps.GREATER, body.load(INT32), body.scalar(INT32));
    return body.kernel(body.stored(positive), body.reduced(positive, Reduction.SUM));
  }
}
