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

/** Linear algebra of the whole way through sessions; NumPy's values are held in the language. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinalgTest {
  private Session session;

  @BeforeAll
  void open() {
    LapackProvider.Lookup lookup = LapackProvider.OnClassPath.lookup();
    assumeTrue(lookup instanceof LapackProvider.Lookup.Found, lookup::toString);
    session = Session.open(SessionConfig.defaults().withThreads(3).withChunkBytes(1 << 16));
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

  /** Larger than a chunk, so that pieces are put together, and wide enough for several threads. */
  @Test
  void matricesLargerThanAChunkAreDecomposed() {
    NDArray a = random(session, 300, 200);
    NDArray square = random(session, 200, 200);
    NDArray b = random(session, 200, 30);
    assertThat(error(square.matmul(square.solve(b)), b)).isLessThan(1e-11);
    assertThat(error(square.matmul(square.inv()), session.eye(200))).isLessThan(1e-11);
    Linalg.Qr qr = a.qr();
    assertThat(error(qr.q().matmul(qr.r()), a)).isLessThan(1e-13);
    assertThat(error(turned(qr.q()).matmul(qr.q()), session.eye(200))).isLessThan(1e-13);
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
    assertThat(error(a.pinv().matmul(a), session.eye(200))).isLessThan(1e-11);
    assertThat(error(definite.slogdet().logabsdet(), svd.s().log().sum().multiply(2)))
        .isLessThan(1e-12);
  }

  @Test
  void float32IsComputedAsSuch() {
    NDArray a = random(session, 150, 150).cast(DType.FLOAT32);
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
    NDArray a = random(session, 160, 160);
    NDArray product = a.matmul(turned(a)).add(session.eye(160));
    double expected = product.slogdet().logabsdet().toDouble();
    List<Callable<Double>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
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
        .isInstanceOfAny(UsageException.class, dev.weft.core.error.JobFailedException.class)
        .hasMessageContaining(message);
  }
}
