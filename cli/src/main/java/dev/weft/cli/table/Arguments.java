package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Signature;
import dev.weft.cli.language.Signature.Parameter;
import dev.weft.cli.language.Span;
import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import dev.weft.table.Column;
import dev.weft.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a method or function, bound to its parameters as Python binds them, and read by
 * type. A parameter {@code **columns} takes every name.
 */
final class Arguments {
  private static final String ANY = "*";

  private final TableEvaluator evaluator;
  private final Scope scope;
  private final Signature signature;
  private final Map<String, Node> bound = new HashMap<>();
  private final List<Node> rest = new ArrayList<>();
  private final List<Node.Keyword> named = new ArrayList<>();

  private Arguments(TableEvaluator evaluator, Scope scope, Signature signature) {
    this.evaluator = evaluator;
    this.scope = scope;
    this.signature = signature;
  }

  /**
   * Binds arguments, which are not evaluated yet.
   *
   * @param scope in which they are
   * @throws UsageException for too many, missing, unknown and doubly given ones
   */
  static Arguments bind(
      TableEvaluator evaluator, Scope scope, Signature signature, Node.Call call) {
    Arguments arguments = new Arguments(evaluator, scope, signature);
    arguments.bindPositional(call.positional());
    call.keywords().forEach(arguments::bindKeyword);
    for (Parameter parameter : signature.parameters()) {
      if (parameter.required() && !arguments.has(parameter.name())) {
        throw new UsageException(
            "%s: the argument %s is missing; it is called as %s"
                .formatted(signature.name(), parameter.name(), signature.shown()));
      }
    }
    return arguments;
  }

  private void bindPositional(List<Node> nodes) {
    int next = 0;
    for (Parameter parameter : signature.parameters()) {
      if (parameter.rest() && !parameter.name().startsWith(ANY)) {
        rest.addAll(nodes.subList(next, nodes.size()));
        next = nodes.size();
      } else if (!parameter.named() && next < nodes.size()) {
        bound.put(parameter.name(), nodes.get(next++));
      }
    }
    if (next < nodes.size()) {
      throw evaluator.error(
          nodes.get(next).span(),
          "%s: %d arguments without a name are too many; it is called as %s"
              .formatted(signature.name(), nodes.size(), signature.shown()));
    }
  }

  private void bindKeyword(Node.Keyword keyword) {
    List<String> known =
        signature.parameters().stream()
            .filter(parameter -> !parameter.rest())
            .map(Parameter::name)
            .toList();
    if (known.contains(keyword.name())) {
      if (bound.put(keyword.name(), keyword.value()) != null) {
        throw twice(keyword);
      }
      return;
    }
    if (signature.parameters().stream().noneMatch(each -> each.name().startsWith(ANY))) {
      throw evaluator.error(
          keyword.span(),
          "%s has no argument '%s'%s; it is called as %s"
              .formatted(
                  signature.name(),
                  keyword.name(),
                  Suggestions.didYouMean(keyword.name(), known).replace("?", ""),
                  signature.shown()));
    }
    if (named.stream().anyMatch(each -> each.name().equals(keyword.name()))) {
      throw twice(keyword);
    }
    named.add(keyword);
  }

  private UsageException twice(Node.Keyword keyword) {
    return evaluator.error(
        keyword.span(),
        "%s: the argument %s is given twice".formatted(signature.name(), keyword.name()));
  }

  TableEvaluator evaluator() {
    return evaluator;
  }

  Scope scope() {
    return scope;
  }

  /** The name of what is called. */
  String name() {
    return signature.name();
  }

  boolean has(String parameter) {
    return bound.containsKey(parameter)
        && !(bound.get(parameter) instanceof Node.Name(Span span, String name)
            && name.equals("None"));
  }

  /** What is written for a parameter that is there. */
  Node node(String parameter) {
    Node node = bound.get(parameter);
    if (node == null) {
      throw new IllegalStateException(signature.shown() + " has no " + parameter);
    }
    return node;
  }

  /** All further arguments without a name; those of a list that stands alone. */
  List<Node> rest() {
    return rest.size() == 1 && rest.getFirst() instanceof Node.Sequence all ? all.items() : rest;
  }

  /** Those with a name that is no parameter's. */
  List<Node.Keyword> named() {
    return named;
  }

  TableValue value(String parameter) {
    return evaluator.value(node(parameter), scope);
  }

  /** A number, truth value or text, or a column. */
  Object operand(String parameter) {
    return operand(node(parameter));
  }

  /** The same of one of the further arguments. */
  Object operand(Node node) {
    return evaluator.operand(node, scope);
  }

  /** An expression, or a name in quotes. */
  Column column(String parameter) {
    return column(node(parameter));
  }

  /** The same of one of the further arguments. */
  Column column(Node node) {
    return evaluator.column(node, scope);
  }

  /** A column's name, written as such or in quotes. */
  String columnName(Node node) {
    return evaluator.columnName(node, scope);
  }

  Table table(String parameter) {
    return table(node(parameter));
  }

  /** The same of one of the further arguments. */
  Table table(Node node) {
    TableValue value = evaluator.value(node, Scope.OUTSIDE);
    if (!(value instanceof TableValue.Rows(Table table))) {
      throw wrong(node, "a table such as u, with u=FILE behind the expression", value);
    }
    return table;
  }

  String text(String parameter) {
    Node node = node(parameter);
    if (node instanceof Node.Text(Span span, String text)) {
      return text;
    }
    throw evaluator.error(
        node.span(),
        "%s: %s must be text in quotes, got %s"
            .formatted(signature.name(), parameter, evaluator.written(node)));
  }

  String text(String parameter, String byDefault) {
    return has(parameter) ? text(parameter) : byDefault;
  }

  long whole(String parameter) {
    Node node = node(parameter);
    TableValue value = evaluator.value(node, scope);
    if (value instanceof TableValue.Constant(Object constant) && constant instanceof Long whole) {
      return whole;
    }
    throw wrong(node, "a whole number", value);
  }

  long whole(String parameter, long byDefault) {
    return has(parameter) ? whole(parameter) : byDefault;
  }

  /** A whole number of Java's int; those beyond are its ends. */
  int small(String parameter) {
    return Math.clamp(whole(parameter), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  double number(String parameter) {
    return number(node(parameter));
  }

  /** The same of one of the further arguments. */
  double number(Node node) {
    TableValue value = evaluator.value(node, scope);
    if (value instanceof TableValue.Constant(Object constant)
        && constant instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(node, "a number", value);
  }

  boolean truth(String parameter) {
    if (!has(parameter)) {
      return false;
    }
    Node node = node(parameter);
    TableValue value = evaluator.value(node, scope);
    if (value instanceof TableValue.Constant(Object constant)
        && constant instanceof Boolean truth) {
      return truth;
    }
    throw wrong(node, "True or False", value);
  }

  /** One name or several in brackets. */
  List<String> names(String parameter) {
    if (!has(parameter)) {
      return List.of();
    }
    Node node = node(parameter);
    List<Node> all = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    return all.stream().map(this::looseName).toList();
  }

  /** Of another table perhaps, which says by itself what it lacks. */
  private String looseName(Node node) {
    return switch (node) {
      case Node.Text(Span span, String text) -> text;
      case Node.Name(Span span, String name) -> name;
      default ->
          throw evaluator.error(
              node.span(),
              "%s: expected the name of a column, such as 'id', got %s"
                  .formatted(signature.name(), evaluator.written(node)));
    };
  }

  UsageException wrong(Node node, String expected, TableValue got) {
    return evaluator.error(
        node.span(), "%s: expected %s, got %s".formatted(signature.name(), expected, got.shown()));
  }
}
