package dev.weft.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.HostArray;
import dev.weft.core.Linalg;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.linalg.LapackProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear algebra of the whole way through sessions; NumPy's values are held in the language. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinalgTest {
  private Session session;

  @BeforeAll
  void open() {
    LapackProvider.Lookup lookup = LapackProvider.OnClassPath.lookup();
    assumeTrue(lookup instanceof LapackProvider.Lookup.Found, lookup::toString);
    session = Session.open(SessionConfig.defaults().withThreads(3).withChunkBytes(1 << 15));
  }

  @AfterAll
  void close() {
    if (session != null) {
      session.close();
    }
  }

  private static NDArray random(Session session, long... extents) {
    return session.random(7).normal(extents);
  }

  /** How far apart arrays are, where the largest element of the second counts as 1. */
  private static double error(NDArray actual, NDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    return actual.subtract(expected).abs().max().divide(expected.abs().max()).toDouble();
  }

  private static NDArray turned(NDArray x) {
    return x.swapaxes(-2, -1);
  }

  /** Larger than a chunk, so that pieces are put together. */
  @Test
  void matricesLargerThanAChunkAreDecomposed() {
    NDArray a = random(session, 120, 100);
    NDArray square = random(session, 100, 100);
    NDArray b = random(session, 100, 30);
    assertThat(error(square.matmul(square.solve(b)), b)).isLessThan(1e-11);
    assertThat(error(square.matmul(square.inv()), session.eye(100))).isLessThan(1e-11);
    Linalg.Qr qr = a.qr();
    assertThat(error(qr.q().matmul(qr.r()), a)).isLessThan(1e-13);
    assertThat(error(turned(qr.q()).matmul(qr.q()), session.eye(100))).isLessThan(1e-13);
    Linalg.Svd svd = a.svd();
    assertThat(error(svd.u().multiply(svd.s()).matmul(svd.vh()), a)).isLessThan(1e-13);
    assertThat(error(a.svdvals(), svd.s())).isLessThan(1e-13);
    NDArray definite = turned(a).matmul(a);
    NDArray lower = definite.cholesky(false);
    assertThat(error(lower.matmul(turned(lower)), definite)).isLessThan(1e-13);
    Linalg.Eigh eigh = definite.eigh();
    assertThat(
            error(
                definite.matmul(eigh.eigenvectors()),
                eigh.eigenvectors().multiply(eigh.eigenvalues())))
        .isLessThan(1e-12);
    assertThat(error(eigh.eigenvalues().flip(), svd.s().square())).isLessThan(1e-12);
    Linalg.Lu lu = a.lu();
    assertThat(error(lu.p().matmul(lu.l()).matmul(lu.u()), a)).isLessThan(1e-13);
    assertThat(error(a.pinv().matmul(a), session.eye(100))).isLessThan(1e-11);
    assertThat(error(definite.slogdet().logabsdet(), svd.s().log().sum().multiply(2)))
        .isLessThan(1e-12);
  }

  @Test
  void float32IsComputedAsSuch() {
    NDArray a = random(session, 90, 90).cast(DType.FLOAT32);
    Linalg.Qr qr = a.qr();
    assertThat(qr.q().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(error(qr.q().matmul(qr.r()), a)).isLessThan(1e-5).isGreaterThan(1e-9);
    Linalg.Svd svd = a.svd();
    assertThat(error(svd.u().multiply(svd.s()).matmul(svd.vh()), a)).isLessThan(1e-5);
    Linalg.Eigh eigh = a.add(turned(a)).eigh();
    assertThat(eigh.eigenvalues().dtype()).isEqualTo(DType.FLOAT32);
    NDArray again =
        eigh.eigenvectors().multiply(eigh.eigenvalues()).matmul(turned(eigh.eigenvectors()));
    assertThat(error(again, a.add(turned(a)))).isLessThan(1e-5);
  }

  private static NDArray adjoint(NDArray x) {
    return turned(x.conj());
  }

  private NDArray complex(DType dtype, long... extents) {
    NDArray re = random(session, extents);
    return re.complex(session.random(8).normal(extents)).cast(dtype);
  }

  /** By what makes them up, in batches; LAPACK has routines of their own for complex numbers. */
  @ParameterizedTest
  @CsvSource({"COMPLEX128, 1e-12", "COMPLEX64, 1e-4"})
  void complexMatricesAreDecomposed(DType dtype, double close) {
    NDArray a = complex(dtype, 5, 9, 6);
    NDArray square = complex(dtype, 5, 6, 6);
    NDArray b = complex(dtype, 6, 2);
    NDArray one = session.eye(6).cast(dtype).broadcastTo(5, 6, 6);
    assertThat(square.solve(b).dtype()).isEqualTo(dtype);
    assertThat(error(square.matmul(square.solve(b)), b.broadcastTo(5, 6, 2))).isLessThan(close);
    assertThat(error(square.matmul(square.inv()), one)).isLessThan(close);
    assertThat(error(square.matrixPower(-2).matmul(square).matmul(square), one))
        .isLessThan(close * 100);
    Linalg.Qr qr = a.qr();
    assertThat(error(qr.q().matmul(qr.r()), a)).isLessThan(close);
    assertThat(error(adjoint(qr.q()).matmul(qr.q()), one)).isLessThan(close);
    assertThat(qr.r().tril(-1).abs().max().toDouble()).isZero();
    Linalg.Svd svd = a.svd();
    assertThat(svd.s().dtype()).isEqualTo(dtype.part());
    assertThat(error(svd.u().multiply(svd.s().expandDims(-2)).matmul(svd.vh()), a))
        .isLessThan(close);
    assertThat(error(a.svdvals(), svd.s())).isLessThan(close);
    Linalg.Svd full = a.svd(true);
    assertThat(full.u().shape().extents()).containsExactly(5, 9, 9);
    assertThat(
            error(
                full.u().matmul(adjoint(full.u())),
                session.eye(9).cast(dtype).broadcastTo(5, 9, 9)))
        .isLessThan(close);
    NDArray definite = adjoint(a).matmul(a);
    NDArray lower = definite.cholesky(false);
    assertThat(error(lower.matmul(adjoint(lower)), definite)).isLessThan(close);
    NDArray upper = definite.cholesky(true);
    assertThat(error(adjoint(upper).matmul(upper), definite)).isLessThan(close);
    Linalg.Eigh eigh = definite.eigh();
    assertThat(eigh.eigenvalues().dtype()).isEqualTo(dtype.part());
    assertThat(
            error(
                definite.matmul(eigh.eigenvectors()),
                eigh.eigenvectors().multiply(eigh.eigenvalues().expandDims(-2))))
        .isLessThan(close);
    assertThat(error(definite.eigvalsh(true), eigh.eigenvalues())).isLessThan(close);
    assertThat(error(eigh.eigenvalues().flip(-1), svd.s().square())).isLessThan(close);
    Linalg.Lu lu = a.lu();
    assertThat(error(lu.p().matmul(lu.l()).matmul(lu.u()), a)).isLessThan(close);
    assertThat(error(a.matmul(a.pinv()).matmul(a), a)).isLessThan(close);
    NDArray sides = complex(dtype, 9, 2);
    Linalg.Lstsq best = a.lstsq(sides);
    NDArray rest = sides.subtract(a.matmul(best.x()));
    assertThat(adjoint(a).matmul(rest).abs().max().toDouble()).isLessThan(close * 10);
    assertThat(error(best.residuals(), rest.abs().square().sum(-2))).isLessThan(close);
    assertThat(error(lower.solveTriangular(b, true, false, false), lower.solve(b)))
        .isLessThan(close);
    Linalg.Slogdet slogdet = square.slogdet();
    assertThat(slogdet.logabsdet().dtype()).isEqualTo(dtype.part());
    assertThat(error(slogdet.sign().multiply(slogdet.logabsdet().exp()), square.det()))
        .isLessThan(close);
    assertThat(error(square.eigvals().prod(-1), square.det())).isLessThan(close * 10);
    assertThat(error(a.cond(), svd.s().slice("..., 0").divide(svd.s().slice("..., -1"))))
        .isLessThan(close);
  }

  /** Of real matrices, too, eigenvalues are complex: in pairs, with vectors of length 1. */
  @ParameterizedTest
  @CsvSource({"FLOAT64, 1e-12", "FLOAT32, 1e-4", "COMPLEX128, 1e-12", "COMPLEX64, 1e-4"})
  void anySquareMatrixHasEigenvalues(DType dtype, double close) {
    NDArray real = random(session, 3, 7, 7);
    NDArray a = dtype.isComplex() ? complex(dtype, 3, 7, 7) : real.cast(dtype);
    Linalg.Eig eig = a.eig();
    NDArray v = eig.eigenvectors();
    assertThat(v.dtype()).isEqualTo(dtype.complex());
    assertThat(
            error(a.cast(dtype.complex()).matmul(v), v.multiply(eig.eigenvalues().expandDims(-2))))
        .isLessThan(close);
    assertThat(error(v.abs().square().sum(-2), session.ones(3, 7))).isLessThan(close);
    assertThat(error(a.eigvals().sum(-1), a.trace(0, -2, -1).cast(dtype.complex())))
        .isLessThan(close);
    assertThat(
            session
                .array(new double[] {0, -1, 1, 0})
                .reshape(2, 2)
                .eigvals()
                .imag()
                .abs()
                .compute()
                .toDoubleArray())
        .containsExactly(1, 1);
  }

  @Test
  void normsOfComplexNumbersAreThoseOfTheirSizes() {
    NDArray x = session.array(new double[] {3, 0}).complex(session.array(new double[] {4, -12}));
    assertThat(x.vectorNorm(2).toDouble()).isEqualTo(13);
    assertThat(x.vectorNorm(1).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(x.vectorNorm(1).toDouble()).isEqualTo(17);
    assertThat(x.reshape(1, 2).matrixNorm(1).toDouble()).isEqualTo(12);
    assertThat(x.cast(DType.COMPLEX64).reshape(1, 2).matrixNorm(2).toDouble()).isEqualTo(13);
  }

  /** Each matrix for itself: which others are in its chunk does not matter, to the bit. */
  @Test
  void batchesAreCutIntoChunks() {
    NDArray batch = random(session, 6, 10, 20, 20);
    NDArray inverses = batch.inv();
    assertThat(inverses.chunks().count()).isGreaterThan(1);
    NDArray sides = random(session, 10, 20, 2);
    try (HostArray all = inverses.compute();
        HostArray one = batch.slice("4, 7").inv().compute();
        HostArray solutions = batch.solve(sides).compute();
        HostArray solution = batch.slice("4, 7").solve(sides.slice("7")).compute();
        HostArray values = batch.rechunk(1, 3, 7, 20).svd().s().compute();
        HostArray of = batch.slice("4, 7").svd().s().compute()) {
      assertThat(solutions.shape().extents()).containsExactly(6, 10, 20, 2);
      for (int i = 0; i < 20; i++) {
        assertThat(all.getDouble(4, 7, i, 3)).isEqualTo(one.getDouble(i, 3));
        assertThat(solutions.getDouble(4, 7, i, 1)).isEqualTo(solution.getDouble(i, 1));
        assertThat(values.getDouble(4, 7, i)).isEqualTo(of.getDouble(i));
      }
    }
  }

  /** Calls that use several threads, and others meanwhile. */
  @Test
  void callsOfSeveralThreadsWaitForEachOther() throws Exception {
    NDArray a = random(session, 520, 520);
    NDArray b = random(session, 520);
    assertThat(error(a.matmul(a.solve(b)), b)).isLessThan(1e-10);
    NDArray product = a.add(session.eye(520).multiply(100)).persist();
    double expected = product.slogdet().logabsdet().toDouble();
    List<Callable<Double>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(() -> product.slogdet().logabsdet().toDouble());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Double> found : threads.invokeAll(calls)) {
        assertThat(found.get()).isEqualTo(expected);
      }
    }
  }

  /** The memory of a task is more than that of its operand and result, and is counted. */
  @Test
  void workIsPartOfTheMemoryLimit() {
    try (Session small = Session.open(SessionConfig.defaults().withMemoryLimit(8 << 20))) {
      assertThat(random(small, 400, 400).sum().toDouble()).isFinite();
      assertThatThrownBy(() -> random(small, 400, 400).svd().u().compute())
          .hasMessageContaining("memory limit");
    }
  }

  @Test
  void matricesThatDoNotFitAreNamed() {
    NDArray batch = session.eye(3).broadcastTo(2, 4, 3, 3);
    NDArray middle = session.arange(8).equal(6).reshape(2, 4, 1, 1);
    fails(
        () -> batch.multiply(middle.logicalNot()).inv().compute(),
        "inv: matrix (1, 2) of the batch is a singular matrix: pivot 0 is 0; use pinv or lstsq");
    fails(
        () -> session.ones(3, 3).solve(session.ones(3)).compute(),
        "solve: matrix is a singular matrix: pivot 1 is 0; use pinv or lstsq");
    fails(
        () -> batch.subtract(middle.multiply(2)).slice("1").cholesky(false).compute(),
        "cholesky: matrix 2 of the batch is not positive definite: its leading part of 1 rows is not");
    fails(
        () -> batch.add(middle.where(Double.NaN, 0.0)).svd().s().compute(),
        "svd: matrix (1, 2) of the batch has singular values that did not converge; look for NaN");
    fails(
        () ->
            session
                .ones(3, 3)
                .triu(1)
                .solveTriangular(session.ones(3), false, false, false)
                .compute(),
        "solve_triangular: matrix is singular: element 0 of its diagonal is 0");
  }

  @Test
  void shapesAndTypesThatDoNotFitAreRefusedAtOnce() {
    fails(
        () -> session.ones(3, 4).det(),
        "det: shape (3, 4) has matrices that are not square; the last two extents must be equal");
    fails(() -> session.ones(3).eigh(), "eigh: shape (3,) has no matrices; use two axes or more");
    fails(
        () -> session.eye(3).solve(session.ones(2)),
        "solve: matrices of shape (3, 3) and a right side of shape (2,); it needs 3 rows");
    fails(
        () -> session.eye(3).solve(session.ones(2, 2, 3)),
        "solve: matrices of shape (3, 3) and a right side of shape (2, 2, 3); it needs 3 rows, the");
    fails(
        () -> session.eye(3).solve(session.scalar(1.0)),
        "solve: the right side has shape (); use a vector, or matrices");
    fails(
        () -> session.eye(3).broadcastTo(2, 3, 3).solve(session.ones(4, 3, 1)),
        "solve: shapes (2,) and (4,) do not broadcast");
    fails(
        () -> session.eye(3).lstsq(session.ones(2)),
        "lstsq: matrices of shape (3, 3) and a right side of shape (2,); it needs 3 rows");
    fails(
        () -> session.eye(3).cast(DType.FLOAT16).inv(),
        "inv: LAPACK does not compute with float16; cast to float32");
    fails(
        () -> session.ones(1, 30_000).svdvals(),
        "svdvals: shape (1, 30000) has matrices with an axis of 30000; LAPACK counts in 32 bits");
    fails(
        () -> session.ones(2, 0, 3).cond(),
        "cond: matrices of shape (2, 0, 3) have no elements; add some");
    fails(
        () -> session.ones(2, 3).tensorsolve(session.ones(2)),
        "tensorsolve: shapes (2, 3) and (2,); the first must begin with the second");
    fails(
        () -> session.ones(2, 3, 5).tensorinv(2),
        "tensorinv: 2 leading axes of shape (2, 3, 5); they must have as many elements");
    fails(() -> session.eye(3).cond(3), "matrix_norm: order 3.0; use 1, -1, 2, -2, an infinity");
  }

  private static void fails(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfAny(UsageException.class, JobFailedException.class)
        .hasMessageContaining(message);
  }
}
