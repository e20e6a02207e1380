package dev.weft.table;

import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.first;
import static dev.weft.table.Columns.last;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.median;
import static dev.weft.table.Columns.min;
import static dev.weft.table.Columns.nunique;
import static dev.weft.table.Columns.quantile;
import static dev.weft.table.Columns.std;
import static dev.weft.table.Columns.sum;
import static dev.weft.table.Columns.var;

import dev.weft.table.column.Moments;
import dev.weft.table.group.Aggregation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What pandas gave, from files that {@code make_ordered_fixtures.py} has written. */
final class OrderedFixtures {
  private static final long SECOND = 1_000_000_000L;
  private static final double TOLERANCE = 1e-12;

  private final List<List<String>> lines = new ArrayList<>();

  OrderedFixtures(String name) throws IOException {
    Path file = Path.of("src/test/resources/dev/weft/table/ordered", name);
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      lines.add(Arrays.asList(line.split("\t", -1)));
    }
  }

  /** The fields behind a name. */
  List<String> line(String name) {
    return lines.stream().filter(line -> line.getFirst().equals(name)).findFirst().orElseThrow();
  }

  /** The cases, without their first field. */
  List<List<String>> cases() {
    return lines.stream()
        .filter(line -> line.getFirst().equals("case"))
        .map(line -> line.subList(1, line.size()))
        .toList();
  }

  /** Values between commas, null for nothing. */
  static <T> List<T> values(String text, Function<String, T> read) {
    List<T> values = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      values.add(each.isEmpty() ? null : read.apply(each));
    }
    return values;
  }

  /** The moment of a number of seconds. */
  static Object moment(String seconds) {
    return Moments.instant(Long.parseLong(seconds) * SECOND);
  }

  /** Whether a value is that of pandas, whose sums are rounded on the way. */
  static boolean isNear(Object own, Double wanted) {
    if (own == null || wanted == null) {
      return own == null && wanted == null;
    }
    double value = ((Number) own).doubleValue();
    return Math.abs(value - wanted) <= TOLERANCE * (1 + Math.abs(wanted));
  }

  /** What is made of a column, by the name that the fixtures have for it. */
  static Aggregation made(String function, String column) {
    return switch (function) {
      case "count" -> count(column);
      case "sum" -> sum(column);
      case "mean" -> mean(column);
      case "min" -> min(column);
      case "max" -> max(column);
      case "var" -> var(column);
      case "std" -> std(column);
      case "median" -> median(column);
      case "quantile" -> quantile(column, 0.3);
      case "nunique" -> nunique(column);
      case "first" -> first(column);
      default -> last(column);
    };
  }
}
