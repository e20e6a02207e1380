package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.Axes;
import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import java.util.List;

/** Products and norms of vectors and matrices, those of NumPy's linalg among them. */
final class ProductFunctions {
  static final List<String> ROWS =
      List.of(
          "einsum(subscripts, *operands): sum of products over letters, as in 'ij,jk->ik'",
          "inner(a, b): sums of products over the last axes",
          "vdot(a, b): sum of all products",
          "vecdot(a, b, axis=-1): sums of products along an axis",
          "matvec(a, b): matrices times vectors",
          "vecmat(a, b): vectors times matrices",
          "matrix_transpose(x): the last two axes exchanged",
          "linalg.vecdot(a, b, axis=-1): sums of products along an axis",
          "linalg.matmul(a, b): matrix product",
          "linalg.tensordot(a, b, axes=2): sum of products over pairs of axes",
          "linalg.outer(a, b): all products of elements of two vectors",
          "linalg.cross(a, b, axis=-1): products of vectors of 3 components",
          "linalg.matrix_transpose(x): the last two axes exchanged",
          "linalg.diagonal(x, *, offset=0): diagonals of matrices, the last two axes",
          "linalg.trace(x, *, offset=0): sums of diagonals of matrices, the last two axes",
          "linalg.multi_dot(arrays): matrix product in the cheapest order",
          "linalg.matrix_power(a, n): matrices multiplied by themselves",
          "linalg.vector_norm(x, *, axis=None, keepdims=False, ord=2): lengths of vectors",
          "linalg.matrix_norm(x, *, keepdims=False, ord='fro'): norms of matrices, the last two axes",
          "linalg.norm(x, ord=None, axis=None, keepdims=False): of vectors, or of matrices over two axes");

  private ProductFunctions() {}

  static Value apply(Call call) {
    return new Array(compute(call));
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "einsum" -> einsum(call);
      case "inner" -> call.array("a").inner(call.array("b"));
      case "vdot" -> call.array("a").ravel().conj().dot(call.array("b").ravel());
      case "vecdot", "linalg.vecdot" ->
          call.array("a").vecdot(call.array("b"), call.axis("axis", -1));
      case "matvec" -> call.session().einsum("...ij,...j->...i", call.array("a"), call.array("b"));
      case "vecmat" -> call.session().einsum("...i,...ij->...j", call.array("a"), call.array("b"));
      case "matrix_transpose", "linalg.matrix_transpose" -> call.array("x").swapaxes(-2, -1);
      case "linalg.matmul" -> call.array("a").matmul(call.array("b"));
      case "linalg.tensordot" -> NumericFunctions.tensordot(call);
      case "linalg.outer" -> outer(call.array("a"), call.array("b"));
      case "linalg.cross" -> call.array("a").cross(call.array("b"), call.axis("axis", -1));
      case "linalg.diagonal" -> call.array("x").diagonal(call.integer("offset", 0), -2, -1);
      case "linalg.trace" -> call.array("x").trace(call.integer("offset", 0), -2, -1);
      case "linalg.multi_dot" -> call.session().multiDot(call.arrays("arrays"));
      case "linalg.matrix_power" -> call.array("a").matrixPower(call.integer("n"));
      case "linalg.vector_norm" ->
          call.array("x").vectorNorm(order(call), ReductionFunctions.axes(call));
      case "linalg.matrix_norm" -> matrix(call, call.array("x"));
      case "linalg.norm" -> norm(call);
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray einsum(Call call) {
    if (!(call.value("subscripts") instanceof Value.Word(String text))) {
      throw call.wrong("subscripts", "text such as 'ij,jk->ik'");
    }
    if (!call.has("operands")) {
      throw new UsageException(
          "einsum: no operands given; name an array for each of '" + text + "'");
    }
    return call.session().einsum(text, call.arrays("operands"));
  }

  private static NDArray outer(NDArray a, NDArray b) {
    if (a.rank() != 1 || b.rank() != 1) {
      throw new UsageException(
          "linalg.outer: shapes %s and %s; use vectors, or outer for arrays of any rank"
              .formatted(a.shape(), b.shape()));
    }
    return a.outer(b);
  }

  private static double order(Call call) {
    return call.number("ord", 2);
  }

  private static NDArray matrix(Call call, NDArray x) {
    NDArray norm =
        switch (call.value("ord")) {
          case Value.Word(String text) when text.equals("fro") -> x.frobeniusNorm();
          case Value.Word(String text) when text.equals("nuc") -> x.nuclearNorm();
          case Value.Word word ->
              throw call.wrong("ord", "'fro', 'nuc', 1, -1, 2, -2, inf or -inf");
          default -> call.has("ord") ? x.matrixNorm(order(call)) : x.frobeniusNorm();
        };
    return call.truth("keepdims") ? norm.expandDims(new int[] {-2, -1}) : norm;
  }

  /** Of all elements, if neither order nor axes are given; of vectors over one axis. */
  private static NDArray norm(Call call) {
    NDArray x = call.array("x");
    if (!call.has("axis") && !call.has("ord")) {
      NDArray norm = x.vectorNorm(2);
      return call.truth("keepdims") ? norm.keepdims(x.shape()) : norm;
    }
    int[] axes = call.has("axis") ? call.axes("axis") : all(x.rank());
    if (axes.length == 1) {
      Axes along = Axes.of(axes);
      return x.vectorNorm(order(call), call.truth("keepdims") ? along.keepDims() : along);
    }
    if (axes.length != 2) {
      throw new UsageException(
          "linalg.norm: %d axes of shape %s; name one for vectors or two for matrices"
              .formatted(axes.length, x.shape()));
    }
    NDArray norm = matrix(call, x.moveaxis(axes, new int[] {-2, -1}));
    if (!call.truth("keepdims")) {
      return norm;
    }
    return norm.moveaxis(new int[] {-2, -1}, axes);
  }

  private static int[] all(int rank) {
    return rank == 1 ? new int[] {0} : rank == 2 ? new int[] {0, 1} : new int[rank];
  }
}
