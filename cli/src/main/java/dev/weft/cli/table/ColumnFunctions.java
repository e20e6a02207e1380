package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Signature;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.text.Suggestions;
import dev.weft.table.Column;
import dev.weft.table.Columns;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions that stand alone: of columns, of groups, and those that make tables. */
final class ColumnFunctions {
  private static final Signatures OWN =
      Signatures.of(
          List.of(
              "col(name): the column of a name that is no word, as in col('my column')",
              "lit(value): the same value in every row",
              "where(condition, yes, no): yes where the condition is true, else no",
              "concat(*columns): texts one behind the other",
              "timeseries(days=30, seed=0): the demonstration data: a row for each second",
              "read_sql(sql, url, column=None, lower=None, upper=None, partitions=None, zone='UTC'): what a database answers; partitions are ranges of the column from lower to upper"),
          Map.of());

  private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final int MOST_DAYS = 10_000;

  private ColumnFunctions() {}

  static boolean isKnown(String name) {
    return OWN.find(name) != null
        || Aggregations.ALL.find(name) != null
        || ElementwiseOps.find(name).isPresent();
  }

  /** A call of a function by its name. */
  static TableValue apply(
      TableEvaluator evaluator, Node.Name function, Node.Call call, Scope scope) {
    Signature signature = OWN.find(function.name());
    if (signature != null) {
      return own(Arguments.bind(evaluator, scope, signature, call));
    }
    signature = Aggregations.ALL.find(function.name());
    if (signature != null) {
      return Aggregations.function(Arguments.bind(evaluator, scope, signature, call), call);
    }
    ElementwiseOp row =
        ElementwiseOps.find(function.name()).orElseThrow(() -> unknown(evaluator, function));
    if (!call.keywords().isEmpty()) {
      throw evaluator.error(
          call.keywords().getFirst().span(),
          "%s has no argument '%s'; it is of columns and numbers alone"
              .formatted(row.name(), call.keywords().getFirst().name()));
    }
    List<Object> operands = new ArrayList<>();
    call.positional().forEach(node -> operands.add(evaluator.operand(node, scope)));
    if (operands.isEmpty()) {
      throw new UsageException(
          "%s is of %d, got none: %s".formatted(row.name(), row.arity(), row.doc()));
    }
    Column first = TableEvaluator.asColumn(operands.getFirst());
    return new TableValue.Expression(
        ColumnMethods.applied(row, first, operands.subList(1, operands.size())));
  }

  private static UsageException unknown(TableEvaluator evaluator, Node.Name function) {
    List<String> known = new ArrayList<>(OWN.names());
    known.addAll(Aggregations.ALL.names());
    ElementwiseOps.all().forEach(op -> known.add(op.name()));
    String name = function.name();
    String meant = Suggestions.didYouMean(name, known);
    return evaluator.error(
        function.span(),
        TableMethods.isKnown(name)
            ? "'%s' is a method of tables; call it as t.%s(...)".formatted(name, name)
            : ColumnMethods.isKnown(name)
                ? "'%s' is a method of columns; call it as x.%s(...)".formatted(name, name)
                : "unknown function '%s'%s"
                    .formatted(name, meant.isEmpty() ? "; weft ops lists all of columns" : meant));
  }

  private static TableValue own(Arguments arguments) {
    return switch (arguments.name()) {
      case "col" ->
          new TableValue.Expression(Columns.col(arguments.columnName(arguments.node("name"))));
      case "lit" -> new TableValue.Expression(TableEvaluator.asColumn(arguments.operand("value")));
      case "where" ->
          new TableValue.Expression(
              TableEvaluator.asColumn(arguments.operand("condition"))
                  .where(arguments.operand("yes"), arguments.operand("no")));
      case "concat" -> concat(arguments);
      case "timeseries" -> new TableValue.Rows(timeseries(arguments));
      case "read_sql" -> new TableValue.Rows(QueryFunction.table(arguments));
      default -> throw new IllegalStateException(arguments.name() + " has no case");
    };
  }

  private static TableValue concat(Arguments arguments) {
    List<Object> parts = new ArrayList<>();
    for (Node node : arguments.rest()) {
      parts.add(arguments.operand(node));
    }
    if (parts.isEmpty()) {
      throw new UsageException("concat: the columns are missing, such as concat(a, '-', b)");
    }
    return new TableValue.Expression(Columns.concat(parts.toArray()));
  }

  private static Table timeseries(Arguments arguments) {
    long days = arguments.whole("days", 30);
    if (days < 1 || days > MOST_DAYS) {
      throw new UsageException("timeseries: days is %d; give 1 to %,d".formatted(days, MOST_DAYS));
    }
    return Tables.timeseries(
        arguments.evaluator().session(),
        BEGIN,
        BEGIN.plus(Duration.ofDays(days)),
        Duration.ofSeconds(1),
        Duration.ofDays(1),
        arguments.whole("seed", 0));
  }
}
