package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Signature;
import dev.weft.table.Column;
import dev.weft.table.Columns;
import dev.weft.table.column.Field;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be made of the rows of groups, or of all rows. */
final class Aggregations {
  /** As functions of columns; as methods they lack the first parameter. */
  static final Signatures ALL =
      Signatures.of(
          List.of(
              "count(*columns, **named): number of rows; with a column, of its values that are not missing",
              "sum(*columns, **named): sum of the values that are there",
              "mean(*columns, **named): mean, in float64",
              "min(*columns, **named): smallest value",
              "max(*columns, **named): largest value",
              "var(*columns, **named): variance of a sample, divided by n - 1",
              "std(*columns, **named): standard deviation of a sample",
              "first(*columns, **named): the first value that is there",
              "last(*columns, **named): the last value that is there",
              "nunique(*columns, **named): number of different values",
              "median(*columns, **named): median",
              "quantile(column, q): quantile, q from 0 to 1, with linear interpolation"),
          Map.of("avg", "mean", "average", "mean", "stddev", "std", "size", "count"));

  private Aggregations() {}

  /** A function of columns, as in {@code agg(mean(x))}. */
  static TableValue function(Arguments arguments, Node.Call call) {
    return new TableValue.Made(single(arguments, call));
  }

  private static Aggregation single(Arguments arguments, Node.Call call) {
    TableEvaluator evaluator = arguments.evaluator();
    if (arguments.name().equals("quantile")) {
      Node of = arguments.node("column");
      return named(
          Columns.quantile(arguments.column(of), arguments.number("q")), of, call, evaluator);
    }
    List<Node> columns = arguments.rest();
    if (!arguments.named().isEmpty() || columns.size() > 1) {
      throw evaluator.error(
          call.span(),
          "%s is of one column here, such as %s(x). A name for the result stands before it: agg(a = %s(x))"
              .formatted(arguments.name(), arguments.name(), arguments.name()));
    }
    if (columns.isEmpty()) {
      if (arguments.name().equals("count")) {
        return Columns.count();
      }
      throw evaluator.error(
          call.span(),
          "%s: the column is missing; write %s(x)".formatted(arguments.name(), arguments.name()));
    }
    return of(arguments.name(), columns.getFirst(), call, arguments);
  }

  private static Aggregation of(String function, Node of, Node.Call call, Arguments arguments) {
    Column column = arguments.column(of);
    return named(made(function, column), of, call, arguments.evaluator());
  }

  /** Of more than a column, the result is called as it is written. */
  private static Aggregation named(
      Aggregation made, Node of, Node.Call call, TableEvaluator evaluator) {
    return of instanceof Node.Name || of instanceof Node.Text
        ? made
        : made.named(evaluator.written(call));
  }

  /** As a method of a column: {@code agg(x.mean())}. */
  static Aggregation ofColumn(
      TableEvaluator evaluator,
      Column column,
      String function,
      Node.Attribute method,
      Node.Call call,
      Scope scope) {
    boolean quantile = function.equals("quantile");
    Signature signature = Signature.parse(function + (quantile ? "(q):" : "():"));
    Arguments arguments = Arguments.bind(evaluator, scope, signature, call);
    Aggregation made =
        quantile ? Columns.quantile(column, arguments.number("q")) : made(function, column);
    return named(made, method.target(), call, evaluator);
  }

  /** A function of a column. */
  static Aggregation made(String function, Column of) {
    return switch (function) {
      case "count" -> Columns.count(of);
      case "sum" -> Columns.sum(of);
      case "mean" -> Columns.mean(of);
      case "min" -> Columns.min(of);
      case "max" -> Columns.max(of);
      case "var" -> Columns.var(of);
      case "std" -> Columns.std(of);
      case "first" -> Columns.first(of);
      case "last" -> Columns.last(of);
      case "nunique" -> Columns.nunique(of);
      case "median" -> Columns.median(of);
      default -> throw new IllegalStateException(function + " has no case");
    };
  }

  /**
   * As a method of a table or of groups: of each column that is given, or of all columns of
   * numbers.
   */
  static Aggregation[] method(Arguments arguments, Node.Call call) {
    List<Aggregation> all = new ArrayList<>();
    if (arguments.name().equals("quantile")) {
      all.add(single(arguments, call));
    }
    for (Node column : arguments.rest()) {
      all.add(of(arguments.name(), column, call, arguments));
    }
    for (Node.Keyword column : arguments.named()) {
      all.add(of(arguments.name(), column.value(), call, arguments).named(column.name()));
    }
    if (all.isEmpty() && arguments.name().equals("count")) {
      all.add(Columns.count());
    } else if (all.isEmpty()) {
      all.addAll(ofNumbers(arguments, call));
    }
    return all.toArray(Aggregation[]::new);
  }

  private static List<Aggregation> ofNumbers(Arguments arguments, Node.Call call) {
    List<Aggregation> all =
        arguments.scope().fields().stream()
            .filter(field -> field.type().isNumber())
            .map(Field::name)
            .map(name -> made(arguments.name(), Columns.col(name)))
            .toList();
    if (all.isEmpty()) {
      throw arguments
          .evaluator()
          .error(
              call.span(),
              "%s: the table has no columns of numbers; name a column, such as %s(x)"
                  .formatted(arguments.name(), arguments.name()));
    }
    return all;
  }
}
