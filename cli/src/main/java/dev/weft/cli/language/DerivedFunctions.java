package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Broadcasting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions of NumPy that are made of others. */
final class DerivedFunctions {
  static final List<String> ROWS =
      List.of(
          "ptp(x, axis=None, *, keepdims=False): largest minus smallest",
          "average(x, axis=None, weights=None, *, keepdims=False): mean, of products with weights",
          "cov(m, y=None, rowvar=True, bias=False, ddof=None): covariances of variables by rows",
          "corrcoef(x, y=None, rowvar=True): correlations of variables by rows",
          "gradient(f, spacing=1.0, axis=None): slopes along an axis; of all axes, a tuple",
          "trapezoid(y, x=None, dx=1.0, axis=-1): area under points",
          "diagonal(x, offset=0, axis1=0, axis2=1): elements where column - row is the offset",
          "trace(x, offset=0, axis1=0, axis2=1): sum of a diagonal",
          "diag(v, k=0): diagonal of a matrix, or matrix with a diagonal",
          "diagflat(v, k=0): matrix with all elements as a diagonal",
          "array_equiv(a, b): whether all elements are equal where shapes broadcast",
          "tril(m, k=0): zeros above a diagonal",
          "triu(m, k=0): zeros below a diagonal",
          "vander(x, N=None, increasing=False): powers of a vector's elements by columns",
          "kron(a, b): the second array times each element of the first",
          "cross(a, b, axis=-1): products of vectors of 3 components",
          "indices(dimensions): positions along each axis, one after the other",
          "atleast_1d(x): at least one axis",
          "atleast_2d(x): at least two axes, new ones in front",
          "atleast_3d(x): at least three axes",
          "fliplr(m): order of columns reversed",
          "flipud(m): order of rows reversed",
          "array_equal(a, b, equal_nan=False): whether shapes and all elements are equal");

  private DerivedFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "gradient" -> gradient(call);
      default -> new Array(compute(call));
    };
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "ptp" -> ReductionFunctions.axes(call).reduce(call.array("x"), NDArray::ptp);
      case "average" ->
          ReductionFunctions.axes(call)
              .reduce(call.array("x"), (x, over) -> average(call, x, over));
      case "trapezoid" -> trapezoid(call);
      case "vander" -> vander(call);
      case "kron" -> call.array("a").kron(call.array("b"));
      case "cross" -> call.array("a").cross(call.array("b"), call.axis("axis", -1));
      case "indices" -> indices(call.session(), call.extents("dimensions"));
      case "array_equiv" -> equivalent(call.array("a"), call.array("b"));
      case "array_equal" -> call.array("a").arrayEqual(call.array("b"), call.truth("equal_nan"));
      default -> Matrices.apply(call);
    };
  }

  private static NDArray average(Call call, NDArray x, int... axes) {
    return call.has("weights") ? x.average(call.array("weights"), axes) : x.mean(axes);
  }

  private static NDArray trapezoid(Call call) {
    NDArray y = call.array("y");
    int axis = call.axis("axis", -1);
    return call.has("x")
        ? y.trapezoid(call.array("x"), axis)
        : y.trapezoid(call.number("dx", 1), axis);
  }

  private static NDArray equivalent(NDArray a, NDArray b) {
    try {
      Broadcasting.common("array_equiv", List.of(a.shape(), b.shape()));
    } catch (UsageException differ) {
      return a.session().zeros(DType.BOOL);
    }
    return a.equal(b).all();
  }

  private static NDArray vander(Call call) {
    NDArray x = call.array("x");
    return x.vander(call.integer("N", x.size()), call.truth("increasing"));
  }

  private static NDArray indices(Session session, long[] extents) {
    NDArray[] each = new NDArray[extents.length];
    Arrays.setAll(each, axis -> session.indices(axis, extents));
    return session.stack(0, each);
  }

  private static Value gradient(Call call) {
    NDArray f = call.array("f");
    double spacing = call.number("spacing", 1);
    List<Value> slopes = new ArrayList<>();
    for (int axis : call.has("axis") ? call.axes("axis") : all(f.rank())) {
      slopes.add(new Array(f.gradient(spacing, axis)));
    }
    return slopes.size() == 1 ? slopes.getFirst() : new Items(slopes, false);
  }

  private static int[] all(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis -> axis);
    return axes;
  }
}
