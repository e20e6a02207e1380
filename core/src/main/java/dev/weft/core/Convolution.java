package dev.weft.core;

import dev.weft.core.MovingMethods.Overlap;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** Correlations with small kernels: sums of shifted views, each times an element of the kernel. */
final class Convolution {
  private static final int MOST = 4096;

  private Convolution() {}

  static NDArray of(NDArray x, NDArray kernel, Overlap mode) {
    if (kernel.rank() != x.rank() || x.rank() == 0 || x.size() == 0 || kernel.size() == 0) {
      throw new UsageException(
          "convolve: shapes %s and %s; use as many axes of both, at least one, and no empty ones"
              .formatted(x.shape(), kernel.shape()));
    }
    if (kernel.size() > MOST) {
      throw new UsageException(
          "convolve: a kernel of shape %s has %d elements; at most %d are added up one by one"
              .formatted(kernel.shape(), kernel.size(), MOST));
    }
    DType dtype = Promotion.of(x.dtype(), kernel.dtype());
    DType wide = dtype.isFloating() ? DType.FLOAT64 : dtype;
    NDArray a = x.cast(wide);
    NDArray k = kernel.cast(wide);
    NDArray result =
        switch (mode) {
          case VALID -> valid(a, k);
          case FULL -> full(a, k);
          case SAME -> middle(full(a, k), x.shape(), kernel.shape());
        };
    return result.cast(dtype);
  }

  private static NDArray middle(NDArray full, Shape shape, Shape kernel) {
    NDArray middle = full;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long first = (kernel.extent(axis) - 1) / 2;
      middle = Pieces.part(middle, axis, first, first + shape.extent(axis));
    }
    return middle;
  }

  /** Only the ends are padded where there is one axis; what lies between is read in place. */
  private static NDArray full(NDArray x, NDArray kernel) {
    long length = kernel.shape().extent(0);
    long extent = x.shape().extent(0);
    long beyond = length - 1;
    if (x.rank() > 1 || extent < length) {
      long[][] widths = new long[x.rank()][];
      for (int axis = 0; axis < widths.length; axis++) {
        long width = kernel.shape().extent(axis) - 1;
        widths[axis] = new long[] {width, width};
      }
      return valid(x.pad(Pad.constant(0), widths), kernel);
    }
    if (beyond == 0) {
      return valid(x, kernel);
    }
    NDArray none = x.session().zeros(x.dtype(), beyond);
    NDArray left = x.session().concatenate(0, none, Pieces.part(x, 0, 0, beyond));
    NDArray right = x.session().concatenate(0, Pieces.part(x, 0, extent - beyond, extent), none);
    return x.session().concatenate(0, valid(left, kernel), valid(x, kernel), valid(right, kernel));
  }

  private static NDArray valid(NDArray x, NDArray kernel) {
    int rank = x.rank();
    long[] extents = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      extents[axis] = x.shape().extent(axis) - kernel.shape().extent(axis) + 1;
      if (extents[axis] < 1) {
        throw new UsageException(
            "convolve: a kernel of shape %s does not lie within shape %s; exchange the two, or use another mode"
                .formatted(kernel.shape(), x.shape()));
      }
    }
    List<NDArray> products = new ArrayList<>();
    long[] at = new long[rank];
    for (long i = 0; i < kernel.size(); i++) {
      Index[] place = new Index[rank];
      Index[] shifted = new Index[rank];
      for (int axis = 0; axis < rank; axis++) {
        place[axis] = Index.at(at[axis]);
        shifted[axis] = Index.range(at[axis], at[axis] + extents[axis]);
      }
      products.add(x.slice(shifted).multiply(kernel.slice(place)));
      next(at, kernel.shape());
    }
    NDArray sum = products.getFirst();
    for (NDArray product : products.subList(1, products.size())) {
      sum = sum.add(product);
    }
    return sum;
  }

  private static void next(long[] at, Shape shape) {
    for (int axis = at.length - 1; axis >= 0; axis--) {
      if (++at[axis] < shape.extent(axis)) {
        return;
      }
      at[axis] = 0;
    }
  }
}
