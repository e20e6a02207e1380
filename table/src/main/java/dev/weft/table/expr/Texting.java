package dev.weft.table.expr;

import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.expr.Value.Constant;
import dev.weft.table.expr.Value.Texts;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Functions and comparisons of text. */
final class Texting {
  private Texting() {}

  /** A function of each different text. */
  static ColumnData function(Node.OfText node, ColumnData data) {
    Dictionary texts = data.dictionary();
    ColumnBuilder results = ColumnBuilder.of(node.result());
    for (int i = 0; i < texts.size(); i++) {
      Object result = node.function().apply(texts.get(i));
      if (!results.tryAdd(result)) {
        throw new IllegalStateException(node + " gave " + result);
      }
    }
    ColumnData each = results.build();
    return each.gather(data.codes(), data.length()).masked(data.present());
  }

  /** A comparison of text, or a choice between texts. */
  static ColumnData apply(
      Node.Apply apply, List<Value> operands, int rows, Function<Value, ColumnData> finish) {
    ElementwiseOp op = apply.op();
    if (op == ElementwiseOps.WHERE) {
      ColumnData condition = finish.apply(operands.get(0));
      return chosen(
          condition, text(apply, operands.get(1), rows), text(apply, operands.get(2), rows));
    }
    if (operands.size() != 2) {
      throw noText(apply);
    }
    IntPredicate is = comparison(apply);
    Value a = operands.get(0);
    Value b = operands.get(1);
    if (a instanceof Texts(ColumnData data) && b instanceof Constant(Object constant)) {
      String other = requireText(apply, constant);
      return truths(data, text -> is.test(TextOrder.compare(text, other)));
    }
    if (a instanceof Constant(Object constant) && b instanceof Texts(ColumnData data)) {
      String other = requireText(apply, constant);
      return truths(data, text -> is.test(TextOrder.compare(other, text)));
    }
    return compared(text(apply, a, rows), text(apply, b, rows), is);
  }

  private static IntPredicate comparison(Node.Apply apply) {
    ElementwiseOp op = apply.op();
    if (op == ElementwiseOps.EQUAL) {
      return order -> order == 0;
    } else if (op == ElementwiseOps.NOT_EQUAL) {
      return order -> order != 0;
    } else if (op == ElementwiseOps.LESS) {
      return order -> order < 0;
    } else if (op == ElementwiseOps.LESS_EQUAL) {
      return order -> order <= 0;
    } else if (op == ElementwiseOps.GREATER) {
      return order -> order > 0;
    } else if (op == ElementwiseOps.GREATER_EQUAL) {
      return order -> order >= 0;
    }
    throw noText(apply);
  }

  private static UsageException noText(Node.Apply apply) {
    return new UsageException(
        "%s: text can be compared with text, and joined by concat. For arithmetic cast it, with cast(\"float64\")"
            .formatted(apply));
  }

  private static String requireText(Node.Apply apply, Object constant) {
    if (constant instanceof String text) {
      return text;
    }
    throw new UsageException(
        "%s: the column is text and the other operand a number. Write it in quotes, or cast the column, with cast(\"float64\")"
            .formatted(apply));
  }

  private static ColumnData truths(ColumnData data, Predicate<String> is) {
    Dictionary texts = data.dictionary();
    byte[] entries = new byte[texts.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = is.test(texts.get(i)) ? (byte) 1 : 0;
    }
    int[] codes = data.codes();
    byte[] rows = new byte[codes.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = entries[codes[i]];
    }
    return ColumnData.of(ColumnType.BOOL, rows, data.present());
  }

  private static ColumnData text(Node.Apply apply, Value value, int rows) {
    return switch (value) {
      case Texts(ColumnData data) -> data;
      case Constant(Object constant) ->
          ColumnData.text(
              new int[rows], Dictionary.of(List.of(requireText(apply, constant))), null);
      case Value.Numbers of ->
          throw new UsageException(
              "%s: one operand is text, another %s. Cast one of them, with cast(\"string\") or cast(\"float64\")"
                  .formatted(apply, of.type().label()));
    };
  }

  private static ColumnData compared(ColumnData a, ColumnData b, IntPredicate is) {
    byte[] rows = new byte[a.length()];
    for (int i = 0; i < rows.length; i++) {
      String x = a.textAt(i);
      String y = b.textAt(i);
      rows[i] = x != null && y != null && is.test(TextOrder.compare(x, y)) ? (byte) 1 : 0;
    }
    return ColumnData.of(ColumnType.BOOL, rows, a.present()).masked(b.present());
  }

  private static ColumnData chosen(ColumnData condition, ColumnData yes, ColumnData no) {
    ColumnBuilder builder = ColumnBuilder.of(ColumnType.TEXT);
    for (int i = 0; i < condition.length(); i++) {
      boolean first = !condition.isNull(i) && condition.longAt(i) != 0;
      builder.tryAdd((first ? yes : no).textAt(i));
    }
    return builder.build();
  }

  /** The texts, or others where they are missing. */
  static ColumnData fill(Node.FillNull fill, ColumnData data, Value other) {
    IntFunction<@Nullable String> instead = instead(fill, other);
    if (data.present() == null) {
      return data;
    }
    ColumnBuilder builder = ColumnBuilder.of(ColumnType.TEXT);
    for (int i = 0; i < data.length(); i++) {
      String text = data.textAt(i);
      builder.tryAdd(text != null ? text : instead.apply(i));
    }
    return builder.build();
  }

  private static IntFunction<@Nullable String> instead(Node.FillNull fill, Value other) {
    if (other instanceof Texts(ColumnData data)) {
      return data::textAt;
    }
    if (other instanceof Constant(Object constant) && constant instanceof String text) {
      return row -> text;
    }
    throw new UsageException(
        "%s: the column is text; fill it with text, as in fillNull(\"\")".formatted(fill));
  }

  /** Texts one behind the other; missing where one is. */
  static ColumnData concat(List<ColumnData> parts) {
    ColumnBuilder builder = ColumnBuilder.of(ColumnType.TEXT);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.getFirst().length(); i++) {
      text.setLength(0);
      boolean all = true;
      for (ColumnData part : parts) {
        String own = part.textAt(i);
        all &= own != null;
        text.append(own);
      }
      if (all) {
        builder.add(text.toString());
      } else {
        builder.addNull();
      }
    }
    return builder.build();
  }
}
