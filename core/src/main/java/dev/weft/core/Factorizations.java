package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.Cholesky;
import dev.weft.core.linalg.Determinants;
import dev.weft.core.linalg.Eig;
import dev.weft.core.linalg.Eigh;
import dev.weft.core.linalg.Lapack.Vectors;
import dev.weft.core.linalg.Lu;
import dev.weft.core.linalg.Qr;
import dev.weft.core.linalg.Svd;

/** Matrices as products of simpler ones; all parts are cut from the result of one routine. */
final class Factorizations {
  private Factorizations() {}

  static NDArray cholesky(NDArray x, boolean upper) {
    NDArray a = Matrices.square("cholesky", x);
    int n = Matrices.rows(a);
    return n == 0
        ? a
        : Matrices.apply(threads -> new Cholesky(a.dtype(), n, upper, threads), n, n, a);
  }

  private static NDArray determinants(String name, NDArray x) {
    NDArray a = Matrices.square(name, x);
    int n = Matrices.rows(a);
    return Matrices.apply(
            threads -> new Determinants(a.dtype(), n, threads), 1, Determinants.WIDTH, a)
        .squeeze(-2);
  }

  static NDArray det(NDArray x) {
    if (x.rank() >= 2 && Matrices.rows(x) == 0) {
      return Matrices.full(Matrices.square("det", x), 1);
    }
    return number(determinants("det", x), 2);
  }

  static Linalg.Slogdet slogdet(NDArray x) {
    if (x.rank() >= 2 && Matrices.rows(x) == 0) {
      NDArray a = Matrices.square("slogdet", x);
      return new Linalg.Slogdet(Matrices.full(a, 1), Matrices.full(a, 0).real());
    }
    NDArray all = determinants("slogdet", x);
    return new Linalg.Slogdet(number(all, 0), number(all, 1).real());
  }

  private static NDArray number(NDArray rows, int which) {
    return Matrices.columns(rows, which, which + 1).squeeze(-1);
  }

  static Linalg.Qr qr(NDArray x, boolean complete) {
    NDArray a = Matrices.checked("qr", x);
    int m = Matrices.rows(a);
    int n = Matrices.columns(a);
    if (Matrices.isEmpty(a)) {
      int width = complete ? m : 0;
      return new Linalg.Qr(Matrices.identities(a, m, width), Matrices.full(a, 0, width, n));
    }
    Qr.Parts parts = complete ? Qr.Parts.COMPLETE : Qr.Parts.REDUCED;
    int width = new Qr(a.dtype(), m, n, parts, 1).width();
    NDArray all =
        Matrices.apply(threads -> new Qr(a.dtype(), m, n, parts, threads), m + n, width, a);
    return new Linalg.Qr(
        Matrices.rows(all, 0, m), Matrices.transposed(Matrices.rows(all, m, m + n)));
  }

  /** The triangle of {@link #qr} alone. */
  static NDArray triangle(NDArray x) {
    NDArray a = Matrices.checked("qr", x);
    int m = Matrices.rows(a);
    int n = Matrices.columns(a);
    if (Matrices.isEmpty(a)) {
      return Matrices.full(a, 0, 0, n);
    }
    NDArray r =
        Matrices.apply(
            threads -> new Qr(a.dtype(), m, n, Qr.Parts.TRIANGLE, threads), n, Math.min(m, n), a);
    return Matrices.transposed(r);
  }

  static Linalg.Svd svd(NDArray x, boolean full) {
    NDArray a = Matrices.checked("svd", x);
    int m = Matrices.rows(a);
    int n = Matrices.columns(a);
    if (Matrices.isEmpty(a)) {
      return new Linalg.Svd(
          Matrices.identities(a, m, full ? m : 0),
          Matrices.full(a, 0, 0).real(),
          Matrices.identities(a, full ? n : 0, n));
    }
    Vectors vectors = full ? Vectors.FULL : Vectors.REDUCED;
    Svd shape = new Svd(a.dtype(), m, n, vectors, 1);
    NDArray all =
        Matrices.apply(
            threads -> new Svd(a.dtype(), m, n, vectors, threads), m + 1 + n, shape.width(), a);
    NDArray right = Matrices.columns(Matrices.rows(all, m + 1, m + 1 + n), 0, shape.right());
    return new Linalg.Svd(
        Matrices.columns(Matrices.rows(all, 0, m), 0, shape.left()),
        Pieces.part(Matrices.row(all, m), a.rank() - 2, 0, Math.min(m, n)).real(),
        Matrices.transposed(right));
  }

  static NDArray svdvals(NDArray x) {
    NDArray a = Matrices.checked("svdvals", x);
    int m = Matrices.rows(a);
    int n = Matrices.columns(a);
    int k = Math.min(m, n);
    return (k == 0
            ? Matrices.full(a, 0, 0)
            : Matrices.apply(threads -> new Svd(a.dtype(), m, n, Vectors.NONE, threads), 1, k, a)
                .squeeze(-2))
        .real();
  }

  static Linalg.Eigh eigh(NDArray x, boolean upper) {
    NDArray a = Matrices.square("eigh", x);
    int n = Matrices.rows(a);
    if (n == 0) {
      return new Linalg.Eigh(Matrices.full(a, 0, 0).real(), a);
    }
    NDArray all =
        Matrices.apply(threads -> new Eigh(a.dtype(), n, true, upper, threads), n + 1, n, a);
    return new Linalg.Eigh(Matrices.row(all, 0).real(), Matrices.rows(all, 1, n + 1));
  }

  static NDArray eigvalsh(NDArray x, boolean upper) {
    NDArray a = Matrices.square("eigvalsh", x);
    int n = Matrices.rows(a);
    return (n == 0
            ? Matrices.full(a, 0, 0)
            : Matrices.apply(threads -> new Eigh(a.dtype(), n, false, upper, threads), 1, n, a)
                .squeeze(-2))
        .real();
  }

  static Linalg.Eig eig(NDArray x) {
    NDArray a = Matrices.square("eig", x);
    int n = Matrices.rows(a);
    DType complex = a.dtype().complex();
    if (n == 0) {
      return new Linalg.Eig(Matrices.full(a, 0, 0).cast(complex), a.cast(complex));
    }
    NDArray all =
        Matrices.apply(complex, threads -> new Eig(a.dtype(), n, true, threads), n + 1, n, a);
    return new Linalg.Eig(Matrices.row(all, 0), Matrices.rows(all, 1, n + 1));
  }

  static NDArray eigvals(NDArray x) {
    NDArray a = Matrices.square("eigvals", x);
    int n = Matrices.rows(a);
    DType complex = a.dtype().complex();
    return n == 0
        ? Matrices.full(a, 0, 0).cast(complex)
        : Matrices.apply(complex, threads -> new Eig(a.dtype(), n, false, threads), 1, n, a)
            .squeeze(-2);
  }

  static Linalg.Lu lu(NDArray x) {
    NDArray a = Matrices.checked("lu", x);
    int m = Matrices.rows(a);
    int n = Matrices.columns(a);
    int k = Math.min(m, n);
    if (k == 0) {
      return new Linalg.Lu(
          Matrices.identities(a, m, m), Matrices.full(a, 0, m, 0), Matrices.full(a, 0, 0, n));
    }
    NDArray all = Matrices.apply(threads -> new Lu(a.dtype(), m, n, threads), m, n + 1, a);
    NDArray from = Matrices.columns(all, n, n + 1).squeeze(-1).real().expandDims(-2);
    NDArray numbers = x.session().arange(m).cast(DType.FLOAT64).expandDims(1);
    return new Linalg.Lu(
        from.equal(numbers).cast(a.dtype()),
        Matrices.columns(all, 0, k).tril(-1).add(Matrices.identities(a, m, k)),
        Matrices.columns(Matrices.rows(all, 0, k), 0, n).triu(0));
  }
}
