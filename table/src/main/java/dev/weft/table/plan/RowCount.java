package dev.weft.table.plan;

import dev.weft.table.source.TableSource;
import org.jspecify.annotations.Nullable;

/** Numbers of rows that are known before anything is read. */
public final class RowCount {
  /** What nobody knows. */
  public static final long UNKNOWN = -1;

  private RowCount() {}

  /** The number of rows of a relation; {@link #UNKNOWN} where only computing it tells. */
  public static long of(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> sum(partitions(scan));
      case Relation.Project project -> of(project.input());
      case Relation.Concat concat -> all(concat);
      case Relation.Sort sort -> first(of(sort.input()), sort.limit());
      case Relation.Head head -> first(of(head.input()), head.count());
      case Relation.Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : UNKNOWN;
      case Relation.Filter filter -> UNKNOWN;
      case Relation.Distinct distinct -> UNKNOWN;
      case Relation.Join join -> UNKNOWN;
      case Relation.Pivot pivot -> UNKNOWN;
      // Rows out of order are found when rows are computed, and are no rows.
      case Relation.Roll roll -> UNKNOWN;
      case Relation.AsOfJoin join -> UNKNOWN;
      case Relation.Sample sample -> UNKNOWN;
    };
  }

  private static long first(long rows, long limit) {
    return rows == UNKNOWN || limit < 0 ? rows : Math.min(rows, limit);
  }

  private static long all(Relation.Concat concat) {
    long sum = 0;
    for (Relation input : concat.inputs()) {
      long rows = of(input);
      if (rows == UNKNOWN) {
        return UNKNOWN;
      }
      sum = Math.addExact(sum, rows);
    }
    return sum;
  }

  private static long sum(long @Nullable [] partitions) {
    if (partitions == null) {
      return UNKNOWN;
    }
    long sum = 0;
    for (long rows : partitions) {
      sum = Math.addExact(sum, rows);
    }
    return sum;
  }

  /** The number of rows of each partition, where those are the sources' own; null if unknown. */
  static long @Nullable [] partitions(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> partitions(scan.source());
      case Relation.Project project -> partitions(project.input());
      case Relation.Concat concat -> concat(concat);
      case Relation.Sort sort -> null;
      case Relation.Head head -> null;
      case Relation.Aggregate aggregate -> null;
      case Relation.Filter filter -> null;
      case Relation.Distinct distinct -> null;
      case Relation.Join join -> null;
      case Relation.Pivot pivot -> null;
      case Relation.Roll roll -> null;
      case Relation.AsOfJoin join -> null;
      case Relation.Sample sample -> null;
    };
  }

  private static long @Nullable [] partitions(TableSource source) {
    long[] rows = new long[source.partitions()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = source.rows(i);
      if (rows[i] < 0) {
        return null;
      }
    }
    return rows;
  }

  private static long @Nullable [] concat(Relation.Concat concat) {
    long[] all = {};
    for (Relation input : concat.inputs()) {
      long[] rows = partitions(input);
      if (rows == null) {
        return null;
      }
      int length = all.length;
      all = java.util.Arrays.copyOf(all, length + rows.length);
      System.arraycopy(rows, 0, all, length, rows.length);
    }
    return all;
  }
}
