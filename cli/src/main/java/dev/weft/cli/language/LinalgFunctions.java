package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.Linalg;
import dev.weft.core.NDArray;
import java.util.List;

/** Equations, inverses and decompositions of matrices, with NumPy's arguments. */
final class LinalgFunctions {
  static final List<String> ROWS =
      List.of(
          "linalg.solve(a, b): x for which a @ x = b, a vector or matrices",
          "linalg.solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False): solve with triangles",
          "linalg.tensorsolve(a, b): x for which tensordot(a, x, x.ndim) is b",
          "linalg.tensorinv(a, ind=2): the inverse of tensordot with a, of whose axes ind are those of results",
          "linalg.inv(a): inverses of matrices",
          "linalg.pinv(a, rcond=None, *, rtol=None): pseudo-inverses, by singular values",
          "linalg.lstsq(a, b, rcond=None): least squares; x, residuals, rank, singular values, a tuple",
          "linalg.det(a): determinants",
          "linalg.slogdet(a): signs and logarithms of determinants, a tuple",
          "linalg.cholesky(a, *, upper=False): triangles whose products with their transposes are a",
          "linalg.qr(a, mode='reduced'): orthonormal columns and upper triangles, a tuple",
          "linalg.svd(a, full_matrices=True, compute_uv=True): u, s and vh with a = u * s @ vh, a tuple",
          "linalg.svdvals(x): singular values, largest first",
          "linalg.eigh(a, UPLO='L'): eigenvalues and eigenvectors of symmetric matrices, a tuple",
          "linalg.eigvalsh(a, UPLO='L'): eigenvalues of symmetric matrices, ascending",
          "linalg.eig(a): eigenvalues and eigenvectors, complex, a tuple",
          "linalg.eigvals(a): eigenvalues, complex",
          "linalg.lu(a): p, l and u with a = p @ l @ u, a tuple",
          "linalg.matrix_rank(A, tol=None, *, rtol=None): how many singular values are not 0",
          "linalg.cond(x, p=None): norms times norms of inverses");

  private LinalgFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "linalg.lstsq" -> {
        NDArray a = call.array("a");
        NDArray b = call.array("b");
        Linalg.Lstsq found = call.has("rcond") ? a.lstsq(b, call.number("rcond", 0)) : a.lstsq(b);
        yield ElementFunctions.tuple(found.x(), found.residuals(), found.rank(), found.s());
      }
      case "linalg.slogdet" -> {
        Linalg.Slogdet found = call.array("a").slogdet();
        yield ElementFunctions.tuple(found.sign(), found.logabsdet());
      }
      case "linalg.qr" -> qr(call);
      case "linalg.svd" -> svd(call);
      case "linalg.eigh" -> {
        Linalg.Eigh found = call.array("a").eigh(isUpper(call));
        yield ElementFunctions.tuple(found.eigenvalues(), found.eigenvectors());
      }
      case "linalg.eig" -> {
        Linalg.Eig found = call.array("a").eig();
        yield ElementFunctions.tuple(found.eigenvalues(), found.eigenvectors());
      }
      case "linalg.lu" -> {
        Linalg.Lu found = call.array("a").lu();
        yield ElementFunctions.tuple(found.p(), found.l(), found.u());
      }
      default -> new Array(compute(call));
    };
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "linalg.solve" -> call.array("a").solve(call.array("b"));
      case "linalg.solve_triangular" -> triangular(call);
      case "linalg.tensorsolve" -> call.array("a").tensorsolve(call.array("b"));
      case "linalg.tensorinv" -> call.array("a").tensorinv(call.small("ind", 2));
      case "linalg.inv" -> call.array("a").inv();
      case "linalg.pinv" -> {
        String given = call.has("rtol") ? "rtol" : "rcond";
        NDArray a = call.array("a");
        yield call.has(given) ? a.pinv(call.array(given)) : a.pinv();
      }
      case "linalg.det" -> call.array("a").det();
      case "linalg.cholesky" -> call.array("a").cholesky(call.truth("upper"));
      case "linalg.svdvals" -> call.array("x").svdvals();
      case "linalg.eigvalsh" -> call.array("a").eigvalsh(isUpper(call));
      case "linalg.eigvals" -> call.array("a").eigvals();
      case "linalg.matrix_rank" -> rank(call);
      case "linalg.cond" -> cond(call);
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray triangular(Call call) {
    String named =
        call.value("trans") instanceof Value.Word(String text)
            ? text
            : "" + call.integer("trans", 0);
    int trans =
        switch (named) {
          case "0", "N" -> 0;
          case "1", "T" -> 1;
          case "2", "C" -> 2;
          default -> throw call.wrong("trans", "0, 1, 2, 'N', 'T' or 'C'");
        };
    NDArray a = call.array("a");
    return (trans == 2 ? a.conj() : a)
        .solveTriangular(
            call.array("b"), call.truth("lower"), trans > 0, call.truth("unit_diagonal"));
  }

  private static Value qr(Call call) {
    NDArray a = call.array("a");
    String mode = call.word("mode", "reduced");
    if (mode.equals("r")) {
      return new Array(a.triangleOfQr());
    }
    if (!mode.equals("reduced") && !mode.equals("complete")) {
      throw call.wrong("mode", "'reduced', 'complete' or 'r'");
    }
    Linalg.Qr found = a.qr(mode.equals("complete"));
    return ElementFunctions.tuple(found.q(), found.r());
  }

  private static Value svd(Call call) {
    NDArray a = call.array("a");
    if (!call.isTrue("compute_uv")) {
      return new Array(a.svdvals());
    }
    Linalg.Svd found = a.svd(call.isTrue("full_matrices"));
    return ElementFunctions.tuple(found.u(), found.s(), found.vh());
  }

  private static boolean isUpper(Call call) {
    String half = call.word("UPLO", "L");
    if (!half.equalsIgnoreCase("L") && !half.equalsIgnoreCase("U")) {
      throw call.wrong("UPLO", "'L' or 'U'");
    }
    return half.equalsIgnoreCase("U");
  }

  /** An absolute tolerance counts values of its own. */
  private static NDArray rank(Call call) {
    NDArray a = call.array("A");
    if (call.has("tol") && a.rank() >= 2) {
      return a.svdvals().greater(call.array("tol").expandDims(-1)).sum(-1);
    }
    return call.has("rtol") ? a.matrixRank(call.array("rtol")) : a.matrixRank();
  }

  private static NDArray cond(Call call) {
    NDArray x = call.array("x");
    if (!(call.value("p") instanceof Value.Word(String text))) {
      return x.cond(call.number("p", 2));
    }
    return switch (text) {
      case "fro" -> x.frobeniusCond();
      case "nuc" -> x.nuclearCond();
      default -> throw call.wrong("p", "'fro', 'nuc', 1, -1, 2, -2, inf or -inf");
    };
  }
}
