package dev.weft.table.expr;

import dev.weft.core.op.ElementwiseOp;
import dev.weft.table.column.ColumnType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression of columns. */
public sealed interface Node {
  /** A column of the table. */
  record Ref(String name) implements Node {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The same value in every row: a Boolean, Long, Double, String or {@link java.time.Instant}. */
  record Literal(Object value) implements Node {
    @Override
    public String toString() {
      return value instanceof String text ? "'" + text + "'" : value.toString();
    }
  }

  /** A row of the op table of arrays. */
  record Apply(ElementwiseOp op, List<Node> operands) implements Node {
    @Override
    public String toString() {
      return call(op.name(), operands);
    }
  }

  /** The values as another type. */
  record Cast(Node operand, ColumnType type) implements Node {
    @Override
    public String toString() {
      return "cast(" + operand + ", " + type.label() + ")";
    }
  }

  /**
   * A function of text, looked up once for each different text.
   *
   * @param name with its arguments, for people
   * @param result its type: text, or a number for which the function gives a Long or Boolean
   * @param function of a text that is there; null for a missing value
   */
  record OfText(
      String name, Node operand, ColumnType result, Function<String, @Nullable Object> function)
      implements Node {
    @Override
    public String toString() {
      return operand + "." + name;
    }
  }

  /** A part of a moment, as int64. */
  record PartOf(TimePart part, Node operand) implements Node {
    @Override
    public String toString() {
      return operand + "." + part.label() + "()";
    }
  }

  /** The begin of the period in which a moment is. */
  record Floor(Node operand, Period period) implements Node {
    @Override
    public String toString() {
      return operand + ".floor(" + period + ")";
    }
  }

  /** Whether the value is missing. */
  record IsNull(Node operand) implements Node {
    @Override
    public String toString() {
      return operand + ".isNull()";
    }
  }

  /** The first value, or the second where the first is missing. */
  record FillNull(Node operand, Node other) implements Node {
    @Override
    public String toString() {
      return operand + ".fillNull(" + other + ")";
    }
  }

  /** Whether the value is one of several. */
  record IsIn(Node operand, List<Object> values) implements Node {
    @Override
    public String toString() {
      return operand + ".isIn" + values.toString().replace('[', '(').replace(']', ')');
    }
  }

  /** Texts one behind the other. */
  record Concat(List<Node> operands) implements Node {
    @Override
    public String toString() {
      return call("concat", operands);
    }
  }

  /**
   * The user's own function of one value.
   *
   * @param function of null, Boolean, Long, Double, String or Instant to one of these
   */
  record Mapped(
      Node operand, ColumnType result, Function<@Nullable Object, @Nullable Object> function)
      implements Node {
    @Override
    public String toString() {
      return operand + ".map(" + result.label() + ")";
    }
  }

  private static String call(String name, List<Node> operands) {
    return name + operands.stream().map(Node::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  /** What the expression is made of. */
  default List<Node> parts() {
    return switch (this) {
      case Ref ref -> List.of();
      case Literal literal -> List.of();
      case Apply apply -> apply.operands;
      case Cast cast -> List.of(cast.operand);
      case OfText text -> List.of(text.operand);
      case PartOf part -> List.of(part.operand);
      case Floor floor -> List.of(floor.operand);
      case IsNull isNull -> List.of(isNull.operand);
      case FillNull fill -> List.of(fill.operand, fill.other);
      case IsIn isIn -> List.of(isIn.operand);
      case Concat concat -> concat.operands;
      case Mapped mapped -> List.of(mapped.operand);
    };
  }

  /** Adds the names of the columns that it reads. */
  default void collect(Set<String> names) {
    if (this instanceof Ref(String name)) {
      names.add(name);
    }
    parts().forEach(part -> part.collect(names));
  }
}
