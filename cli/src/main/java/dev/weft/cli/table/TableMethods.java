package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Signature;
import dev.weft.cli.language.Span;
import dev.weft.cli.language.UnaryOperator;
import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import dev.weft.table.Column;
import dev.weft.table.GroupBy;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.group.Aggregation;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of tables and of groups of rows. */
final class TableMethods {
  private static final Signatures OF_TABLES =
      Signatures.of(
          List.of(
              "filter(*conditions): rows for which all conditions are true",
              "select(*columns, **named): only these columns",
              "assign(**named): all columns and these, new or in place of old ones",
              "with_column(name, column): all columns and one more",
              "drop(*columns): all columns but these",
              "rename(**named): other names of columns: rename(old = 'new')",
              "groupby(*keys, **named): groups of rows with equal keys, for agg(...)",
              "resample(time, period): groups by the period, such as '1h', in which a moment is",
              OrderedCalls.ROLLING,
              "agg(*aggregations, **named): one row, made of all rows",
              "sort(*keys, descending=False): rows in the order of keys; -x is the largest first",
              "head(n=10): the first rows",
              "tail(n=10): the last rows",
              "top(n, key): rows that are largest by a key",
              "sample(fraction, seed=0): rows chosen by chance",
              "distinct(*columns): the first of rows that are equal in these columns, or in all",
              "value_counts(column): how often each value occurs",
              "join(other, on=None, how='inner', left_on=None, right_on=None, suffix='_right'): rows of both with equal keys",
              OrderedCalls.AS_OF,
              ShapeCalls.PIVOT,
              ShapeCalls.MELT,
              "concat(*tables): rows of all, one table behind the other",
              "describe(): number, mean, deviation and quantiles of columns of numbers",
              "info(): types of columns, and how many values are there and missing",
              "quantile(*q): quantiles of columns of numbers, a row for each q; or of one, as (x, q)",
              "nunique(*columns, **named): number of different values of these columns, or of all",
              "corr(*columns): correlations of each two of these columns, or of all of numbers",
              "cov(*columns): covariances of each two of these columns, or of all of numbers"),
          Map.ofEntries(
              Map.entry("withcolumns", "assign"),
              Map.entry("sortvalues", "sort"),
              Map.entry("orderby", "sort"),
              Map.entry("topk", "top"),
              Map.entry("nlargest", "top"),
              Map.entry("dropduplicates", "distinct"),
              Map.entry("merge", "join"),
              Map.entry("mergeasof", "asofjoin"),
              Map.entry("pivottable", "pivot"),
              Map.entry("where", "filter"),
              Map.entry("query", "filter")));

  private static final Signatures OF_GROUPS =
      Signatures.of(
          List.of("agg(*aggregations, **named): a row for each group", OrderedCalls.ROLLING),
          Map.of("aggregate", "agg"));

  private static final Signatures OF_WINDOWS =
      Signatures.of(
          List.of("agg(*aggregations, **named): columns beside those of the table"),
          Map.of("aggregate", "agg"));

  private TableMethods() {}

  /** The names of all methods of tables. */
  static List<String> names() {
    List<String> names = new ArrayList<>(OF_TABLES.names());
    names.addAll(Aggregations.ALL.names());
    return names;
  }

  static boolean isKnown(String name) {
    return OF_TABLES.find(name) != null || Aggregations.ALL.find(name) != null;
  }

  private static UsageException unknown(
      TableEvaluator evaluator, Node.Attribute method, String of, List<String> names) {
    String meant = Suggestions.didYouMean(method.name(), names);
    return evaluator.error(
        method.nameSpan(),
        "unknown method '%s' of %s%s"
            .formatted(
                method.name(), of, meant.isEmpty() ? "; use " + String.join(", ", names) : meant));
  }

  /** A method of a table. */
  static TableValue ofTable(
      TableEvaluator evaluator, Table table, Node.Attribute method, Node.Call call) {
    Scope scope = new Scope(table);
    Signature signature = OF_TABLES.find(method.name());
    if (signature != null && !isAggregation(signature.name(), call)) {
      Arguments arguments = Arguments.bind(evaluator, scope, signature, call);
      return switch (signature.name()) {
        case "groupby" -> groups(arguments, table);
        case "resample" -> resampled(arguments, table);
        case "rolling" -> OrderedCalls.windows(arguments, table, table::rolling, table::rolling);
        default -> new TableValue.Rows(rows(arguments, table));
      };
    }
    signature = Aggregations.ALL.find(method.name());
    if (signature == null) {
      throw unknown(evaluator, method, "a table", names());
    }
    Arguments arguments = Arguments.bind(evaluator, scope, signature, call);
    return new TableValue.Rows(table.agg(Aggregations.method(arguments, call)));
  }

  /** Quantiles of one column, and different values of some, are an aggregation. */
  private static boolean isAggregation(String method, Node.Call call) {
    boolean isOfNone = call.positional().isEmpty() && call.keywords().isEmpty();
    return switch (method) {
      case "nunique" -> !isOfNone;
      case "quantile" ->
          !call.keywords().isEmpty()
              || !call.positional().stream().allMatch(TableMethods::isNumber);
      default -> false;
    };
  }

  private static boolean isNumber(Node node) {
    return switch (node) {
      case Node.IntegerNumber number -> true;
      case Node.FloatNumber number -> true;
      case Node.Unary(Span span, UnaryOperator operator, Node of) -> isNumber(of);
      case Node.Sequence sequence -> sequence.items().stream().allMatch(TableMethods::isNumber);
      default -> false;
    };
  }

  /** A method of groups. */
  static TableValue ofGroups(
      TableEvaluator evaluator, TableValue.Groups groups, Node.Attribute method, Node.Call call) {
    Signature signature = OF_GROUPS.find(method.name());
    if (signature != null && signature.name().equals("rolling")) {
      Table table = groups.table();
      Arguments arguments = Arguments.bind(evaluator, new Scope(table), signature, call);
      GroupBy of = groups.groups();
      return OrderedCalls.windows(arguments, table, of::rolling, of::rolling);
    }
    Scope scope = new Scope(groups.table());
    Aggregation[] made = made(evaluator, OF_GROUPS, scope, "groups of rows", method, call);
    return new TableValue.Rows(groups.groups().agg(made));
  }

  /** A method of windows over rows. */
  static TableValue ofWindows(
      TableEvaluator evaluator, TableValue.Windows windows, Node.Attribute method, Node.Call call) {
    Scope scope = new Scope(windows.table());
    Aggregation[] made = made(evaluator, OF_WINDOWS, scope, "windows over rows", method, call);
    return new TableValue.Rows(windows.rolling().agg(made));
  }

  /** What {@code agg}, or a method such as {@code mean}, makes of groups or windows. */
  private static Aggregation[] made(
      TableEvaluator evaluator,
      Signatures known,
      Scope scope,
      String of,
      Node.Attribute method,
      Node.Call call) {
    Signature signature = known.find(method.name());
    if (signature != null) {
      return aggregations(Arguments.bind(evaluator, scope, signature, call));
    }
    signature = Aggregations.ALL.find(method.name());
    if (signature == null) {
      List<String> names = new ArrayList<>(known.names());
      names.addAll(Aggregations.ALL.names());
      throw unknown(evaluator, method, of, names);
    }
    return Aggregations.method(Arguments.bind(evaluator, scope, signature, call), call);
  }

  private static Table rows(Arguments arguments, Table table) {
    return switch (arguments.name()) {
      case "filter" -> filter(arguments, table);
      case "select" -> table.select(columns(arguments, arguments.rest()));
      case "assign" -> assign(arguments, table);
      case "with_column" ->
          table.withColumn(
              arguments.text("name"),
              arguments.evaluator().anyColumn(arguments.node("column"), arguments.scope()));
      case "drop" -> table.drop(names(arguments));
      case "rename" -> rename(arguments, table);
      case "agg" -> table.agg(aggregations(arguments));
      case "sort" -> sort(arguments, table);
      case "head" -> table.head(arguments.whole("n", 10));
      case "tail" -> table.tail(arguments.whole("n", 10));
      case "top" -> table.topK(arguments.whole("n"), arguments.column("key"));
      case "sample" -> table.sample(arguments.number("fraction"), arguments.whole("seed", 0));
      case "distinct" -> table.distinct(names(arguments));
      case "value_counts" -> table.valueCounts(arguments.columnName(arguments.node("column")));
      case "join" -> join(arguments, table);
      case "asof_join" -> OrderedCalls.asOf(arguments, table);
      case "pivot" -> ShapeCalls.pivot(arguments, table);
      case "melt" -> ShapeCalls.melt(arguments, table);
      case "concat" ->
          table.concat(arguments.rest().stream().map(arguments::table).toArray(Table[]::new));
      case "describe" -> computed(arguments, table.describe());
      case "info" -> computed(arguments, table.info());
      case "quantile" -> computed(arguments, table.quantile(numbers(arguments)));
      case "nunique" -> table.nunique();
      case "corr" -> computed(arguments, table.corr(names(arguments)));
      case "cov" -> computed(arguments, table.cov(names(arguments)));
      default -> throw new IllegalStateException(arguments.name() + " has no case");
    };
  }

  private static Table computed(Arguments arguments, HostTable rows) {
    return Tables.of(arguments.evaluator().session(), rows);
  }

  private static double[] numbers(Arguments arguments) {
    return arguments.rest().stream().mapToDouble(arguments::number).toArray();
  }

  private static Table filter(Arguments arguments, Table table) {
    if (arguments.rest().isEmpty()) {
      throw new UsageException("filter: the condition is missing, such as filter(x > 0)");
    }
    Table kept = table;
    for (Node condition : arguments.rest()) {
      kept = arguments.evaluator().filtered(kept, condition);
    }
    return kept;
  }

  private static String[] names(Arguments arguments) {
    return arguments.rest().stream().map(arguments::columnName).toArray(String[]::new);
  }

  /** Columns, and those with a name of their own; an expression is called as it is written. */
  private static Object[] columns(Arguments arguments, List<Node> rest) {
    List<Object> columns = new ArrayList<>();
    for (Node node : rest) {
      Column column = arguments.column(node);
      boolean plain = node instanceof Node.Name || node instanceof Node.Text;
      String written = arguments.evaluator().written(node);
      columns.add(plain || TableEvaluator.isColumnCall(node) ? column : column.as(written));
    }
    for (Node.Keyword keyword : arguments.named()) {
      columns.add(
          arguments.evaluator().anyColumn(keyword.value(), arguments.scope()).as(keyword.name()));
    }
    return columns.toArray();
  }

  private static TableValue groups(Arguments arguments, Table table) {
    return new TableValue.Groups(table.groupBy(columns(arguments, arguments.rest())), table);
  }

  private static TableValue resampled(Arguments arguments, Table table) {
    String time = arguments.columnName(arguments.node("time"));
    return new TableValue.Groups(table.resample(time, arguments.text("period")), table);
  }

  private static Table assign(Arguments arguments, Table table) {
    Table assigned = table;
    for (Node.Keyword keyword : arguments.named()) {
      // As in pandas, those before are there already.
      assigned =
          assigned.withColumn(
              keyword.name(),
              arguments.evaluator().anyColumn(keyword.value(), new Scope(assigned)));
    }
    return assigned;
  }

  private static Table rename(Arguments arguments, Table table) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Node.Keyword keyword : arguments.named()) {
      arguments.evaluator().requireColumn(keyword.name(), keyword.span(), arguments.scope());
      if (!(keyword.value() instanceof Node.Text(Span span, String name))) {
        throw arguments
            .evaluator()
            .error(
                keyword.value().span(),
                "rename: the new name of %s must be text in quotes: rename(%s = 'other')"
                    .formatted(keyword.name(), keyword.name()));
      }
      names.put(keyword.name(), name);
    }
    return table.rename(names);
  }

  /** What is made of groups, with its names. */
  private static Aggregation[] aggregations(Arguments arguments) {
    List<Aggregation> all = new ArrayList<>();
    for (Node node : arguments.rest()) {
      all.add(arguments.evaluator().aggregation(node, arguments.scope()));
    }
    for (Node.Keyword keyword : arguments.named()) {
      all.add(
          arguments
              .evaluator()
              .aggregation(keyword.value(), arguments.scope())
              .named(keyword.name()));
    }
    if (all.isEmpty()) {
      throw new UsageException(
          "agg: say what is made of the rows, such as agg(mean(x), n = count())");
    }
    return all.toArray(Aggregation[]::new);
  }

  private static Table sort(Arguments arguments, Table table) {
    boolean descending = arguments.truth("descending");
    List<Object> keys = new ArrayList<>();
    for (Node node : arguments.rest()) {
      boolean minus = node instanceof Node.Unary unary && unary.operator() == UnaryOperator.MINUS;
      Column key = arguments.column(minus ? ((Node.Unary) node).operand() : node);
      keys.add(minus != descending ? key.descending() : key);
    }
    if (keys.isEmpty()) {
      throw new UsageException("sort: the key is missing, such as sort(x), or sort(-x)");
    }
    return table.sort(keys.toArray());
  }

  private static Table join(Arguments arguments, Table table) {
    Table other = arguments.table("other");
    boolean one = arguments.has("on");
    List<String> left = arguments.names(one ? "on" : "left_on");
    List<String> right = arguments.names(one ? "on" : "right_on");
    if (one && (arguments.has("left_on") || arguments.has("right_on"))) {
      throw new UsageException("join: give on, or left_on and right_on, not all of them");
    }
    if (left.isEmpty()) {
      left = table.schema().names().stream().filter(other.schema()::has).toList();
      right = left;
      if (left.isEmpty()) {
        throw new UsageException(
            "join: no column is in both tables. Give left_on = 'a', right_on = 'b': the left has %s, the right %s"
                .formatted(
                    String.join(", ", table.schema().names()),
                    String.join(", ", other.schema().names())));
      }
    }
    String suffix = arguments.text("suffix", "_right");
    return table.join(other, new JoinSpec(left, right, how(arguments), suffix));
  }

  private static How how(Arguments arguments) {
    String name = arguments.text("how", How.INNER.label());
    for (How how : How.values()) {
      if (how.label().equals(name)) {
        return how;
      }
    }
    throw arguments
        .evaluator()
        .error(
            arguments.node("how").span(),
            "join: how is '%s'; use %s"
                .formatted(
                    name, String.join(", ", Arrays.stream(How.values()).map(How::label).toList())));
  }
}
