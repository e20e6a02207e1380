package dev.weft.core.shape;

import dev.weft.core.error.UsageException;
import java.util.List;

/** NumPy's broadcasting rule: axes align at the end, and extent 1 stretches. */
public final class Broadcasting {
  private Broadcasting() {}

  /**
   * The common shape of the operands.
   *
   * @throws UsageException naming the operation, the shapes and the axis that differs
   */
  public static Shape common(String operation, List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    long[] common = new long[rank];
    for (int back = 1; back <= rank; back++) {
      common[rank - back] = commonExtent(operation, shapes, rank, back);
    }
    return Shape.of(common);
  }

  private static long commonExtent(String operation, List<Shape> shapes, int rank, int back) {
    long found = 1;
    for (Shape shape : shapes) {
      long extent = shape.rank() >= back ? shape.extent(shape.rank() - back) : 1;
      if (extent != 1 && found != 1 && extent != found) {
        throw new UsageException(
            "%s: shapes %s do not broadcast: axis %d is %d and %d"
                .formatted(operation, text(shapes), rank - back, found, extent));
      }
      found = extent == 1 ? found : extent;
    }
    return found;
  }

  private static String text(List<Shape> shapes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shapes.size(); i++) {
      text.append(i == 0 ? "" : i == shapes.size() - 1 ? " and " : ", ").append(shapes.get(i));
    }
    return text.toString();
  }

  /** Whether {@code from} can be broadcast to exactly {@code to}. */
  public static boolean stretches(Shape from, Shape to) {
    if (from.rank() > to.rank()) {
      return false;
    }
    for (int back = 1; back <= from.rank(); back++) {
      long extent = from.extent(from.rank() - back);
      if (extent != 1 && extent != to.extent(to.rank() - back)) {
        return false;
      }
    }
    return true;
  }
}
