package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is computed row by row in one stage has the bits that it has when every reduction is
 * computed, and kept, before anything goes on with it.
 */
@Timeout(600)
public abstract class RowSuite extends SessionSuite {
  private static final long[] LENGTHS = {1, 63, 64, 65, 4095, 4096, 4097, 10000};

  /** The results of a formula; {@code kept} is applied to each reduction. */
  @FunctionalInterface
  private interface Formula {
    List<NDArray> of(NDArray x, UnaryOperator<NDArray> kept);
  }

  /** A function whose bits do not depend on how its loop is written. */
  protected NDArray exp(NDArray x) {
    return x.exp();
  }

  /** Rows so long that the formulas are computed for one at a time. */
  protected abstract long longRow();

  private static NDArray column(NDArray ofRows, NDArray x) {
    return ofRows.keepdims(x.shape(), x.rank() - 1);
  }

  private List<NDArray> softmax(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray e = exp(x.subtract(column(kept.apply(x.max(-1)), x)));
    return List.of(e.divide(column(kept.apply(e.sum(-1)), x)));
  }

  private List<NDArray> standardised(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray mean = kept.apply(x.mean(-1));
    NDArray std = kept.apply(x.std(-1));
    NDArray y = x.subtract(column(mean, x)).divide(column(std, x));
    return List.of(mean, y, std, y.abs());
  }

  private List<NDArray> normalised(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray norm = kept.apply(x.square().sum(-1)).sqrt();
    return List.of(x.divide(column(norm, x)), x.divide(column(kept.apply(x.sum(-1)), x)));
  }

  private List<NDArray> logSumExp(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray max = kept.apply(x.max(-1));
    NDArray sum = kept.apply(exp(x.subtract(column(max, x))).sum(-1));
    return List.of(exp(sum.abs().negative()).add(max), max);
  }

  /** Reductions of all kinds, and of values that reductions have gone into. */
  private List<NDArray> chained(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray centred = x.subtract(column(kept.apply(x.min(-1)), x));
    NDArray at = kept.apply(centred.argmax(-1));
    NDArray moved = centred.add(column(at, x).cast(x.dtype()));
    NDArray spread = kept.apply(moved.var(-1));
    NDArray product = kept.apply(moved.multiply(0.25).prod(-1));
    return List.of(moved.multiply(column(spread, x)), at, product, spread);
  }

  /** Two arrays, each with reductions of its own, that meet in one value. */
  private List<NDArray> correlated(NDArray x, UnaryOperator<NDArray> kept) {
    NDArray y = x.slice("...,::-1");
    NDArray a = x.subtract(column(kept.apply(x.mean(-1)), x));
    NDArray b = y.subtract(column(kept.apply(y.mean(-1)), y));
    return List.of(kept.apply(a.multiply(b).sum(-1)), a.multiply(b));
  }

  private Map<String, Formula> formulas() {
    Map<String, Formula> formulas = new LinkedHashMap<>();
    formulas.put("softmax", this::softmax);
    formulas.put("standardised", this::standardised);
    formulas.put("normalised", this::normalised);
    formulas.put("log of sum of exp", this::logSumExp);
    formulas.put("chained", this::chained);
    formulas.put("correlated", this::correlated);
    return formulas;
  }

  private List<List<Long>> bits(List<NDArray> arrays) {
    List<HostArray> results = session.compute(arrays);
    List<List<Long>> bits = new ArrayList<>();
    for (HostArray result : results) {
      List<Long> own = new ArrayList<>();
      if (result.dtype().isFloating()) {
        for (double value : result.toDoubleArray()) {
          own.add(Double.doubleToLongBits(value));
        }
      } else {
        for (long value : result.toLongArray()) {
          own.add(value);
        }
      }
      bits.add(own);
      result.close();
    }
    return bits;
  }

  private void check(String name, Formula formula, NDArray x) {
    String what = "%s of %s %s in %s".formatted(name, x.dtype(), x.shape(), x.chunks());
    assertThat(session.explain(formula.of(x, kept -> kept))).as(what).contains("row program");
    checkBits(what, formula, x);
  }

  private void checkBits(String what, Formula formula, NDArray x) {
    List<NDArray> persisted = new ArrayList<>();
    List<NDArray> apart =
        formula.of(
            x,
            reduced -> {
              NDArray kept = reduced.persist();
              persisted.add(kept);
              return kept;
            });
    assertThat(bits(formula.of(x, kept -> kept))).as(what).isEqualTo(bits(apart));
    persisted.forEach(NDArray::close);
  }

  private void checkAll(NDArray x) {
    formulas().forEach((name, formula) -> check(name, formula, x));
  }

  /** Over elements that are there already. */
  private void checkKept(NDArray x) {
    try (NDArray there = x.persist()) {
      checkAll(there);
    }
  }

  @Test
  final void rowsOfAllLengthsHaveTheBitsOfReductionsThatAreKept() {
    for (long length : LENGTHS) {
      long rows = Math.max(3, 3000 / length);
      NDArray x = session.random(7).normal(rows, length);
      checkKept(x.rechunk((int) (rows / 2 + 1), -1));
      checkKept(x.cast(DType.FLOAT32).rechunk(-1));
    }
  }

  @Test
  final void rowsThatDoNotFitTheCacheDoToo() {
    session.close();
    session = open(config().withChunkBytes(1 << 24));
    NDArray x = session.random(8).uniform(3, longRow());
    checkKept(x.rechunk(2, -1));
    checkKept(x.cast(DType.FLOAT32).rechunk(2, -1));
  }

  @Test
  final void nanAndInfinityAreWhatTheyAreOtherwise() {
    NDArray x = session.random(9).normal(40, 130);
    NDArray row = session.arange(40).expandDims(1);
    NDArray column = session.arange(130);
    NDArray hit = column.equal(row.multiply(3L));
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}) {
      checkKept(hit.logicalAnd(row.remainder(2L).equal(0L)).where(value, x));
      checkKept(session.full(DType.FLOAT64, value, 5, 70));
    }
  }

  @Test
  final void severalAxesAreRowsToo() {
    NDArray x = session.random(10).normal(5, 7, 33).persist();
    for (NDArray cut : List.of(x, x.rechunk(2, 3, -1), x.rechunk(1, 7, -1))) {
      checkAll(cut);
      checkAll(cut.expandDims(1));
    }
    checkAll(x.transpose(1, 0, 2));
    checkAll(x.slice("::2, 1:, ::-1"));
    Formula overTwo =
        (y, kept) -> {
          NDArray centred = y.subtract(kept.apply(y.mean(1, 2)).keepdims(y.shape(), 1, 2));
          return List.of(centred.divide(kept.apply(centred.std(1, 2)).keepdims(y.shape(), 1, 2)));
        };
    check("over two axes", overTwo, x);
    check("over two axes", overTwo, x.rechunk(2, -1, -1));
    x.close();
  }

  @Test
  final void integersAndTruthHaveRowsToo() {
    NDArray x = session.arange(6 * 50).remainder(37L).reshape(6, 50);
    for (DType dtype : List.of(DType.INT8, DType.UINT16, DType.INT64, DType.BOOL)) {
      NDArray y = x.cast(dtype);
      Formula formula =
          (z, kept) -> {
            NDArray most = kept.apply(z.max(-1));
            NDArray wide = z.cast(DType.INT64).subtract(column(most, z).cast(DType.INT64));
            return List.of(wide.multiply(column(kept.apply(wide.sum(-1)), z)), most);
          };
      check("integers", formula, y);
      check("standardised", this::standardised, y.cast(DType.FLOAT64));
    }
  }

  @Test
  final void whatLiesBetweenRowsIsStillRight() {
    NDArray x = session.random(11).normal(24, 18).rechunk(5, -1);
    // The sum over columns needs all rows, and the rows go on with it.
    Formula crossed =
        (y, kept) -> {
          NDArray centred = y.subtract(column(kept.apply(y.mean(-1)), y));
          NDArray columns = centred.divide(kept.apply(centred.abs().sum(0)));
          return List.of(columns.divide(column(kept.apply(columns.abs().max(-1)), y)), columns);
        };
    check("crossed", crossed, x);
    // Means of rows along columns: shapes allow it, but rows would read those of others.
    NDArray square = session.random(12).normal(20, 20).rechunk(6, -1);
    Formula turned =
        (y, kept) -> {
          NDArray mean = kept.apply(y.mean(-1));
          return List.of(y.subtract(mean), y.subtract(column(mean, y)));
        };
    checkBits("turned", turned, square);
    // Rows and their mirror image are computed from one sum.
    Formula mirrored =
        (y, kept) -> {
          NDArray z = y.divide(column(kept.apply(y.sum(-1)), y));
          return List.of(z.add(z.slice("::-1")), z.add(z.slice("..., ::-1")).sum(-1));
        };
    check("mirrored", mirrored, x);
  }

  @Test
  final void partsOfAConcatenationAreWrittenToTheirPlaces() {
    NDArray x = session.random(13).normal(20, 31).rechunk(6, -1);
    Formula formula =
        (y, kept) -> {
          NDArray sum = kept.apply(y.sum(-1));
          NDArray scaled = y.divide(column(sum, y));
          return List.of(session.concatenate(0, scaled, y), session.concatenate(1, scaled, scaled));
        };
    check("concatenated", formula, x);
  }

  @Test
  final void cutRowsAreComputedAsBefore() {
    NDArray x = session.random(14).normal(30, 100).rechunk(8, 40);
    NDArray softmax = softmax(x, kept -> kept).getFirst();
    assertThat(softmax.explain())
        .doesNotContain("row program")
        .contains("axis 1 is cut into 3 chunks, so that no task has whole rows");
    checkBits("cut", this::softmax, x);
    assertThat(x.subtract(x.mean(0)).explain())
        .contains("rows lie along the last axes, but axes [0] of 2 are reduced");
    NDArray longest = session.random(15).uniform(2, 300_000).rechunk(-1);
    assertThat(longest.subtract(longest.mean(1).expandDims(1)).explain())
        .contains("a row has 300,000 elements, and more than 262,144 are shared among threads");
  }
}
