package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import org.jspecify.annotations.Nullable;

/** Sums, means and variances of numbers, from exact sums of them and of their squares. */
final class MomentState implements State {
  private final Aggregation.Kind kind;
  private final int ddof;
  private final CountState counts = new CountState();
  private final ExactSums sums = new ExactSums();

  /** Sums of integers of which no more is asked. */
  private final @Nullable WideSums whole;

  private final @Nullable ExactSums squares;

  MomentState(Aggregation.Kind kind, int ddof, DType of) {
    this.kind = kind;
    this.whole = !of.isFloating() && kind == Aggregation.Kind.MEAN ? new WideSums() : null;
    this.ddof = ddof;
    this.squares =
        kind == Aggregation.Kind.VAR || kind == Aggregation.Kind.STD ? new ExactSums() : null;
  }

  @Override
  public void groups(int count) {
    counts.groups(count);
    if (whole != null) {
      whole.groups(count);
    }
    sums.groups(count);
    if (squares != null) {
      squares.groups(count);
    }
  }

  @Override
  public void add(int[] ids, ColumnData values) {
    counts.add(ids, values);
    if (whole != null) {
      whole.add(ids, values);
      return;
    }
    double[] high = values.doubles();
    int[] present = present(ids, values);
    sums.add(present, high, high.length);
    ExactSums of = squares;
    if (of != null) {
      addSquares(of, present, high);
    }
  }

  private static int[] present(int[] ids, ColumnData values) {
    byte[] there = values.present();
    if (there == null) {
      return ids;
    }
    int[] kept = ids.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = there[i] == 0 ? -1 : kept[i];
    }
    return kept;
  }

  /** Squares as two doubles each, which are exact. */
  private static void addSquares(ExactSums squares, int[] ids, double[] values) {
    double[] high = new double[values.length];
    double[] low = new double[values.length];
    ExactVariance.squares(values, high, low);
    squares.add(ids, high, high.length);
    squares.add(ids, low, low.length);
  }

  @Override
  public void merge(int[] map, int count, State other) {
    MomentState theirs = (MomentState) other;
    counts.merge(map, count, theirs.counts);
    if (whole != null && theirs.whole != null) {
      whole.merge(map, count, theirs.whole);
    }
    sums.merge(map, count, theirs.sums);
    if (squares != null && theirs.squares != null) {
      squares.merge(map, count, theirs.squares);
    }
  }

  @Override
  public long bytes() {
    return counts.bytes()
        + sums.bytes()
        + (whole == null ? 0 : whole.bytes())
        + (squares == null ? 0 : squares.bytes());
  }

  @Override
  public ColumnData finish(int count) {
    long[] n = (long[]) counts.finish(count).values();
    double[] results = new double[count];
    byte[] present = new byte[count];
    for (int g = 0; g < count; g++) {
      switch (kind) {
        case SUM -> {
          results[g] = sums.get(g);
          present[g] = 1;
        }
        case MEAN -> {
          double sum = whole == null ? sums.get(g) : whole.get(g);
          results[g] = sum / n[g];
          present[g] = n[g] > 0 ? (byte) 1 : 0;
        }
        default -> {
          boolean known = n[g] > ddof;
          results[g] = known ? variance(g, n[g]) : 0;
          present[g] = known ? (byte) 1 : 0;
        }
      }
    }
    return ColumnData.of(ColumnType.FLOAT64, results, present);
  }

  private double variance(int group, long n) {
    ExactSums of = squares;
    double variance = of == null ? Double.NaN : ExactVariance.of(sums, of, group, n, ddof);
    return kind == Aggregation.Kind.STD ? Math.sqrt(variance) : variance;
  }
}
