package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.table.Table;
import java.util.List;

/** The methods that make columns of rows, and rows of columns. */
final class ShapeCalls {
  static final String PIVOT =
      "pivot(index, columns, values): a row for each index, a column for each value of columns, of what is made of their rows, such as mean(x)";

  static final String MELT =
      "melt(ids, values=None): rows of a variable and its value, of several columns";

  private ShapeCalls() {}

  static Table pivot(Arguments arguments, Table table) {
    Object[] index =
        all(arguments.node("index")).stream().map(arguments::columnName).toArray(String[]::new);
    return table.pivot(
        arguments.columnName(arguments.node("columns")),
        arguments.evaluator().aggregation(arguments.node("values"), arguments.scope()),
        index);
  }

  /** Of nothing said, all columns but the ids become rows, as in pandas. */
  static Table melt(Arguments arguments, Table table) {
    List<String> ids = all(arguments.node("ids")).stream().map(arguments::columnName).toList();
    List<String> values =
        arguments.has("values")
            ? all(arguments.node("values")).stream().map(arguments::columnName).toList()
            : table.schema().names().stream().filter(name -> !ids.contains(name)).toList();
    return table.melt(ids, values);
  }

  /** One, or those in brackets. */
  private static List<Node> all(Node node) {
    return node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
  }
}
