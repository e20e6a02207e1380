package dev.weft.cli.table;

import dev.weft.cli.language.JobScript;
import dev.weft.cli.language.LanguageException;
import dev.weft.cli.language.Node;
import dev.weft.cli.language.PlainNumbers;
import dev.weft.cli.language.SourceText;
import dev.weft.cli.language.Span;
import dev.weft.cli.table.TableValue.Constant;
import dev.weft.cli.table.TableValue.Expression;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.Column;
import dev.weft.table.Columns;
import dev.weft.table.Table;
import dev.weft.table.group.Aggregation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns an expression, or the lines of a job, into a lazy table. Types are looked at, so that a
 * mistake is found where it stands; of rows only summaries such as {@code describe} are computed.
 */
public final class TableEvaluator {
  private final Session session;
  private final SourceText source;
  private final TableNames names;

  /** What the caller gives names to; opened when first used. */
  public interface Inputs {
    /** All names. */
    List<String> names();

    /** The table of this name. */
    Table open(String name);
  }

  private TableEvaluator(Session session, SourceText source, Inputs inputs) {
    this.session = session;
    this.source = source;
    this.names = new TableNames(inputs);
  }

  /**
   * The table of the last line of a job.
   *
   * @throws LanguageException when something does not fit; it shows the place
   */
  public static Table evaluate(Session session, JobScript job, Inputs inputs) {
    TableEvaluator evaluator = new TableEvaluator(session, job.source(), inputs);
    @Nullable TableValue last = null;
    for (JobScript.Line line : job.lines()) {
      if (line.place() != null) {
        throw evaluator.error(
            line.place().span(),
            "rows of a table cannot be assigned to; make a column with assign(name = ...)");
      }
      last = evaluator.value(line.value(), Scope.OUTSIDE);
      if (line.name() != null) {
        evaluator.names.assign(line.name(), last);
      }
    }
    Node node = job.lines().getLast().value();
    if (last instanceof TableValue.Rows(Table table)) {
      return table;
    }
    throw evaluator.error(
        node.span(),
        last instanceof TableValue.Groups || last instanceof TableValue.Windows
            ? "these are %s; say what is made of them, such as .agg(mean(x), n = count())"
                .formatted(last.shown())
            : "this is no table, but %s; begin with a table, such as t.select(...)"
                .formatted(last == null ? "nothing" : last.shown()));
  }

  Session session() {
    return session;
  }

  LanguageException error(Span span, String message) {
    return source.error(span, message);
  }

  /** The characters of a node. */
  String written(Node node) {
    return source.slice(node.span());
  }

  TableValue value(Node node, Scope scope) {
    return switch (node) {
      case Node.IntegerNumber(Span span, long value) -> new Constant(value);
      case Node.FloatNumber(Span span, double value) -> new Constant(value);
      case Node.Text(Span span, String text) -> new Constant(text);
      case Node.Name name -> name(name, scope);
      case Node.Unary unary -> {
        Object operand = operand(unary.operand(), scope);
        yield located(
            unary.span(),
            () -> result(ColumnOperators.unary(unary.operator(), operand, scope), scope));
      }
      case Node.Binary binary -> binary(binary, scope);
      case Node.Compare compare -> {
        List<Object> operands = new ArrayList<>();
        compare.operands().forEach(each -> operands.add(operand(each, scope)));
        yield located(
            compare.span(),
            () -> result(ColumnOperators.compare(compare.comparisons(), operands), scope));
      }
      case Node.Attribute attribute -> attribute(attribute, scope);
      case Node.Call call -> call(call, scope);
      case Node.Subscript subscript -> subscript(subscript, scope);
      case Node.Sequence(Span span, List<Node> items, boolean list) ->
          new TableValue.Items(items.stream().map(item -> value(item, scope)).toList());
      case Node.LargeNumber large -> throw error(large.span(), "this number is beyond int64");
      case Node.ImaginaryNumber imaginary ->
          throw error(imaginary.span(), "columns hold real numbers");
      case Node.Slice slice ->
          throw error(slice.span(), "rows have no numbers here; use head(n), tail(n) or filter");
      case Node.Ellipsis ellipsis ->
          throw error(ellipsis.span(), "'...' has no meaning for tables");
    };
  }

  /** A result of operators, whose types are looked at. */
  private static TableValue result(Object value, Scope scope) {
    return value instanceof Column column
        ? new Expression(scope.checked(column))
        : new Constant(value);
  }

  /** Sums of thousands of terms lean to the left: they are followed without recursion. */
  private TableValue binary(Node.Binary last, Scope scope) {
    Deque<Node.Binary> spine = new ArrayDeque<>();
    Node node = last;
    while (node instanceof Node.Binary binary) {
      spine.push(binary);
      node = binary.left();
    }
    Object left = operand(node, scope);
    TableValue value = new Constant(left);
    for (Node.Binary binary : spine) {
      Object before = left;
      Object right = operand(binary.right(), scope);
      value =
          located(
              binary.span(),
              () -> result(ColumnOperators.binary(binary.operator(), before, right, scope), scope));
      left = value instanceof Expression(Column column) ? column : ((Constant) value).value();
    }
    return value;
  }

  private TableValue name(Node.Name node, Scope scope) {
    String name = node.name();
    if (scope.hasColumn(name)) {
      return new Expression(Columns.col(name));
    }
    TableValue known = names.find(name);
    if (known != null) {
      return known;
    }
    Object constant = PlainNumbers.constant(name);
    if (constant != null) {
      return new Constant(constant);
    }
    Table table = scope.table();
    if (table != null) {
      if (ColumnFunctions.isKnown(name)) {
        throw error(node.span(), "'%s' is a function; call it as %s(...)".formatted(name, name));
      }
      requireColumn(name, node.span(), scope);
    }
    throw error(node.span(), names.unknown(name));
  }

  /** Refuses a name that the table does not have; names the nearest. */
  void requireColumn(String name, Span span, Scope scope) {
    Table table = scope.table();
    if (table == null) {
      throw error(
          span, "columns are named inside the brackets of a table's method, such as t.select(x)");
    }
    located(span, () -> table.schema().index(name));
  }

  private TableValue attribute(Node.Attribute node, Scope scope) {
    TableValue target = value(node.target(), scope);
    return switch (target) {
      case TableValue.Rows(Table table) -> {
        if (!table.schema().has(node.name()) && TableMethods.isKnown(node.name())) {
          throw error(
              node.nameSpan(),
              "'%s' is a method; call it as t.%s(...)".formatted(node.name(), node.name()));
        }
        requireColumn(node.name(), node.nameSpan(), new Scope(table));
        requireColumn(node.name(), node.nameSpan(), scope);
        yield new Expression(Columns.col(node.name()));
      }
      case Expression(Column column) -> part(node, column, scope);
      default ->
          throw error(node.nameSpan(), "%s has no '%s'".formatted(target.shown(), node.name()));
    };
  }

  /** Parts of moments stand without brackets, too; pandas writes {@code .dt} and {@code .str}. */
  private TableValue part(Node.Attribute node, Column column, Scope scope) {
    if (node.name().equals("dt") || node.name().equals("str")) {
      return new Expression(column);
    }
    Column part = ColumnMethods.part(column, node.name());
    if (part == null) {
      throw error(
          node.nameSpan(),
          ColumnMethods.isKnown(node.name())
              ? "'%s' is a method; call it as x.%s(...)".formatted(node.name(), node.name())
              : "a column has no '%s'; a moment has year, month, day, hour, minute and second"
                  .formatted(node.name()));
    }
    return located(node.span(), () -> new Expression(scope.checked(part)));
  }

  private TableValue call(Node.Call node, Scope scope) {
    return switch (node.function()) {
      case Node.Name name
          when scope.hasColumn(name.name()) && !ColumnFunctions.isKnown(name.name()) ->
          throw error(
              name.span(),
              "'%s' is a column and cannot be called; for a product write *"
                  .formatted(name.name()));
      case Node.Name name ->
          located(
              node.span(), () -> checked(ColumnFunctions.apply(this, name, node, scope), scope));
      case Node.Attribute method -> {
        TableValue target = value(method.target(), scope);
        yield located(node.span(), () -> checked(method(target, method, node, scope), scope));
      }
      default -> throw error(node.function().span(), "this is no function and cannot be called");
    };
  }

  private TableValue method(TableValue target, Node.Attribute method, Node.Call call, Scope scope) {
    return switch (target) {
      case TableValue.Rows(Table table) -> TableMethods.ofTable(this, table, method, call);
      case TableValue.Groups groups -> TableMethods.ofGroups(this, groups, method, call);
      case TableValue.Windows windows -> TableMethods.ofWindows(this, windows, method, call);
      case Expression(Column column) -> ColumnMethods.apply(this, column, method, call, scope);
      default ->
          throw error(
              method.nameSpan(), "%s has no method '%s'".formatted(target.shown(), method.name()));
    };
  }

  /** Types of columns and of what is made of them are looked at. */
  private static TableValue checked(TableValue value, Scope scope) {
    Table table = scope.table();
    if (value instanceof Expression(Column column)) {
      scope.checked(column);
    } else if (value instanceof TableValue.Made(Aggregation made) && table != null) {
      table.agg(made);
    }
    return value;
  }

  /** As in pandas: {@code t['x']}, {@code t[['x', 'y']]} and {@code t[x > 0]}. */
  private TableValue subscript(Node.Subscript node, Scope scope) {
    if (!(value(node.target(), scope) instanceof TableValue.Rows(Table table))
        || node.items().size() != 1) {
      throw error(
          node.span(), "an index is of a table, and one: t['x'], t[['x', 'y']] or t[x > 0]");
    }
    Node item = node.items().getFirst();
    Scope inside = new Scope(table);
    if (item instanceof Node.Sequence(Span span, List<Node> names, boolean list)) {
      return new TableValue.Rows(
          table.select(names.stream().map(each -> (Object) columnName(each, inside)).toArray()));
    }
    if (item instanceof Node.Text(Span span, String name)) {
      requireColumn(name, span, inside);
      requireColumn(name, span, scope);
      return new Expression(Columns.col(name));
    }
    return new TableValue.Rows(filtered(table, item));
  }

  /** The rows for which a condition is true. */
  Table filtered(Table table, Node condition) {
    Scope inside = new Scope(table);
    Column column = anyColumn(condition, inside);
    if (!inside.isTruth(column)) {
      throw error(
          condition.span(),
          "filter by %s, which is %s; give a condition, such as x > 0"
              .formatted(written(condition), inside.type(column).label()));
    }
    return located(condition.span(), () -> table.filter(column));
  }

  /** A number, truth value or text, or a column. */
  Object operand(Node node, Scope scope) {
    TableValue value = value(node, scope);
    return switch (value) {
      case Expression(Column column) -> column;
      case Constant(Object constant) -> constant;
      case TableValue.Made made ->
          throw error(
              node.span(),
              "%s is made of groups of rows; give it a name in agg(...), and compute with that behind: .agg(a = %s).assign(b = a * 2)"
                  .formatted(written(node), written(node)));
      default -> throw error(node.span(), "expected a column or a number, got " + value.shown());
    };
  }

  static Column asColumn(Object operand) {
    return operand instanceof Column column ? column : Columns.lit(operand);
  }

  /** An expression of columns, or the same value in every row. */
  Column anyColumn(Node node, Scope scope) {
    return asColumn(operand(node, scope));
  }

  /** An expression of columns, where text is the name of one. */
  Column column(Node node, Scope scope) {
    if (node instanceof Node.Text(Span span, String name)) {
      requireColumn(name, span, scope);
      return Columns.col(name);
    }
    return anyColumn(node, scope);
  }

  static boolean isColumnCall(Node node) {
    return node instanceof Node.Call call
        && call.function() instanceof Node.Name(Span span, String name)
        && name.equals("col");
  }

  /** The name of a column that the table has. */
  String columnName(Node node, Scope scope) {
    String name =
        switch (node) {
          case Node.Text(Span span, String text) -> text;
          case Node.Name(Span span, String text) -> text;
          case Node.Call call when isColumnCall(call) && call.positional().size() == 1 ->
              columnName(call.positional().getFirst(), scope);
          default ->
              throw error(
                  node.span(),
                  "expected the name of a column, got %s; make a column of it first, with assign(name = ...)"
                      .formatted(written(node)));
        };
    requireColumn(name, node.span(), scope);
    return name;
  }

  /** What is made of groups. */
  Aggregation aggregation(Node node, Scope scope) {
    TableValue value = value(node, scope);
    if (value instanceof TableValue.Made(Aggregation aggregation)) {
      return aggregation;
    }
    throw error(
        node.span(),
        "expected what is made of groups, such as mean(x) or count(), got " + value.shown());
  }

  /** Errors from below get the place in the text. */
  private <T> T located(Span span, Supplier<T> action) {
    try {
      return action.get();
    } catch (LanguageException e) {
      throw e;
    } catch (UsageException e) {
      throw source.error(span, e);
    }
  }
}
