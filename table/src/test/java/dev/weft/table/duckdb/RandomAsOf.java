package dev.weft.table.duckdb;

import dev.weft.table.column.ColumnType;
import dev.weft.table.expr.Period;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.AsOfSpec.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A random as-of join of two tables, and the same by DuckDB's {@code ASOF JOIN}; the nearer of two
 * rows by two of them.
 *
 * @param on the ordered columns of both tables
 * @param by pairs of keys
 */
record RandomAsOf(List<Twin> on, List<List<Twin>> by, AsOfSpec spec) {
  /** None where there are no columns of one kind, or names would be twice. */
  static Optional<RandomAsOf> of(Random random, RandomSteps.State left, RandomSteps.State right) {
    List<Twin> lefts = new RandomExpressions(random, left.columns()).columns(each -> true);
    List<Twin> rights = new RandomExpressions(random, right.columns()).columns(each -> true);
    List<List<Twin>> pairs = new ArrayList<>();
    for (Twin a : lefts) {
      rights.stream().filter(a::isLike).forEach(b -> pairs.add(List.of(a, b)));
    }
    List<List<Twin>> ordered = pairs.stream().filter(pair -> isOrdered(pair.getFirst())).toList();
    if (ordered.isEmpty()) {
      return Optional.empty();
    }
    List<Twin> on = ordered.get(random.nextInt(ordered.size()));
    List<List<Twin>> by = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      by.add(pairs.get(random.nextInt(pairs.size())));
    }
    AsOfSpec spec =
        AsOfSpec.on(bare(on.get(0)), bare(on.get(1)))
            .by(
                by.stream().map(pair -> bare(pair.get(0))).toList(),
                by.stream().map(pair -> bare(pair.get(1))).toList())
            .direction(Direction.values()[random.nextInt(3)]);
    spec = random.nextInt(3) == 0 ? spec.withoutExactMatches() : spec;
    if (random.nextBoolean()) {
      long distance = 1L << random.nextInt(on.getFirst().isNumeric() ? 4 : 20);
      spec = on.getFirst().isNumeric() ? spec.tolerance(distance) : spec.tolerance(distance + "h");
    }
    Set<String> names = new HashSet<>(left.names());
    for (String name : spec.join().rightColumns(right.weft().getFirst().schema())) {
      if (!names.add(left.names().contains(name) ? name + "_right" : name)) {
        return Optional.empty();
      }
    }
    return Optional.of(new RandomAsOf(on, by, spec));
  }

  private static boolean isOrdered(Twin column) {
    return column.isNumeric() || column.type().equals(ColumnType.TIMESTAMP);
  }

  private static String bare(Twin column) {
    return column.sql().substring(1, column.sql().length() - 1);
  }

  /** The columns of the result. */
  List<Twin> columns(RandomSteps.State left, RandomSteps.State right) {
    List<Twin> columns = new ArrayList<>(left.columns());
    for (Twin each : kept(right)) {
      columns.add(Twin.column(shown(left, each), each.type(), each.exact(), each.small()));
    }
    return columns;
  }

  private List<Twin> kept(RandomSteps.State right) {
    List<String> names = spec.join().rightColumns(right.weft().getFirst().schema());
    return right.columns().stream().filter(each -> names.contains(bare(each))).toList();
  }

  private static String shown(RandomSteps.State left, Twin right) {
    return left.names().contains(bare(right)) ? bare(right) + "_right" : bare(right);
  }

  String select(RandomSteps.State left, RandomSteps.State right) {
    List<String> columns = new ArrayList<>();
    left.columns().forEach(each -> columns.add("l." + each.sql()));
    for (Twin each : kept(right)) {
      columns.add("r.%s AS %s".formatted(each.sql(), Twin.quoted(shown(left, each))));
    }
    return "SELECT %s, l.rn FROM %s l JOIN (%s) p ON l.rn = p.l_rn LEFT JOIN %s r ON r.rn = p.r_rn"
        .formatted(String.join(", ", columns), left.sql(), pairs(left, right), right.sql());
  }

  private String pairs(RandomSteps.State left, RandomSteps.State right) {
    return switch (spec.direction()) {
      case BACKWARD -> pairs(left, right, true);
      case FORWARD -> pairs(left, right, false);
      case NEAREST ->
          "SELECT b.l_rn, CASE WHEN b.r_rn IS NULL OR f.d < b.d THEN f.r_rn ELSE b.r_rn END AS r_rn FROM (%s) b JOIN (%s) f ON b.l_rn = f.l_rn"
              .formatted(pairs(left, right, true), pairs(left, right, false));
    };
  }

  private String pairs(RandomSteps.State left, RandomSteps.State right, boolean backward) {
    String keys = by.isEmpty() ? "" : keyNames("k");
    String rights =
        "SELECT * FROM (%s) QUALIFY row_number() OVER (PARTITION BY o%s ORDER BY rn %s) = 1"
            .formatted(keyed(right, 1), keys, backward ? "DESC" : "ASC");
    StringBuilder condition = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      condition.append("x.k%1$d = y.k%1$d AND ".formatted(i));
    }
    condition
        .append("x.o ")
        .append(backward ? ">" : "<")
        .append(spec.exactMatches() ? "=" : "")
        .append(" y.o");
    String distance =
        on.getFirst().isFloating()
            ? "CASE WHEN x.o = y.o THEN 0 ELSE abs(x.o::DOUBLE - y.o::DOUBLE) END"
            : "abs(x.o::HUGEINT - y.o::HUGEINT)";
    String all =
        "SELECT x.rn AS l_rn, y.rn AS r_rn, %s AS d FROM (%s) x ASOF LEFT JOIN (%s) y ON %s"
            .formatted(distance, keyed(left, 0), rights, condition);
    return "SELECT l_rn, CASE WHEN %1$s THEN r_rn END AS r_rn, CASE WHEN %1$s THEN d END AS d FROM (%2$s)"
        .formatted(isWithin(), all);
  }

  private String isWithin() {
    return switch (spec.tolerance()) {
      case null -> "true";
      case Long distance -> "d <= " + distance;
      default -> "d <= " + ((Period) spec.tolerance()).nanos() + "::HUGEINT";
    };
  }

  private String keyNames(String prefix) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      names.append(", ").append(prefix).append(i);
    }
    return names.toString();
  }

  private String keyed(RandomSteps.State state, int side) {
    List<String> keys = new ArrayList<>();
    keys.add("rn");
    keys.add(on.get(side).key() + " AS o");
    for (int i = 0; i < by.size(); i++) {
      keys.add("%s AS k%d".formatted(by.get(i).get(side).key(), i));
    }
    return "SELECT %s FROM %s".formatted(String.join(", ", keys), state.sql());
  }

  @Override
  public String toString() {
    return "as-of join on %s by %s"
        .formatted(
            spec, by.stream().map(pair -> pair.get(0).sql()).collect(Collectors.joining(", ")));
  }
}
