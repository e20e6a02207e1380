package dev.weft.table.join;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is joined and how.
 *
 * @param left names of the keys of the left table
 * @param right names of the keys of the right table, as many
 * @param suffix of the names of right columns that the left table has too
 */
public record JoinSpec(List<String> left, List<String> right, How how, String suffix) {
  /** Columns of the right table that are no keys of the same name. */
  public List<String> rightColumns(Schema rightSchema) {
    if (how.isChoice()) {
      return List.of();
    }
    Set<String> same = new HashSet<>();
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).equals(right.get(i))) {
        same.add(right.get(i));
      }
    }
    return rightSchema.names().stream().filter(name -> !same.contains(name)).toList();
  }

  /**
   * The columns of the result: those of the left table, then those of the right.
   *
   * @throws UsageException when keys are missing or of different kinds
   */
  public Schema schema(Schema leftSchema, Schema rightSchema) {
    if (left.isEmpty() || left.size() != right.size()) {
      throw new UsageException(
          "join on %s and %s: give as many keys of the right table as of the left, at least one"
              .formatted(left, right));
    }
    for (int i = 0; i < left.size(); i++) {
      requireAlike(leftSchema.field(left.get(i)), rightSchema.field(right.get(i)));
    }
    List<Field> fields = new ArrayList<>(leftSchema.fields());
    for (String name : rightColumns(rightSchema)) {
      String shown = leftSchema.has(name) ? name + suffix : name;
      fields.add(rightSchema.field(name).named(shown));
    }
    return Schema.of(fields);
  }

  private static void requireAlike(Field a, Field b) {
    if (kind(a.type()).equals(kind(b.type()))) {
      return;
    }
    throw new UsageException(
        "join on %s and %s: the first is %s and the second %s, which are never equal. Cast one of them, as in withColumn(\"%s\", col(\"%s\").cast(\"%s\"))"
            .formatted(
                a.name(),
                b.name(),
                a.type().label(),
                b.type().label(),
                b.name(),
                b.name(),
                a.type().label()));
  }

  private static String kind(ColumnType type) {
    return switch (type) {
      case ColumnType.Text text -> "text";
      case ColumnType.Timestamp timestamp -> "moment";
      case ColumnType.Number(DType dtype) ->
          dtype.isFloating() ? "floating" : dtype == DType.UINT64 ? "uint64" : "integer";
    };
  }
}
