package dev.weft.table.group;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums from which covariances and correlations of columns are computed, of each two columns
 * over the rows in which both are there. So results are rounded once and depend on no order.
 */
public final class Comoments {
  private static final int[] FIRST = {0};

  /** Sums of single columns, over the rows in which they are there. */
  private final List<Sums> columns = new ArrayList<>();

  /** Of columns 0 and 1, 0 and 2, 1 and 2, 0 and 3 … */
  private final List<Pair> pairs = new ArrayList<>();

  private Comoments() {}

  /** The sums of a column's values and of their squares; of finite ones alone. */
  private static final class Sums {
    private final ExactSums values = new ExactSums();
    private final ExactSums squares = new ExactSums();
    private long count;
    private boolean isFinite = true;

    Sums() {
      values.groups(1);
      squares.groups(1);
    }

    /** Adds the rows whose number in {@code ids} is 0. */
    void add(Products of, int[] ids) {
      values.add(ids, of.values, ids.length);
      squares.add(ids, of.high, ids.length);
      squares.add(ids, of.low, ids.length);
      for (int id : ids) {
        count += 1 + id;
      }
    }

    void merge(Sums other) {
      values.merge(FIRST, 1, other.values);
      squares.merge(FIRST, 1, other.squares);
      count += other.count;
      isFinite &= other.isFinite;
    }
  }

  /** What two columns have together, and what each has where the other is missing. */
  private static final class Pair {
    private final ExactSums products = new ExactSums();
    private final Sums onlyLeft = new Sums();
    private final Sums onlyRight = new Sums();
    private boolean isFinite = true;

    Pair() {
      products.groups(1);
    }

    void merge(Pair other) {
      products.merge(FIRST, 1, other.products);
      onlyLeft.merge(other.onlyLeft);
      onlyRight.merge(other.onlyRight);
      isFinite &= other.isFinite;
    }
  }

  /** A column of a batch, and its squares as two doubles each, which are exact together. */
  private record Products(double[] values, double[] high, double[] low, byte @Nullable [] present) {
    static Products of(ColumnData column) {
      return of(column.doubles(), column.doubles(), column.present());
    }

    static Products of(double[] x, double[] y, byte @Nullable [] present) {
      double[] high = new double[x.length];
      double[] low = new double[x.length];
      for (int i = 0; i < high.length; i++) {
        high[i] = x[i] * y[i];
        double rest = Math.fma(x[i], y[i], -high[i]);
        low[i] = Double.isFinite(rest) ? rest : 0;
      }
      return new Products(x, high, low, present);
    }

    boolean has(int row) {
      return present == null || present[row] != 0;
    }

    /** Rows that are there and finite as 0, others as -1. */
    int[] rows() {
      int[] ids = new int[values.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = has(i) && Double.isFinite(high[i]) ? 0 : -1;
      }
      return ids;
    }
  }

  /** The sums of a batch, whose columns are numbers. */
  public static Comoments of(Batch batch) {
    Comoments sums = new Comoments();
    List<Products> all = batch.columns().stream().map(Products::of).toList();
    for (int j = 0; j < all.size(); j++) {
      sums.columns.add(column(all.get(j)));
      for (int i = 0; i < j; i++) {
        sums.pairs.add(pair(all.get(i), all.get(j)));
      }
    }
    return sums;
  }

  private static Sums column(Products of) {
    Sums own = new Sums();
    int[] rows = of.rows();
    own.add(of, rows);
    for (int i = 0; i < rows.length; i++) {
      own.isFinite &= rows[i] == 0 || !of.has(i);
    }
    return own;
  }

  private static Pair pair(Products left, Products right) {
    Pair pair = new Pair();
    int[] both = left.rows();
    int[] others = right.rows();
    int[] onlyLeft = both.clone();
    int[] onlyRight = others.clone();
    boolean isAnyAlone = false;
    for (int i = 0; i < both.length; i++) {
      boolean hasBoth = left.has(i) && right.has(i);
      pair.isFinite &= !hasBoth || both[i] == 0 && others[i] == 0;
      onlyLeft[i] = right.has(i) ? -1 : both[i];
      onlyRight[i] = left.has(i) ? -1 : others[i];
      isAnyAlone |= onlyLeft[i] == 0 || onlyRight[i] == 0;
      both[i] |= others[i];
    }
    Products products = Products.of(left.values, right.values, null);
    pair.products.add(both, products.high, both.length);
    pair.products.add(both, products.low, both.length);
    if (isAnyAlone) {
      pair.onlyLeft.add(left, onlyLeft);
      pair.onlyRight.add(right, onlyRight);
    }
    return pair;
  }

  /** Takes in the sums of other rows of the same columns; the other object is used up. */
  public Comoments merge(Comoments other) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(other.columns.get(i));
    }
    for (int i = 0; i < pairs.size(); i++) {
      pairs.get(i).merge(other.pairs.get(i));
    }
    return this;
  }

  /**
   * Number of rows and the three exact comoments of two columns over them.
   *
   * @param isFinite whether all numbers and their squares are; else the comoments mean nothing
   */
  private record Joint(long n, boolean isFinite, Dyadic xy, Dyadic xx, Dyadic yy) {
    /** What is missing of so few rows, NaN where a number is NaN or infinite. */
    @Nullable Double covariance() {
      if (n < 2) {
        return null;
      }
      return isFinite
          ? (Double) xy.dividedBy(BigInteger.valueOf(n).multiply(BigInteger.valueOf(n - 1)))
          : (Double) Double.NaN;
    }

    /** The same; NaN where a column does not vary. */
    @Nullable Double correlation() {
      if (n < 2) {
        return null;
      }
      if (!isFinite || xx.signum() <= 0 || yy.signum() <= 0) {
        return Double.NaN;
      }
      double size = Math.min(1, xy.times(xy).rootOfRatio(xx.times(yy)));
      return xy.signum() < 0 ? -size : size;
    }
  }

  private Joint joint(int i, int j) {
    if (i > j) {
      return joint(j, i);
    }
    Sums left = columns.get(i);
    Sums right = columns.get(j);
    if (i == j) {
      Dyadic sum = left.values.sum(0);
      Dyadic own = Dyadic.comoment(left.count, left.squares.sum(0), sum, sum);
      return new Joint(left.count, left.isFinite, own, own, own);
    }
    Pair pair = pairs.get(j * (j - 1) / 2 + i);
    long n = left.count - pair.onlyLeft.count;
    Dyadic x = left.values.sum(0).minus(pair.onlyLeft.values.sum(0));
    Dyadic y = right.values.sum(0).minus(pair.onlyRight.values.sum(0));
    Dyadic xx = left.squares.sum(0).minus(pair.onlyLeft.squares.sum(0));
    Dyadic yy = right.squares.sum(0).minus(pair.onlyRight.squares.sum(0));
    return new Joint(
        n,
        pair.isFinite,
        Dyadic.comoment(n, pair.products.sum(0), x, y),
        Dyadic.comoment(n, xx, x, x),
        Dyadic.comoment(n, yy, y, y));
  }

  private ColumnData results(int column, Function<Joint, @Nullable Double> result) {
    ColumnBuilder values = ColumnBuilder.of(ColumnType.FLOAT64);
    for (int i = 0; i < columns.size(); i++) {
      values.tryAdd(result.apply(joint(i, column)));
    }
    return values.build();
  }

  /** The covariances of all columns with one, of samples: divided by n - 1. */
  public ColumnData covariances(int column) {
    return results(column, Joint::covariance);
  }

  /** Pearson's correlations of all columns with one. */
  public ColumnData correlations(int column) {
    return results(column, Joint::correlation);
  }
}
