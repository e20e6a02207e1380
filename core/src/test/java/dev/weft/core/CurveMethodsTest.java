package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines through points, coarser arrays, boxes and keys; the values beside NumPy's are in cli. */
class CurveMethodsTest {
  private final Session session = Session.open(SessionConfig.defaults().withDevice("reference"));

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray x) {
    try (HostArray computed = x.compute()) {
      return computed.toDoubleArray();
    }
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  @Test
  void valuesBetweenPoints() {
    NDArray places = session.array(new double[] {0, 1});
    NDArray found =
        session.array(new double[] {0.5, 9, -1}).interp(places, session.array(new int[] {10, 20}));
    assertThat(values(found)).containsExactly(15, 20, 10);
    refused(
        () -> places.interp(session.ones(0), session.ones(0)),
        "interp: places of shape (0,) and values of shape (0,); use two vectors");
  }

  @Test
  void blocksAreReduced() {
    NDArray x = session.arange(12).reshape(3, 4).rechunk(2, 3);
    assertThat(values(x.coarsen("mean", 1, 2, false)))
        .containsExactly(0.5, 2.5, 4.5, 6.5, 8.5, 10.5);
    assertThat(values(x.coarsen("max", 0, 2, true))).containsExactly(4, 5, 6, 7);
    refused(
        () -> x.coarsen("sum", 1, 3, false),
        "coarsen: axis 1 of shape (3, 4) is 4, which is no multiple of 3; trim leaves");
    refused(() -> x.coarsen("sum", 1, 0, false), "coarsen: blocks of 0 elements; use 1 or more");
  }

  @Test
  void rowsAreCountedInBoxes() {
    NDArray rows =
        session.array(new double[][] {{0, 0}, {1, 2}, {0.5, 2}, {7, 0}, {Double.NaN, 1}});
    double[] edges = {0, 0.5, 1};
    NDArray counts = rows.rechunk(2, 1).histogramdd(edges, new double[] {0, 1, 2});
    assertThat(counts.dtype()).isEqualTo(DType.INT64);
    assertThat(values(counts)).containsExactly(1, 0, 0, 2);
    NDArray weights = session.array(new double[] {0.5, 2, 4, 8, 16});
    assertThat(values(rows.histogramdd(weights, edges, new double[] {0, 1, 2})))
        .containsExactly(0.5, 0, 0, 6);
    refused(() -> rows.histogramdd(edges), "histogramdd: shape (5, 2) and edges for 1 columns");
  }

  @Test
  void theLastKeyCountsMost() {
    NDArray names = session.array(new int[] {3, 1, 2, 1});
    NDArray ages = session.array(new int[] {30, 20, 20, 30});
    assertThat(values(session.lexsort(names, ages))).containsExactly(1, 2, 3, 0);
    refused(session::lexsort, "lexsort: no keys given");
  }
}
