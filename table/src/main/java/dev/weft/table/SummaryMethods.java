package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.Comoments;

/**
 * What sums up the columns of a table. Missing values are left away, NaN is a number. Results
 * depend neither on partitions nor on threads, to the bit.
 */
public sealed interface SummaryMethods permits Table {
  /** The table itself. */
  Table self();

  /** How often each value of a column occurs, as {@code count}, the most frequent first. */
  default Table valueCounts(String name) {
    return self().groupBy(name).count().sort(Columns.col("count").descending());
  }

  /** One row: the number of different values of each column, under its name. */
  default Table nunique() {
    return self()
        .agg(
            self().schema().names().stream()
                .map(name -> Columns.nunique(name).named(name))
                .toArray(Aggregation[]::new));
  }

  /**
   * Number, mean, standard deviation, smallest, quartiles and largest of each column of numbers, a
   * row for each of them.
   */
  default HostTable describe() {
    return Describing.of(self());
  }

  /** A row for each column: its name, its type, and how many values are there and missing. */
  default HostTable info() {
    return Describing.info(self());
  }

  /**
   * Quantiles of each column of numbers, between two values by linear interpolation, as NumPy and
   * pandas have it: a row for each q, which stands before them as {@code q}. NaN where there is one
   * among the values.
   *
   * <pre>{@code
   * table.quantile(0.1, 0.5, 0.9)
   * }</pre>
   *
   * @param q each from 0 to 1; none for the median
   */
  default HostTable quantile(double... q) {
    return Describing.quantiles(self(), q.length == 0 ? new double[] {0.5} : q);
  }

  /**
   * Pearson's correlation of each two columns, over the rows in which both are there: a row and a
   * column for each of them. NaN where a column does not vary, or has NaN or infinities; missing
   * where there are less than two such rows.
   *
   * @param columns names of columns of numbers; none for all of them
   * @throws UsageException for columns that are not there, or no numbers
   */
  default HostTable corr(String... columns) {
    return Describing.pairs(self(), "corr", Comoments::correlations, columns);
  }

  /** The covariance of each two columns, of samples: divided by n - 1. Else as {@link #corr}. */
  default HostTable cov(String... columns) {
    return Describing.pairs(self(), "cov", Comoments::covariances, columns);
  }
}
