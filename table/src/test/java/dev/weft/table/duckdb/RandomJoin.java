package dev.weft.table.duckdb;

import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A random join of two tables on one key or two. */
final class RandomJoin {
  private final Random random;
  private final RandomSteps.State left;
  private final RandomSteps.State right;

  RandomJoin(Random random, RandomSteps.State left, RandomSteps.State right) {
    this.random = random;
    this.left = left;
    this.right = right;
  }

  /** A join in both languages. */
  record Made(JoinSpec spec, String select, List<Twin> columns) {
    @Override
    public String toString() {
      return "join " + spec;
    }
  }

  /** None where there are no columns of the same kind, or names would be twice. */
  Optional<Made> of() {
    List<Twin> leftKeys = new ArrayList<>();
    List<Twin> rightKeys = new ArrayList<>();
    int wanted = 1 + random.nextInt(2);
    List<Twin> candidates = new RandomExpressions(random, left.columns()).columns(each -> true);
    for (int tries = 0; tries < 20 && leftKeys.size() < wanted && !candidates.isEmpty(); tries++) {
      Twin a = candidates.get(random.nextInt(candidates.size()));
      List<Twin> alike =
          new RandomExpressions(random, right.columns()).columns(each -> a.isLike(each));
      if (!alike.isEmpty()) {
        Twin b = alike.get(random.nextInt(alike.size()));
        boolean same = random.nextBoolean() && alike.stream().anyMatch(a::equals);
        leftKeys.add(a);
        rightKeys.add(same ? a : b);
      }
    }
    if (leftKeys.isEmpty()) {
      return Optional.empty();
    }
    How how = How.values()[random.nextInt(How.values().length)];
    JoinSpec spec = RandomSteps.spec(names(leftKeys), names(rightKeys), how);
    Set<String> all = new HashSet<>(left.names());
    for (String name : spec.rightColumns(right.weft().getFirst().schema())) {
      if (!all.add(left.names().contains(name) ? name + "_right" : name)) {
        return Optional.empty();
      }
    }
    if (new HashSet<>(spec.left()).size() < spec.left().size()
        || new HashSet<>(spec.right()).size() < spec.right().size()) {
      return Optional.empty();
    }
    return Optional.of(made(spec, leftKeys, rightKeys));
  }

  private static List<String> names(List<Twin> keys) {
    return keys.stream().map(key -> key.sql().substring(1, key.sql().length() - 1)).toList();
  }

  private static String on(List<Twin> leftKeys, List<Twin> rightKeys) {
    List<String> on = new ArrayList<>();
    for (int i = 0; i < leftKeys.size(); i++) {
      on.add("%s = %s".formatted(of("l", leftKeys.get(i)), of("r", rightKeys.get(i))));
    }
    return String.join(" AND ", on);
  }

  private static String of(String table, Twin key) {
    return new Twin(key.column(), table + "." + key.sql(), key.type(), true, false).key();
  }

  private Made made(JoinSpec spec, List<Twin> leftKeys, List<Twin> rightKeys) {
    How how = spec.how();
    List<String> sql = new ArrayList<>();
    List<Twin> columns = new ArrayList<>();
    for (Twin each : left.columns()) {
      int key = leftKeys.indexOf(each);
      boolean same = key >= 0 && rightKeys.get(key).sql().equals(each.sql());
      // A key of one name has the value that is there.
      sql.add(
          same && how.keepsRight()
              ? "CAST(coalesce(l.%1$s, r.%1$s) AS %2$s) AS %1$s"
                  .formatted(each.sql(), Twin.sqlType(each.type()))
              : "l." + each.sql());
      columns.add(each);
    }
    List<String> rights = spec.rightColumns(right.weft().getFirst().schema());
    for (Twin each : right.columns()) {
      String name = each.sql().substring(1, each.sql().length() - 1);
      if (rights.contains(name)) {
        String shown = left.names().contains(name) ? name + "_right" : name;
        sql.add("r.%s AS %s".formatted(each.sql(), Twin.quoted(shown)));
        columns.add(Twin.column(shown, each.type(), each.exact(), each.small()));
      }
    }
    String on = on(leftKeys, rightKeys);
    String shown = sql.stream().collect(Collectors.joining(", "));
    if (how.isChoice()) {
      String select =
          "SELECT %s, row_number() OVER (ORDER BY rn) AS rn FROM %s l WHERE %s EXISTS (SELECT 1 FROM %s r WHERE %s)"
              .formatted(shown, left.sql(), how == How.ANTI ? "NOT" : "", right.sql(), on);
      return new Made(spec, select, columns);
    }
    String kind = how == How.OUTER ? "FULL" : how.name();
    String select =
        "SELECT %s, row_number() OVER (ORDER BY (l.rn IS NULL), l.rn, r.rn) AS rn FROM %s l %s JOIN %s r ON %s"
            .formatted(shown, left.sql(), kind, right.sql(), on);
    return new Made(spec, select, columns);
  }
}
