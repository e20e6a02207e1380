package dev.weft.cli.table;

import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.core.Session;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables in memory under names: {@code t} of ten minutes, {@code u} of people, {@code m} with
 * missing values.
 */
record GivenTables(Session session, Map<String, Table> tables) implements TableEvaluator.Inputs {
  static GivenTables of(Session session) {
    Instant begin = Instant.parse("2000-01-01T00:55:00Z");
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put(
        "t",
        Tables.timeseries(
            session,
            begin,
            begin.plusSeconds(600),
            Duration.ofSeconds(1),
            Duration.ofSeconds(200),
            0));
    Map<String, List<?>> people = new LinkedHashMap<>();
    people.put("name", List.of("Alice", "Bob", "Nobody"));
    people.put("age", List.of(31L, 42L, 5L));
    tables.put("u", Tables.ofRows(session, people, 1));
    Map<String, List<?>> missing = new LinkedHashMap<>();
    missing.put("a", Arrays.asList(1L, null, 3L, 1L));
    missing.put("b", Arrays.asList(" Foo-Bar", "baz", null, "a-b-c"));
    missing.put("my column", Arrays.asList(0.5, -1.5, 2.5, Double.NaN));
    missing.put("e", Arrays.asList(true, false, true, true));
    tables.put("m", Tables.ofRows(session, missing, 2));
    return new GivenTables(session, tables);
  }

  @Override
  public List<String> names() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public Table open(String name) {
    return tables.get(name);
  }

  Table table(String name) {
    return tables.get(name);
  }

  /** What an expression means. */
  Table evaluate(String expression) {
    return TableEvaluator.evaluate(session, Parser.job(SourceText.of(expression)), this);
  }
}
