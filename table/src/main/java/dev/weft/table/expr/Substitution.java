package dev.weft.table.expr;

import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Expressions of columns that are expressions themselves. */
public final class Substitution {
  private Substitution() {}

  /** The expression with columns replaced by what they are made of. */
  public static Node of(Node node, Map<String, Node> columns) {
    return switch (node) {
      case Node.Ref(String name) -> columns.getOrDefault(name, node);
      case Node.Literal literal -> literal;
      case Node.Apply apply -> new Node.Apply(apply.op(), all(apply.operands(), columns));
      case Node.Cast cast -> new Node.Cast(of(cast.operand(), columns), cast.type());
      case Node.OfText text ->
          new Node.OfText(text.name(), of(text.operand(), columns), text.result(), text.function());
      case Node.PartOf part -> new Node.PartOf(part.part(), of(part.operand(), columns));
      case Node.Floor floor -> new Node.Floor(of(floor.operand(), columns), floor.period());
      case Node.IsNull isNull -> new Node.IsNull(of(isNull.operand(), columns));
      case Node.FillNull fill ->
          new Node.FillNull(of(fill.operand(), columns), of(fill.other(), columns));
      case Node.IsIn isIn -> new Node.IsIn(of(isIn.operand(), columns), isIn.values());
      case Node.Concat concat -> new Node.Concat(all(concat.operands(), columns));
      case Node.Mapped mapped ->
          new Node.Mapped(of(mapped.operand(), columns), mapped.result(), mapped.function());
    };
  }

  private static List<Node> all(List<Node> nodes, Map<String, Node> columns) {
    List<Node> replaced = new ArrayList<>();
    nodes.forEach(node -> replaced.add(of(node, columns)));
    return replaced;
  }

  /** How many parts an expression has. */
  public static int size(Node node) {
    int size = 1;
    for (Node part : node.parts()) {
      size += size(part);
    }
    return size;
  }

  /**
   * Whether the expression has a value for all rows: casts and functions of the user's may fail.
   */
  public static boolean isTotal(Node node) {
    return !(node instanceof Node.Cast)
        && !(node instanceof Node.Mapped)
        && node.parts().stream().allMatch(Substitution::isTotal);
  }

  /** True where both are; one of them may be known to be so. */
  public static Node and(Node a, Node b) {
    return new Node.Apply(ElementwiseOps.LOGICAL_AND, List.of(a, b));
  }
}
