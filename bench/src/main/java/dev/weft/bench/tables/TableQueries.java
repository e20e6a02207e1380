package dev.weft.bench.tables;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.sum;

import dev.weft.core.Session;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.join.How;
import dev.weft.table.source.TableFormat;
import dev.weft.table.source.TableReading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The queries of {@code weft_tables/queries.py}, and the files that they read. */
final class TableQueries {
  private final Session session;
  private final Path folder;
  private final String csv;
  private final Map<String, Table> tables = new HashMap<>();

  TableQueries(Session session, Path folder, String csv) {
    this.session = session;
    this.folder = folder;
    this.csv = csv;
  }

  /** Loads the files of a query's kind into memory, in place of others. */
  void load(char kind) {
    tables.clear();
    List<String> names =
        switch (kind) {
          case 'g' -> List.of("groupby");
          case 'j' -> List.of("x", "small", "medium", "big");
          case 't', 'a' -> List.of("timeseries");
          default -> List.of();
        };
    for (String name : names) {
      tables.put(name, open(folder.resolve(name + ".parquet"), "parquet").persist());
    }
  }

  private Table open(Path file, String format) {
    TableFormat found =
        ServiceLoader.load(TableFormat.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(format))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no format " + format));
    return Tables.of(session, found.open(List.of(file), TableReading.defaults()));
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalStateException(name + " is not loaded");
    }
    return table;
  }

  /** The rows of a query, computed; or the number that it gives. */
  Object run(String id) {
    return switch (id) {
      case "t1" -> (double) series().filter(col("name").equal("Alice")).count();
      case "a2" ->
          series()
              .filter(col("x").greater(0).and(col("y").less(0.5)))
              .agg(sum(col("x").multiply(col("y")).add(1)).named("r"))
              .compute()
              .getDouble(0, "r");
      case "j1" -> joined("small", "id1", How.INNER);
      case "j2" -> joined("medium", "id2", How.INNER);
      case "j3" -> joined("medium", "id2", How.LEFT);
      case "j4" -> joined("medium", "id5", How.INNER);
      case "j5" -> joined("big", "id3", How.INNER);
      default -> rows(id).compute();
    };
  }

  private Table series() {
    return table("timeseries");
  }

  private Table joined(String other, String key, How how) {
    // As the peers do: the result is in memory, in partitions.
    return table("x").join(table(other), how, key).persist();
  }

  private Table rows(String id) {
    return switch (id) {
      case "g1" -> table("groupby").groupBy("id1").agg(sum("v1").named("v1"));
      case "g2" -> table("groupby").groupBy("id1", "id2").agg(sum("v1").named("v1"));
      case "g3" ->
          table("groupby").groupBy("id3").agg(sum("v1").named("v1"), mean("v3").named("v3"));
      case "g4" ->
          table("groupby")
              .groupBy("id4")
              .agg(mean("v1").named("v1"), mean("v2").named("v2"), mean("v3").named("v3"));
      case "g5" ->
          table("groupby")
              .groupBy("id6")
              .agg(sum("v1").named("v1"), sum("v2").named("v2"), sum("v3").named("v3"));
      case "t2" -> series().valueCounts("name");
      case "t3" ->
          series()
              .groupBy(col("name"), col("timestamp").hour().as("hour"))
              .agg(mean("x").named("x"))
              .sort("name", "hour");
      case "a1" ->
          series()
              .groupBy("name")
              .agg(
                  sum(col("x").multiply(col("x")).add(col("y").multiply(col("y"))).sqrt())
                      .named("r"));
      case "c1" ->
          open(Path.of(csv), "csv").groupBy("name").agg(mean("x").named("x"), mean("y").named("y"));
      default -> throw new IllegalArgumentException(id);
    };
  }

  /** Number of rows and sums of columns, by which results are compared. */
  Map<String, Double> check(String id, Object result) {
    Map<String, Double> check = new HashMap<>();
    List<String> sums =
        switch (id) {
          case "g1", "g2" -> List.of("v1");
          case "g3" -> List.of("v1", "v3");
          case "g4", "g5" -> List.of("v1", "v2", "v3");
          case "t2" -> List.of("count");
          case "t3" -> List.of("x");
          case "a1" -> List.of("r");
          case "c1" -> List.of("x", "y");
          default -> List.of("v1", "v2");
        };
    switch (result) {
      case Double number -> check.put("value", number);
      case HostTable rows -> {
        check.put("rows", (double) rows.rows());
        for (String name : sums) {
          double all = 0;
          for (double value : rows.doubles(name)) {
            all += Double.isNaN(value) ? 0 : value;
          }
          check.put(name, all);
        }
      }
      case Table rows -> {
        HostTable of = rows.agg(count(), sum("v1").named("v1"), sum("v2").named("v2")).compute();
        check.put("rows", of.getDouble(0, "count"));
        for (String name : sums) {
          check.put(name, of.getDouble(0, name));
        }
      }
      default -> throw new IllegalStateException(result.getClass().getName());
    }
    return check;
  }
}
