package dev.weft.table;

import dev.weft.core.Session;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of what aggregations are of. */
final class Operands {
  private Operands() {}

  /** A type for each; null for the number of rows. */
  static List<@Nullable ColumnType> types(
      Session session, Schema schema, List<Aggregation> aggregations) {
    List<@Nullable ColumnType> types = new ArrayList<>();
    for (Aggregation each : aggregations) {
      Node operand = each.operand();
      types.add(operand == null ? null : type(session, schema, operand));
    }
    return types;
  }

  private static ColumnType type(Session session, Schema schema, Node operand) {
    List<Named> one = List.of(new Named("operand", operand));
    return Evaluation.schema(session, schema, one).fields().getFirst().type();
  }
}
