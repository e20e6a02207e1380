package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;

/** Products of arrays element by element: of Kronecker and of vectors in space. */
final class Products {
  private static final int SPACE = 3;

  private Products() {}

  static NDArray kron(NDArray a, NDArray b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape left = padded(a.shape(), rank);
    Shape right = padded(b.shape(), rank);
    long[] outer = new long[2 * rank];
    long[] inner = new long[2 * rank];
    long[] result = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      outer[2 * axis] = left.extent(axis);
      outer[2 * axis + 1] = 1;
      inner[2 * axis] = 1;
      inner[2 * axis + 1] = right.extent(axis);
      result[axis] = Math.multiplyExact(left.extent(axis), right.extent(axis));
    }
    return a.reshape(outer).multiply(b.reshape(inner)).reshape(result);
  }

  private static Shape padded(Shape shape, int rank) {
    Shape padded = shape;
    while (padded.rank() < rank) {
      padded = padded.insert(0, 1);
    }
    return padded;
  }

  static NDArray cross(NDArray a, NDArray b, int axis) {
    NDArray x = components(a, axis);
    NDArray y = components(b, axis);
    NDArray[] result = new NDArray[SPACE];
    for (int i = 0; i < SPACE; i++) {
      int j = (i + 1) % SPACE;
      int k = (i + 2) % SPACE;
      NDArray one = at(x, j).multiply(at(y, k));
      result[i] = one.subtract(at(x, k).multiply(at(y, j)));
    }
    return a.session().stack(-1, result).moveaxis(-1, axis);
  }

  private static NDArray at(NDArray x, int component) {
    return x.slice(Index.ellipsis(), Index.at(component));
  }

  private static NDArray components(NDArray x, int axis) {
    int along = x.shape().axis("cross", axis);
    if (x.shape().extent(along) != SPACE) {
      throw new UsageException(
          "cross: axis %d of shape %s is %d; vectors of 3 components have such a product"
              .formatted(along, x.shape(), x.shape().extent(along)));
    }
    return x.moveaxis(along, -1);
  }
}
