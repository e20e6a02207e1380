package dev.weft.table.duckdb;

import static dev.weft.table.Columns.col;

import dev.weft.table.Column;
import dev.weft.table.Table;
import dev.weft.table.column.ColumnType;
import dev.weft.table.group.Aggregation;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random operations on a table that is there in several variants, and in a database. */
final class RandomSteps {
  private static final String PLACED = "SELECT %s, row_number() OVER (ORDER BY %s) AS rn FROM %s";
  private static final int MANY = 2000;

  private final Random random;
  private final Duck duck;
  private final List<String> story = new ArrayList<>();
  private int names;

  RandomSteps(Random random, Duck duck) {
    this.random = random;
    this.duck = duck;
  }

  /**
   * Tables that are to be equal.
   *
   * @param weft with other partitions and sessions
   * @param sql name of the table in the database
   * @param columns what is known of each column
   */
  record State(List<Table> weft, String sql, List<Twin> columns) {
    List<String> names() {
      return weft.getFirst().schema().names();
    }
  }

  /** What was done. */
  List<String> story() {
    return story;
  }

  private String name() {
    return "c" + names++;
  }

  private State step(
      State from, String what, UnaryOperator<Table> step, String select, List<Twin> columns) {
    story.add(what + "\n      " + select);
    List<Table> tables = from.weft.stream().map(step).toList();
    return new State(tables, duck.table(select), columns);
  }

  private static String all(State state) {
    return state.names().stream().map(Twin::quoted).collect(Collectors.joining(", "));
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A next step; other is a table to join or append. */
  State next(State from, State other) {
    if (duck.count(from.sql) > MANY) {
      return head(from, 300, random.nextBoolean());
    }
    return switch (random.nextInt(21)) {
      case 0, 1 -> filter(from);
      case 2, 3 -> withColumn(from);
      case 4 -> select(from);
      case 5, 6 -> aggregate(from);
      case 7 -> distinct(from);
      case 8, 9 -> sort(from);
      case 10 -> head(from, random.nextInt(40), random.nextBoolean());
      case 11, 12, 13 -> join(from, random.nextInt(5) == 0 ? from : other);
      case 14 -> random.nextBoolean() ? concat(from) : valueCounts(from);
      case 15 -> renamed(from);
      case 16, 17 -> rolling(from);
      case 18, 19 -> asOf(from, random.nextInt(5) == 0 ? from : other);
      default -> kept(from);
    };
  }

  /** Other names, in part those of other columns. */
  private State renamed(State from) {
    String old = one(from.names());
    String other = one(from.names());
    if (old.equals(other)) {
      return kept(from);
    }
    String name = random.nextBoolean() ? name() : other;
    Map<String, String> names =
        name.equals(other) ? Map.of(old, other, other, old) : Map.of(old, name);
    List<Twin> columns = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    for (Twin each : from.columns) {
      String shown = names.getOrDefault(bare(each.sql()), bare(each.sql()));
      columns.add(Twin.column(shown, each.type(), each.exact(), each.small()));
      sql.add("%s AS %s".formatted(each.sql(), Twin.quoted(shown)));
    }
    return step(
        from,
        "rename " + names,
        table -> table.rename(names),
        "SELECT %s, rn FROM %s".formatted(String.join(", ", sql), from.sql),
        columns);
  }

  private RandomExpressions expressions(State from) {
    return new RandomExpressions(random, from.columns);
  }

  private State filter(State from) {
    Twin condition = expressions(from).condition(2);
    return step(
        from,
        "filter " + condition.column(),
        table -> table.filter(condition.column()),
        PLACED.formatted(all(from), "rn", from.sql + " WHERE " + condition.sql()),
        from.columns);
  }

  private State withColumn(State from) {
    Twin value = expressions(from).expression(2);
    String name = random.nextInt(5) == 0 ? one(from.names()) : name();
    List<Twin> columns = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    Twin made = Twin.column(name, value.type(), true, false);
    for (Twin each : from.columns) {
      boolean replaced = each.sql().equals(made.sql());
      columns.add(replaced ? made : each);
      sql.add(replaced ? "%s AS %s".formatted(value.sql(), each.sql()) : each.sql());
    }
    if (!from.names().contains(name)) {
      columns.add(made);
      sql.add("%s AS %s".formatted(value.sql(), made.sql()));
    }
    return step(
        from,
        "withColumn %s = %s".formatted(name, value.column()),
        table -> table.withColumn(name, value.column()),
        "SELECT %s, rn FROM %s".formatted(String.join(", ", sql), from.sql),
        columns);
  }

  private State select(State from) {
    List<Object> weft = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    List<Twin> columns = new ArrayList<>();
    for (Twin each : from.columns) {
      if (random.nextInt(3) > 0) {
        weft.add(each.column());
        sql.add(each.sql());
        columns.add(each);
      }
    }
    for (int i = columns.isEmpty() ? 0 : 1; i < 3; i++) {
      Twin value = expressions(from).expression(2);
      String name = name();
      weft.add(value.column().as(name));
      sql.add("%s AS %s".formatted(value.sql(), Twin.quoted(name)));
      columns.add(Twin.column(name, value.type(), true, false));
    }
    return step(
        from,
        "select " + weft,
        table -> table.select(weft.toArray()),
        "SELECT %s, rn FROM %s".formatted(String.join(", ", sql), from.sql),
        columns);
  }

  private State aggregate(State from) {
    int keyCount = random.nextInt(4);
    List<Column> keys = new ArrayList<>();
    List<String> inner = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    List<Twin> columns = new ArrayList<>();
    for (int i = 0; i < keyCount; i++) {
      List<Twin> known = expressions(from).columns(each -> true);
      Twin key =
          known.isEmpty() || random.nextInt(3) == 0 ? expressions(from).expression(1) : one(known);
      String name = name();
      keys.add(key.column().as(name));
      inner.add("%s AS %s, %s AS k%d".formatted(key.sql(), Twin.quoted(name), key.key(), i));
      // Of keys that are equal, such as zeros of both signs, the first is shown.
      outer.add("first(%1$s ORDER BY rn) AS %1$s".formatted(Twin.quoted(name)));
      columns.add(Twin.column(name, key.type(), true, key.small()));
    }
    String groups =
        IntStream.range(0, keyCount).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    List<Aggregation> aggregations = new ArrayList<>();
    RandomAggregations random = new RandomAggregations(this.random);
    for (int i = 0; i <= this.random.nextInt(4); i++) {
      List<Twin> known = expressions(from).columns(each -> true);
      Twin operand =
          known.isEmpty() || this.random.nextInt(3) == 0
              ? expressions(from).expression(1)
              : one(known);
      String o = Twin.quoted("o" + i);
      RandomAggregations.Made made = random.of(operand, o, name());
      aggregations.add(made.weft());
      inner.add("%s AS %s".formatted(operand.sql(), o));
      outer.add("%s AS %s".formatted(made.sql(), made.result().sql()));
      columns.add(made.result());
    }
    inner.add("rn");
    Aggregation[] list = aggregations.toArray(Aggregation[]::new);
    String rows = "(SELECT %s FROM %s)".formatted(String.join(", ", inner), from.sql);
    String select =
        keyCount == 0
            ? "SELECT %s, 1::BIGINT AS rn FROM %s".formatted(String.join(", ", outer), rows)
            : PLACED.formatted(String.join(", ", outer), "min(rn)", rows + " GROUP BY " + groups);
    return step(
        from,
        "groupBy %s agg %s".formatted(keys, aggregations),
        table -> keyCount == 0 ? table.agg(list) : table.groupBy(keys.toArray()).agg(list),
        select,
        columns);
  }

  private List<Twin> some(State from, int most) {
    List<Twin> known = new ArrayList<>(expressions(from).columns(each -> true));
    Collections.shuffle(known, random);
    return known.subList(0, Math.min(known.size(), 1 + random.nextInt(most)));
  }

  private State distinct(State from) {
    List<Twin> of = some(from, 3);
    if (of.isEmpty()) {
      return kept(from);
    }
    String[] names = of.stream().map(each -> bare(each.sql())).toArray(String[]::new);
    String keys = of.stream().map(Twin::key).collect(Collectors.joining(", "));
    return step(
        from,
        "distinct " + List.of(names),
        table -> table.distinct(names),
        PLACED.formatted(
            all(from),
            "rn",
            "(SELECT * FROM %s QUALIFY row_number() OVER (PARTITION BY %s ORDER BY rn) = 1)"
                .formatted(from.sql, keys)),
        from.columns);
  }

  private static String bare(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Missing values last, NaN before them, whatever the direction. */
  private State sort(State from) {
    List<Object> weft = new ArrayList<>();
    List<String> order = new ArrayList<>();
    List<Twin> keys = new ArrayList<>(some(from, 3));
    if (keys.isEmpty() || random.nextInt(4) == 0) {
      keys.add(expressions(from).expression(1));
    }
    for (Twin key : keys) {
      boolean descending = random.nextBoolean();
      weft.add(descending ? key.column().descending() : key.column());
      order.add("(%s IS NULL)".formatted(key.sql()));
      if (key.isFloating()) {
        order.add("isnan(%s)".formatted(key.sql()));
      }
      order.add(key.key() + (descending ? " DESC" : " ASC"));
    }
    order.add("rn");
    long limit = random.nextBoolean() ? -1 : random.nextInt(50);
    String select = PLACED.formatted(all(from), String.join(", ", order), from.sql);
    return step(
        from,
        "sort %s limit %d".formatted(weft, limit),
        table -> limit < 0 ? table.sort(weft.toArray()) : table.sort(weft.toArray()).head(limit),
        limit < 0 ? select : "SELECT * FROM (%s) WHERE rn <= %d".formatted(select, limit),
        from.columns);
  }

  private State head(State from, int count, boolean last) {
    String where =
        last
            ? " WHERE rn > (SELECT count(*) FROM %s) - %d".formatted(from.sql, count)
            : " WHERE rn <= " + count;
    return step(
        from,
        "%s(%d)".formatted(last ? "tail" : "head", count),
        table -> last ? table.tail(count) : table.head(count),
        PLACED.formatted(all(from), "rn", from.sql + where),
        from.columns);
  }

  private State kept(State from) {
    int parts = 1 + random.nextInt(5);
    boolean persist = random.nextBoolean();
    return step(
        from,
        persist ? "persist" : "repartition " + parts,
        table -> persist ? table.persist() : table.repartition(parts),
        "SELECT * FROM " + from.sql,
        from.columns);
  }

  private State concat(State from) {
    return step(
        from,
        "concat with itself filtered",
        table -> table.concat(table.filter(col(from.names().getFirst()).isNull().not())),
        "SELECT %1$s, row_number() OVER (ORDER BY part, rn) AS rn FROM (SELECT *, 1 AS part FROM %2$s UNION ALL SELECT *, 2 AS part FROM %2$s WHERE %3$s IS NOT NULL)"
            .formatted(all(from), from.sql, Twin.quoted(from.names().getFirst())),
        from.columns);
  }

  private State valueCounts(State from) {
    List<Twin> known = some(from, 1);
    if (known.isEmpty()) {
      return kept(from);
    }
    Twin of = known.getFirst();
    String name = bare(of.sql());
    if (name.equals("count")) {
      return kept(from);
    }
    return step(
        from,
        "valueCounts " + name,
        table -> table.valueCounts(name),
        "SELECT v AS %1$s, n AS \"count\", row_number() OVER (ORDER BY n DESC, f) AS rn FROM (SELECT first(%1$s ORDER BY rn) AS v, %2$s AS k, count(*) AS n, min(rn) AS f FROM %3$s GROUP BY k)"
            .formatted(of.sql(), of.key(), from.sql),
        List.of(of, Twin.column("count", ColumnType.INT64, true, true)));
  }

  /** Windows of rows, or of time over rows that are sorted by it. */
  private State rolling(State from) {
    List<Twin> times = from.columns.stream().filter(RandomRolling::isTime).toList();
    Twin time = times.isEmpty() || random.nextBoolean() ? null : one(times);
    State sorted = time == null ? from : ordered(from, time);
    RandomRolling rolling = new RandomRolling(random, sorted, time, this::name);
    return step(sorted, rolling.toString(), rolling::of, rolling.select(), rolling.columns());
  }

  /** The rows that have a value, in the order of it. */
  private State ordered(State from, Twin by) {
    String there = by.sql() + " IS NOT NULL" + (by.isFloating() ? " AND NOT isnan(%s)" : "");
    String rows = from.sql + " WHERE " + there.formatted(by.sql());
    return step(
        from,
        "sort by " + by.column(),
        table -> table.filter(by.column().equal(by.column())).sort(by.column()),
        PLACED.formatted(all(from), by.key() + ", rn", rows),
        from.columns);
  }

  private State asOf(State from, State other) {
    return RandomAsOf.of(random, from, other)
        .map(join -> asOf(join, ordered(from, join.on().get(0)), ordered(other, join.on().get(1))))
        .orElseGet(() -> kept(from));
  }

  private State asOf(RandomAsOf join, State left, State right) {
    return step(
        left,
        join.toString(),
        table -> table.asOfJoin(right.weft.get(left.weft.indexOf(table)), join.spec()),
        join.select(left, right),
        join.columns(left, right));
  }

  private State join(State left, State right) {
    return new RandomJoin(random, left, right)
        .of()
        .map(
            join ->
                step(
                    left,
                    join.toString(),
                    table -> table.join(right.weft.get(left.weft.indexOf(table)), join.spec()),
                    join.select(),
                    join.columns()))
        .orElseGet(() -> kept(left));
  }

  static JoinSpec spec(List<String> left, List<String> right, How how) {
    return new JoinSpec(left, right, how, "_right");
  }
}
