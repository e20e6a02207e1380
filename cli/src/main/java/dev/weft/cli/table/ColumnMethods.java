package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Signature;
import dev.weft.cli.language.Span;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.text.Suggestions;
import dev.weft.table.Column;
import dev.weft.table.TextColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The methods of columns: of text, of moments and of all types. */
final class ColumnMethods {
  private static final Signatures OF_TEXT =
      Signatures.of(
          List.of(
              "length(): number of characters",
              "lower(): in small letters",
              "upper(): in capital letters",
              "strip(): without blanks at both ends",
              "contains(part): whether a text is in it",
              "matches(pattern): whether a regular expression is found in it",
              "startswith(begin): whether it begins with a text",
              "endswith(end): whether it ends with a text",
              "replace(old, new): with every occurrence replaced",
              "split(separator, part): the part of this number, from 0; -1 is the last",
              "slice(from, to): the characters from one place to below another"),
          Map.of("len", "length", "trim", "strip"));

  private static final Signatures OF_MOMENTS =
      Signatures.of(
          List.of(
              "year(): the year",
              "month(): the month, 1 to 12",
              "day(): the day of the month",
              "day_of_week(): Monday is 1, Sunday 7",
              "day_of_year(): 1 to 366",
              "hour(): 0 to 23",
              "minute(): 0 to 59",
              "second(): 0 to 59",
              "nanosecond(): nanoseconds of the second"),
          Map.of());

  private static final Signatures OF_ALL =
      Signatures.of(
          List.of(
              "floor(period=None): the begin of the period, such as '1h', of a moment; of a number the whole number below",
              "is_null(): whether it is missing",
              "not_null(): whether it is there",
              "fill_null(value): the value where it is missing",
              "isin(*values): whether it is one of these",
              "between(low, high): whether it is not below the first and not above the second",
              "cast(type): as another type, such as 'float32' or 'string'",
              "where(yes, no): the first where it is true, else the second"),
          Map.of(
              "isna",
              "isnull",
              "notna",
              "notnull",
              "isnotnull",
              "notnull",
              "fillna",
              "fillnull",
              "astype",
              "cast"));

  private ColumnMethods() {}

  private static List<String> names() {
    List<String> names = new ArrayList<>(OF_TEXT.names());
    names.addAll(OF_MOMENTS.names());
    names.addAll(OF_ALL.names());
    return names;
  }

  /** A part of a moment written without brackets; null where the name is none. */
  static @Nullable Column part(Column moments, String name) {
    Signature signature = OF_MOMENTS.find(name);
    return signature == null ? null : ofMoments(moments, signature.name());
  }

  static boolean isKnown(String name) {
    return OF_TEXT.find(name) != null
        || OF_ALL.find(name) != null
        || Aggregations.ALL.find(name) != null
        || ElementwiseOps.find(name).isPresent();
  }

  /** A method of a column; rows of the op table are methods, too, as is what is made of groups. */
  static TableValue apply(
      TableEvaluator evaluator, Column column, Node.Attribute method, Node.Call call, Scope scope) {
    Signature signature = OF_TEXT.find(method.name());
    if (signature != null) {
      Arguments arguments = Arguments.bind(evaluator, scope, signature, call);
      return new TableValue.Expression(ofText(column.text(), arguments));
    }
    signature = OF_MOMENTS.find(method.name());
    if (signature != null) {
      Arguments.bind(evaluator, scope, signature, call);
      return new TableValue.Expression(ofMoments(column, signature.name()));
    }
    signature = OF_ALL.find(method.name());
    if (signature != null) {
      Arguments arguments = Arguments.bind(evaluator, scope, signature, call);
      return new TableValue.Expression(ofAll(column, arguments));
    }
    signature = Aggregations.ALL.find(method.name());
    if (signature != null) {
      return new TableValue.Made(
          Aggregations.ofColumn(evaluator, column, signature.name(), method, call, scope));
    }
    return byRow(evaluator, column, method, call, scope);
  }

  private static TableValue byRow(
      TableEvaluator evaluator, Column column, Node.Attribute method, Node.Call call, Scope scope) {
    Optional<ElementwiseOp> row = ElementwiseOps.find(method.name());
    if (row.isEmpty()) {
      List<String> known = names();
      known.addAll(Aggregations.ALL.names());
      ElementwiseOps.all().forEach(op -> known.add(op.name()));
      String meant = Suggestions.didYouMean(method.name(), known);
      throw evaluator.error(
          method.nameSpan(),
          "unknown method '%s' of a column%s"
              .formatted(
                  method.name(),
                  meant.isEmpty()
                      ? "; use %s, or an operation of weft ops"
                          .formatted(String.join(", ", names()))
                      : meant));
    }
    List<Object> others = new ArrayList<>();
    call.positional().forEach(node -> others.add(evaluator.operand(node, scope)));
    return new TableValue.Expression(applied(row.get(), column, others));
  }

  /** An operation of arrays. */
  static Column applied(ElementwiseOp row, Column first, List<Object> others) {
    if (others.size() + 1 != row.arity()) {
      throw new UsageException(
          "%s is of %d, got %d: %s"
              .formatted(row.name(), row.arity(), others.size() + 1, row.doc()));
    }
    return first.apply(row, others.toArray());
  }

  private static Column ofText(TextColumn text, Arguments arguments) {
    return switch (arguments.name()) {
      case "length" -> text.length();
      case "lower" -> text.lower();
      case "upper" -> text.upper();
      case "strip" -> text.strip();
      case "contains" -> text.contains(arguments.text("part"));
      case "matches" -> matches(text, arguments.text("pattern"));
      case "startswith" -> text.startsWith(arguments.text("begin"));
      case "endswith" -> text.endsWith(arguments.text("end"));
      case "replace" -> text.replace(arguments.text("old"), arguments.text("new"));
      case "split" -> text.split(arguments.text("separator"), arguments.small("part"));
      case "slice" -> text.slice(arguments.small("from"), arguments.small("to"));
      default -> throw new IllegalStateException(arguments.name() + " has no case");
    };
  }

  private static Column matches(TextColumn text, String pattern) {
    try {
      return text.matches(pattern);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "matches: '%s' is no regular expression: %s at character %d"
              .formatted(pattern, e.getDescription(), e.getIndex() + 1),
          e);
    }
  }

  private static Column ofMoments(Column moments, String part) {
    return switch (part) {
      case "year" -> moments.year();
      case "month" -> moments.month();
      case "day" -> moments.day();
      case "day_of_week" -> moments.dayOfWeek();
      case "day_of_year" -> moments.dayOfYear();
      case "hour" -> moments.hour();
      case "minute" -> moments.minute();
      case "second" -> moments.second();
      case "nanosecond" -> moments.nanosecond();
      default -> throw new IllegalStateException(part + " has no case");
    };
  }

  private static Column ofAll(Column column, Arguments arguments) {
    return switch (arguments.name()) {
      case "floor" ->
          arguments.has("period")
              ? column.floor(arguments.text("period"))
              : column.apply(ElementwiseOps.FLOOR);
      case "is_null" -> column.isNull();
      case "not_null" -> column.isNull().not();
      case "fill_null" -> column.fillNull(arguments.operand("value"));
      case "isin" -> column.isIn(constants(arguments));
      case "between" -> column.between(arguments.operand("low"), arguments.operand("high"));
      case "cast" -> column.cast(type(arguments));
      case "where" -> column.where(arguments.operand("yes"), arguments.operand("no"));
      default -> throw new IllegalStateException(arguments.name() + " has no case");
    };
  }

  /** A name of a type may stand without quotes. */
  private static String type(Arguments arguments) {
    return arguments.node("type") instanceof Node.Name(Span span, String name)
        ? name
        : arguments.text("type");
  }

  private static Object[] constants(Arguments arguments) {
    List<Object> values = new ArrayList<>();
    for (Node node : arguments.rest()) {
      Object value = arguments.operand(node);
      if (value instanceof Column) {
        throw arguments
            .evaluator()
            .error(
                node.span(), "isin: expected numbers or texts, such as isin(1, 2), got a column");
      }
      values.add(value);
    }
    return values.toArray();
  }
}
