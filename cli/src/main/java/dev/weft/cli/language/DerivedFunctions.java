package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions of NumPy that are made of others; those of two results give a tuple. */
final class DerivedFunctions {
  static final List<String> ROWS =
      List.of(
          "ptp(x, axis=None, *, keepdims=False): largest minus smallest",
          "average(x, axis=None, weights=None, *, keepdims=False): mean, of products with weights",
          "cov(m, y=None, rowvar=True, bias=False, ddof=None): covariances of variables by rows",
          "corrcoef(x, y=None, rowvar=True): correlations of variables by rows",
          "gradient(f, spacing=1.0, axis=None): slopes along an axis; of all axes, a tuple",
          "ediff1d(x): differences of neighbours in C order",
          "trapezoid(y, x=None, dx=1.0, axis=-1): area under points",
          "diagonal(x, offset=0, axis1=0, axis2=1): elements where column - row is the offset",
          "trace(x, offset=0, axis1=0, axis2=1): sum of a diagonal",
          "diag(v, k=0): diagonal of a matrix, or matrix with a diagonal",
          "tril(m, k=0): zeros above a diagonal",
          "triu(m, k=0): zeros below a diagonal",
          "vander(x, N=None, increasing=False): powers of a vector's elements by columns",
          "kron(a, b): the second array times each element of the first",
          "cross(a, b, axis=-1): products of vectors of 3 components",
          "inner(a, b): sums of products over the last axes",
          "vdot(a, b): sum of all products",
          "meshgrid(*arrays, indexing='xy'): coordinates of a grid, a tuple",
          "indices(dimensions): positions along each axis, one after the other",
          "atleast_1d(x): at least one axis",
          "atleast_2d(x): at least two axes, new ones in front",
          "atleast_3d(x): at least three axes",
          "fliplr(m): order of columns reversed",
          "flipud(m): order of rows reversed",
          "rot90(m, k=1): turned by quarters, against the clock",
          "divmod(a, b): quotients rounded down and remainders, a tuple",
          "modf(x): parts behind and before the point, a tuple",
          "heaviside(x, h): 0 below 0, 1 above, h at 0",
          "sinc(x): sin(pi x) / (pi x), 1 at 0",
          "float_power(a, b): power, float64",
          "logaddexp2(a, b): log2(2**a + 2**b), without overflow on the way",
          "isposinf(x): whether infinite and positive",
          "isneginf(x): whether infinite and negative",
          "array_equal(a, b, equal_nan=False): whether shapes and all elements are equal");

  private DerivedFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "gradient" -> gradient(call);
      case "meshgrid" -> meshgrid(call);
      case "divmod" -> {
        Operators operators = call.evaluator().operators();
        List<Value> operands = List.of(call.value("a"), call.value("b"));
        yield new Items(
            List.of(
                operators.apply(ElementwiseOps.FLOOR_DIVIDE, operands),
                operators.apply(ElementwiseOps.REMAINDER, operands)),
            false);
      }
      case "modf" -> {
        NDArray[] parts = call.array("x").modf();
        yield new Items(List.of(new Array(parts[0]), new Array(parts[1])), false);
      }
      default -> new Array(compute(call));
    };
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "ptp" -> ReductionFunctions.axes(call).reduce(call.array("x"), NDArray::ptp);
      case "average" ->
          ReductionFunctions.axes(call)
              .reduce(call.array("x"), (x, over) -> average(call, x, over));
      case "ediff1d" -> call.array("x").ravel().diff(1, 0);
      case "trapezoid" -> trapezoid(call);
      case "vander" -> vander(call);
      case "inner" -> inner(call.array("a"), call.array("b"));
      case "vdot" -> call.array("a").ravel().dot(call.array("b").ravel());
      case "kron" -> call.array("a").kron(call.array("b"));
      case "cross" -> call.array("a").cross(call.array("b"), call.axis("axis", -1));
      case "indices" -> indices(call.session(), call.extents("dimensions"));
      case "heaviside", "float_power", "logaddexp2" -> pointwise(call);
      case "sinc" -> call.array("x").sinc();
      case "isposinf" -> call.array("x").isposinf();
      case "isneginf" -> call.array("x").isneginf();
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

  private static NDArray vander(Call call) {
    NDArray x = call.array("x");
    return x.vander(call.integer("N", x.size()), call.truth("increasing"));
  }

  private static NDArray inner(NDArray a, NDArray b) {
    return a.rank() == 0 || b.rank() == 0
        ? a.multiply(b)
        : a.tensordot(b, new int[] {-1}, new int[] {-1});
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

  private static Value meshgrid(Call call) {
    NDArray[] vectors =
        Arrays.stream(call.arrays("arrays")).map(NDArray::ravel).toArray(NDArray[]::new);
    String indexing = call.value("indexing") instanceof Value.Word(String text) ? text : "xy";
    if (!indexing.equals("xy") && !indexing.equals("ij")) {
      throw call.wrong("indexing", "'xy' or 'ij'");
    }
    List<Value> grids = new ArrayList<>();
    boolean swapped = indexing.equals("xy") && vectors.length > 1;
    long[] extents = new long[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      extents[axis(i, swapped)] = vectors[i].size();
    }
    for (int i = 0; i < vectors.length; i++) {
      long[] along = new long[vectors.length];
      Arrays.fill(along, 1);
      along[axis(i, swapped)] = vectors[i].size();
      grids.add(new Array(vectors[i].reshape(along).broadcastTo(extents)));
    }
    return new Items(grids, false);
  }

  private static int axis(int vector, boolean swapped) {
    return swapped && vector < 2 ? 1 - vector : vector;
  }

  private static NDArray pointwise(Call call) {
    Conversion conversion = call.evaluator().conversion();
    if (call.name().equals("float_power")) {
      return call.array("a").floatPower(call.array("b"));
    }
    boolean step = call.name().equals("heaviside");
    List<Value> values = List.of(call.value(step ? "x" : "a"), call.value(step ? "h" : "b"));
    // Numbers take the type that they have in rows with floating results.
    DType dtype = call.evaluator().operators().apply(ElementwiseOps.HYPOT, values).array().dtype();
    NDArray[] operands = new NDArray[2];
    for (int i = 0; i < operands.length; i++) {
      Value value = values.get(i);
      operands[i] = value.isNumber() ? conversion.constant(dtype, value) : conversion.array(value);
    }
    return step ? operands[0].heaviside(operands[1]) : operands[0].logaddexp2(operands[1]);
  }
}
