package dev.weft.table.duckdb;

import dev.weft.table.Column;
import dev.weft.table.Rolling;
import dev.weft.table.Table;
import dev.weft.table.column.ColumnType;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random windows over rows, and the same in SQL: a join of each row with those in its window. */
final class RandomRolling {
  private static final long HOUR = 3_600_000_000_000L;

  private final List<Column> keys = new ArrayList<>();
  private final List<Aggregation> aggregations = new ArrayList<>();
  private final List<String> inner = new ArrayList<>();
  private final List<String> outer = new ArrayList<>();
  private final List<Twin> columns;
  private final RandomSteps.State from;
  private final @Nullable Twin time;
  private final int rows;
  private final long hours;
  private final int minPeriods;

  /**
   * A step.
   *
   * @param time a column that is there and ascends; null for windows of rows
   * @param names of new columns
   */
  RandomRolling(
      Random random, RandomSteps.State from, @Nullable Twin time, Supplier<String> names) {
    this.from = from;
    this.time = time;
    this.columns = new ArrayList<>(from.columns());
    this.rows = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
    this.hours = 1L << random.nextInt(18);
    this.minPeriods =
        random.nextBoolean() ? time == null ? rows : 1 : random.nextInt(Math.min(rows, 6) + 1);
    RandomExpressions expressions = new RandomExpressions(random, from.columns());
    for (int i = random.nextInt(3); i > 0; i--) {
      Twin key = one(random, expressions);
      inner.add("%s AS k%d".formatted(key.key(), keys.size()));
      keys.add(key.column().as("key " + keys.size()));
    }
    RandomAggregations made = new RandomAggregations(random);
    for (int i = 0; i <= random.nextInt(4); i++) {
      Twin operand = one(random, expressions);
      String o = Twin.quoted("o" + i);
      RandomAggregations.Made each = made.of(operand, o, names.get());
      aggregations.add(each.weft());
      inner.add("%s AS %s".formatted(operand.sql(), o));
      String counted = isOfRows(each.weft().kind(), operand) ? "*" : o;
      outer.add(
          "CASE WHEN count(%s) >= %d THEN %s END AS %s"
              .formatted(counted, minPeriods, each.sql(), each.result().sql()));
      columns.add(each.result());
    }
  }

  /** Counts need rows; sums of large numbers are of others, which are there in every row. */
  private static boolean isOfRows(Aggregation.Kind kind, Twin operand) {
    boolean sum = kind == Aggregation.Kind.SUM || kind == Aggregation.Kind.MEAN;
    return kind == Aggregation.Kind.COUNT || sum && operand.isFloating() && !operand.small();
  }

  private static Twin one(Random random, RandomExpressions expressions) {
    List<Twin> known = expressions.columns(each -> true);
    return known.isEmpty() || random.nextInt(3) == 0
        ? expressions.expression(1)
        : known.get(random.nextInt(known.size()));
  }

  List<Twin> columns() {
    return columns;
  }

  Table of(Table table) {
    Rolling rolling =
        time == null
            ? keys.isEmpty() ? table.rolling(rows) : table.groupBy(keys.toArray()).rolling(rows)
            : keys.isEmpty()
                ? table.rolling(name(), hours + "h")
                : table.groupBy(keys.toArray()).rolling(name(), hours + "h");
    return rolling.minPeriods(minPeriods).agg(aggregations.toArray(Aggregation[]::new));
  }

  private String name() {
    String quoted = time == null ? "" : time.sql();
    return quoted.substring(1, quoted.length() - 1);
  }

  @Override
  public String toString() {
    return "rolling %s by %s, at least %d: %s"
        .formatted(time == null ? rows : hours + "h", keys, minPeriods, aggregations);
  }

  String select() {
    String partition =
        IntStream.range(0, keys.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    inner.add(time == null ? "0::BIGINT AS w_at" : time.sql() + " AS w_at");
    String keyed = "SELECT rn, %s FROM %s".formatted(String.join(", ", inner), from.sql());
    String placed =
        "SELECT *, row_number() OVER (%s ORDER BY rn) AS place FROM (%s)"
            .formatted(partition.isEmpty() ? "" : "PARTITION BY " + partition, keyed);
    List<String> same = new ArrayList<>();
    List<String> left = new ArrayList<>(List.of("rn AS l_rn", "place AS l_place", "w_at AS l_at"));
    for (int i = 0; i < keys.size(); i++) {
      left.add("k%1$d AS l_k%1$d".formatted(i));
      same.add("k%1$d IS NOT DISTINCT FROM l_k%1$d".formatted(i));
    }
    same.add("place <= l_place");
    same.add(time == null ? "place > l_place - " + rows : "w_at > l_at - " + hours * HOUR);
    String windows =
        "SELECT l_rn, %s FROM (SELECT %s FROM (%s)) JOIN (%s) ON %s GROUP BY l_rn"
            .formatted(
                String.join(", ", outer),
                String.join(", ", left),
                placed,
                placed,
                String.join(" AND ", same));
    String names = columns.stream().map(Twin::sql).collect(Collectors.joining(", "));
    return "SELECT %s, rn FROM %s JOIN (%s) ON rn = l_rn".formatted(names, from.sql(), windows);
  }

  /** Whether a column can be the time of windows. */
  static boolean isTime(Twin column) {
    return column.type().equals(ColumnType.TIMESTAMP);
  }
}
