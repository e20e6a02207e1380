package dev.weft.bench.npbench;

import static dev.weft.bench.npbench.NpbenchPrograms.ALPHA;
import static dev.weft.bench.npbench.NpbenchPrograms.BETA;

import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.function.Function;

/** The programs of linear algebra, each one job; what their names stand for is in the catalogue. */
final class MatrixPrograms {
  private final Function<String, NDArray> arrays;

  MatrixPrograms(Function<String, NDArray> arrays) {
    this.arrays = arrays;
  }

  private NDArray array(String name) {
    return arrays.apply(name);
  }

  List<NDArray> results(String name) {
    return switch (name) {
      case "atax" -> List.of(array("a").matmul(array("x")).matmul(array("a")));
      case "bicg" -> List.of(array("r").matmul(array("a")), array("a").matmul(array("p")));
      case "mvt" ->
          List.of(
              array("x1").add(array("a").matmul(array("y1"))),
              array("x2").add(array("y2").matmul(array("a"))));
      case "gesummv" -> {
        NDArray x = array("x");
        yield List.of(scaled(array("a").matmul(x), array("b").matmul(x)));
      }
      case "gemver" -> gemver();
      case "gemm" -> List.of(scaled(array("a").matmul(array("b")), array("c")));
      case "k2mm" -> List.of(scaled(array("a").matmul(array("b")).matmul(array("c")), array("d")));
      case "k3mm" -> List.of(array("a").matmul(array("b")).matmul(array("c").matmul(array("d"))));
      case "doitgen" -> List.of(array("a").matmul(array("c4")));
      default -> triangles(name);
    };
  }

  private List<NDArray> triangles(String name) {
    return switch (name) {
      case "symm" -> {
        NDArray a = array("a");
        NDArray symmetric = a.tril(0).add(a.tril(-1).t());
        yield List.of(scaled(symmetric.matmul(array("b")), array("c")));
      }
      case "syrk" -> List.of(lower(array("a").matmul(array("a").t()), array("c")));
      case "syr2k" -> {
        NDArray a = array("a");
        NDArray b = array("b");
        yield List.of(lower(a.matmul(b.t()).add(b.matmul(a.t())), array("c")));
      }
      case "trmm" -> {
        NDArray b = array("b");
        yield List.of(array("a").tril(-1).t().matmul(b).add(b).multiply(ALPHA));
      }
      case "cholesky2" -> List.of(array("a").cholesky(false));
      case "trisolv" -> List.of(array("l").solveTriangular(array("b"), true, false, false));
      default -> statistics(name);
    };
  }

  private List<NDArray> statistics(String name) {
    NDArray data = array("data");
    long rows = data.shape().extent(0);
    return switch (name) {
      case "covariance" -> {
        NDArray around = data.subtract(data.mean(0));
        yield List.of(around.t().matmul(around).divide(rows - 1.0));
      }
      case "covariance2" -> List.of(data.t().cov(1));
      case "correlation" -> {
        NDArray std = data.std(0);
        NDArray safe = std.lessEqual(0.1).where(1.0, std);
        NDArray scaled = data.subtract(data.mean(0)).divide(safe.multiply(Math.sqrt(rows)));
        yield List.of(scaled.t().matmul(scaled));
      }
      default -> throw new UsageException("npbench: there is no program '%s' here".formatted(name));
    };
  }

  /** {@code ALPHA * product + BETA * c}. */
  private static NDArray scaled(NDArray product, NDArray c) {
    return product.multiply(ALPHA).add(c.multiply(BETA));
  }

  /** The same on and below the diagonal; above it, c as it is. */
  private static NDArray lower(NDArray product, NDArray c) {
    return scaled(product, c).tril(0).add(c.triu(1));
  }

  private List<NDArray> gemver() {
    NDArray updated =
        array("a").add(array("u1").outer(array("v1"))).add(array("u2").outer(array("v2")));
    NDArray x = array("x").add(array("y").matmul(updated).multiply(BETA)).add(array("z"));
    return List.of(updated, x, array("w").add(updated.matmul(x).multiply(ALPHA)));
  }
}
