package dev.weft.table.expr;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Value.Constant;
import dev.weft.table.expr.Value.Numbers;
import dev.weft.table.expr.Value.Texts;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expressions over the rows of one batch. Numbers of all of them are computed together, by one job
 * of arrays, which fuses them. Over a batch without rows nothing is computed, and types and the
 * caller's errors are found.
 */
public final class Evaluation {
  private final Session session;
  private final Batch batch;
  private final Map<Node, Value> seen = new HashMap<>();
  private final NumberOps numbers;

  private Evaluation(Session session, Batch batch) {
    this.session = session;
    this.batch = batch;
    this.numbers = new NumberOps(session);
  }

  /** The columns of expressions. */
  public static List<ColumnData> columns(Session session, Batch batch, List<Node> nodes) {
    Evaluation evaluation = new Evaluation(session, batch);
    return evaluation.finish(nodes.stream().map(evaluation::value).toList());
  }

  /** A batch of named expressions. */
  public static Batch batch(Session session, Batch batch, List<Named> columns) {
    List<ColumnData> values = columns(session, batch, columns.stream().map(Named::node).toList());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fields.add(new Field(columns.get(i).name(), values.get(i).type()));
    }
    return new Batch(Schema.of(fields), values, batch.rows());
  }

  /** The types of named expressions; refuses those that have no meaning for these columns. */
  public static Schema schema(Session session, Schema input, List<Named> columns) {
    return batch(session, Batch.empty(input), columns).schema();
  }

  private Value value(Node node) {
    Value known = seen.get(node);
    if (known == null) {
      known = compute(node);
      seen.put(node, known);
    }
    return known;
  }

  private Value compute(Node node) {
    return switch (node) {
      case Node.Ref(String name) -> column(batch.column(name));
      case Node.Literal(Object literal) -> new Constant(literal);
      case Node.Apply apply -> apply(apply);
      case Node.Cast cast -> cast(cast);
      case Node.OfText text -> column(Texting.function(text, requireText(text, text.operand())));
      case Node.PartOf part -> {
        ColumnData moments = moments(part, part.operand());
        long[] parts = part.part().of(clock(moments).local(moments.longs()));
        yield column(ColumnData.of(ColumnType.INT64, parts, moments.present()));
      }
      case Node.Floor floor -> {
        ColumnData moments = moments(floor, floor.operand());
        Clock clock = clock(moments);
        long[] begins = clock.moments(floor.period().floor(clock.local(moments.longs())));
        yield column(ColumnData.of(moments.type(), begins, moments.present()));
      }
      case Node.IsNull(Node operand) -> isNull(value(operand));
      case Node.FillNull fill -> fillNull(fill);
      case Node.IsIn isIn -> column(Membership.of(isIn, finished(value(isIn.operand()))));
      case Node.Concat(List<Node> operands) ->
          column(Texting.concat(operands.stream().map(each -> texts(each)).toList()));
      case Node.Mapped mapped -> column(mapped(mapped));
    };
  }

  /** A column that is there, ready to be computed with. */
  private Value column(ColumnData data) {
    if (data.type().equals(ColumnType.TEXT)) {
      return new Texts(data);
    }
    NDArray array = session.array(HeapSource.of(data.memory(), data.type().stored()));
    byte[] present = data.present();
    NDArray there =
        present == null
            ? null
            : session.array(HeapSource.of(MemorySegment.ofArray(present), DType.BOOL));
    return new Numbers(data.type(), array, there, data);
  }

  private Value apply(Node.Apply apply) {
    List<Value> operands = apply.operands().stream().map(this::value).toList();
    boolean anyText = operands.stream().anyMatch(each -> each instanceof Texts);
    // The first operand of a choice is the condition.
    int choice = apply.op() == ElementwiseOps.WHERE ? 1 : 0;
    boolean anyTime =
        operands.stream()
            .anyMatch(
                each ->
                    each instanceof Numbers known && known.type() instanceof ColumnType.Timestamp
                        || each instanceof Constant(Object constant)
                            && constant instanceof Instant);
    if (anyText || operands.stream().skip(choice).allMatch(Evaluation::isText)) {
      return column(Texting.apply(apply, operands, batch.rows(), this::finished));
    }
    return anyTime ? numbers.times(apply, operands) : numbers.apply(apply, operands);
  }

  private static boolean isText(Value value) {
    return value instanceof Constant(Object constant) && constant instanceof String;
  }

  private Value cast(Node.Cast cast) {
    Value operand = value(cast.operand());
    if (operand instanceof Constant(Object number) && Constants.type(number).isNumber()) {
      operand = column(constant(number));
    }
    if (operand instanceof Numbers of
        && of.type().isNumber()
        && cast.type() instanceof ColumnType.Number(DType dtype)) {
      return Numbers.of(cast.type(), of.array().cast(dtype), of.present());
    }
    ColumnData data = finished(operand);
    return column(Casts.of(data, cast.type()));
  }

  private ColumnData requireText(Node node, Node operand) {
    ColumnData data = finished(value(operand));
    if (!data.type().equals(ColumnType.TEXT)) {
      throw new UsageException(
          "%s: %s is %s, and the function is of text. Cast it first, with cast(\"string\")"
              .formatted(node, operand, data.type().label()));
    }
    return data;
  }

  private ColumnData texts(Node node) {
    ColumnData data = finished(value(node));
    return data.type().equals(ColumnType.TEXT) ? data : Casts.of(data, ColumnType.TEXT);
  }

  private ColumnData moments(Node node, Node operand) {
    ColumnData data = finished(value(operand));
    if (!(data.type() instanceof ColumnType.Timestamp)) {
      throw new UsageException(
          "%s: %s is %s, and the function is of timestamps. Cast it first, with cast(\"timestamp\")"
              .formatted(node, operand, data.type().label()));
    }
    return data;
  }

  private static Clock clock(ColumnData moments) {
    return new Clock(((ColumnType.Timestamp) moments.type()).zone());
  }

  private Value isNull(Value operand) {
    return switch (operand) {
      case Constant constant -> new Constant(false);
      case Texts(ColumnData data) -> column(nulls(data));
      case Numbers of -> {
        NDArray present = of.present();
        yield Numbers.of(
            ColumnType.BOOL,
            present == null
                ? session.zeros(DType.BOOL, of.array().shape().extents())
                : present.logicalNot(),
            null);
      }
    };
  }

  private static ColumnData nulls(ColumnData data) {
    byte[] missing = new byte[data.length()];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = data.isNull(i) ? (byte) 1 : 0;
    }
    return ColumnData.of(ColumnType.BOOL, missing, null);
  }

  private Value fillNull(Node.FillNull fill) {
    Value first = value(fill.operand());
    Value other = value(fill.other());
    if (first instanceof Texts(ColumnData data)) {
      return column(Texting.fill(fill, data, other));
    }
    return first instanceof Numbers of ? numbers.fill(fill, of, other) : first;
  }

  private ColumnData mapped(Node.Mapped mapped) {
    ColumnData data = finished(value(mapped.operand()));
    Function<@Nullable Object, @Nullable Object> function = mapped.function();
    ColumnBuilder results = ColumnBuilder.of(mapped.result());
    for (int i = 0; i < data.length(); i++) {
      Object result = function.apply(data.get(i));
      if (!results.tryAdd(result)) {
        throw new UsageException(
            "%s: the function gave %s for %s, which is no %s. Give the result's type to map, or another result"
                .formatted(mapped, result, data.get(i), mapped.result().label()));
      }
    }
    return results.build();
  }

  private ColumnData finished(Value value) {
    return finish(List.of(value)).getFirst();
  }

  /** The values of all, in one job. */
  private List<ColumnData> finish(List<Value> values) {
    List<NDArray> arrays = new ArrayList<>();
    List<ArrayTarget> targets = new ArrayList<>();
    List<ColumnData> columns = new ArrayList<>();
    List<byte @Nullable []> masks = new ArrayList<>();
    for (Value value : values) {
      byte[] mask = null;
      switch (value) {
        case Constant(Object constant) -> columns.add(constant(constant));
        case Texts(ColumnData data) -> columns.add(data);
        case Numbers of -> {
          ColumnData known = of.known();
          NDArray present = of.present();
          if (known == null) {
            known = ColumnData.blank(of.type(), batch.rows());
            arrays.add(whole(of.array()));
            targets.add(new HeapTarget(known.memory()));
            if (present != null) {
              mask = new byte[batch.rows()];
              arrays.add(whole(present));
              targets.add(new HeapTarget(MemorySegment.ofArray(mask)));
            }
          } else {
            mask = known.present();
          }
          columns.add(known);
        }
      }
      masks.add(mask);
    }
    if (!arrays.isEmpty() && batch.rows() > 0) {
      session.computeTo(arrays, targets);
    }
    List<ColumnData> finished = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnData column = columns.get(i);
      finished.add(
          values.get(i) instanceof Numbers of && of.known() == null
              ? ColumnData.of(column.type(), column.values(), masks.get(i))
              : column);
    }
    return finished;
  }

  private NDArray whole(NDArray array) {
    return array.rank() == 0 ? array.broadcastTo(batch.rows()) : array;
  }

  private ColumnData constant(Object value) {
    if (value instanceof String text) {
      return ColumnData.text(new int[batch.rows()], Dictionary.of(List.of(text)), null);
    }
    ColumnBuilder builder = ColumnBuilder.of(Constants.type(value));
    for (int i = 0; i < batch.rows(); i++) {
      builder.tryAdd(value);
    }
    return builder.build();
  }
}
