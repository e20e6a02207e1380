package dev.weft.table.expr;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Moments;
import dev.weft.table.expr.Value.Constant;
import dev.weft.table.expr.Value.Numbers;
import dev.weft.table.text.MomentText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of the op table over numbers and timestamps, of which some may be missing. */
final class NumberOps {
  private static final Set<ElementwiseOp> COMPARISONS =
      Set.of(
          ElementwiseOps.LESS,
          ElementwiseOps.LESS_EQUAL,
          ElementwiseOps.GREATER,
          ElementwiseOps.GREATER_EQUAL,
          ElementwiseOps.EQUAL,
          ElementwiseOps.NOT_EQUAL);

  private final Session session;

  NumberOps(Session session) {
    this.session = session;
  }

  /** Numbers and constants, with NumPy's types; a constant never widens within its family. */
  Numbers apply(Node.Apply apply, List<Value> operands) {
    if (operands.size() != apply.op().arity()) {
      throw new UsageException(
          "%s takes %d operands, got %d"
              .formatted(apply.op().name(), apply.op().arity(), operands.size()));
    }
    NDArray result = array(apply, operands);
    return Numbers.of(new ColumnType.Number(result.dtype()), result, present(apply, operands));
  }

  private NDArray array(Node.Apply apply, List<Value> operands) {
    ElementwiseOp op = apply.op();
    if (op == ElementwiseOps.WHERE) {
      return where(apply, operands);
    }
    if (operands.size() == 2) {
      Value a = operands.get(0);
      Value b = operands.get(1);
      if (a instanceof Numbers first && b instanceof Constant(Object number)) {
        return number instanceof Long whole
            ? first.array().apply(op, whole)
            : number instanceof Double real
                ? first.array().apply(op, real)
                : first.array().apply(op, constant(apply, number));
      }
      if (a instanceof Constant(Object number) && b instanceof Numbers second) {
        return number instanceof Long whole
            ? second.array().applyFrom(op, whole)
            : number instanceof Double real
                ? second.array().applyFrom(op, real)
                : constant(apply, number).apply(op, second.array());
      }
    }
    NDArray[] all = operands.stream().map(each -> plain(apply, each)).toArray(NDArray[]::new);
    NDArray[] others = new NDArray[all.length - 1];
    System.arraycopy(all, 1, others, 0, others.length);
    return all[0].apply(op, others);
  }

  private NDArray where(Node.Apply apply, List<Value> operands) {
    NDArray condition = plain(apply, operands.get(0));
    if (operands.get(0) instanceof Numbers of && of.present() != null) {
      // What is not known to be true is not chosen.
      condition = condition.logicalAnd(of.present());
    }
    Value yes = operands.get(1);
    Value no = operands.get(2);
    if (yes instanceof Constant(Object number) && no instanceof Numbers other) {
      if (number instanceof Long whole) {
        return condition.where(whole, other.array());
      }
      if (number instanceof Double real) {
        return condition.where(real, other.array());
      }
    }
    if (yes instanceof Numbers other && no instanceof Constant(Object number)) {
      if (number instanceof Long whole) {
        return condition.where(other.array(), whole);
      }
      if (number instanceof Double real) {
        return condition.where(other.array(), real);
      }
    }
    return condition.where(plain(apply, yes), plain(apply, no));
  }

  private NDArray plain(Node.Apply apply, Value value) {
    return switch (value) {
      case Numbers of -> of.array();
      case Constant(Object number) -> constant(apply, number);
      case Value.Texts texts -> throw noNumber(apply);
    };
  }

  private static UsageException noNumber(Node.Apply apply) {
    return new UsageException(
        "%s: text is no number. Cast it first, with cast(\"float64\"), or compare it with text"
            .formatted(apply));
  }

  private NDArray constant(Node.Apply apply, Object value) {
    return switch (value) {
      case Long whole -> session.scalar(whole);
      case Double real -> session.scalar(real);
      case Boolean truth -> session.full(DType.BOOL, truth ? 1L : 0L);
      case String text -> throw noNumber(apply);
      default -> throw noTime(apply);
    };
  }

  private static UsageException noTime(Node.Apply apply) {
    return new UsageException(
        "%s: timestamps can be compared and subtracted, and a number of nanoseconds added. For other arithmetic cast them, with cast(\"int64\")"
            .formatted(apply));
  }

  /** Where the result is there: where all operands are; "and" and "or" know more. */
  private @Nullable NDArray present(Node.Apply apply, List<Value> operands) {
    ElementwiseOp op = apply.op();
    if (op == ElementwiseOps.WHERE) {
      return chosen(operands);
    }
    if (op == ElementwiseOps.LOGICAL_AND || op == ElementwiseOps.LOGICAL_OR) {
      return decided(
          op == ElementwiseOps.LOGICAL_OR,
          truths(apply, operands.get(0)),
          truths(apply, operands.get(1)));
    }
    NDArray all = null;
    for (Value operand : operands) {
      NDArray own = operand instanceof Numbers of ? of.present() : null;
      if (own != null) {
        all = all == null ? own : all.logicalAnd(own);
      }
    }
    return all;
  }

  private Numbers truths(Node.Apply apply, Value value) {
    return value instanceof Numbers of
        ? of
        : Numbers.of(ColumnType.BOOL, plain(apply, value), null);
  }

  /** One operand decides alone where it is true for "or", false for "and". */
  private static @Nullable NDArray decided(boolean by, Numbers a, Numbers b) {
    NDArray p = a.present();
    NDArray q = b.present();
    if (p == null && q == null) {
      return null;
    }
    NDArray x = truth(a.array(), by);
    NDArray y = truth(b.array(), by);
    if (p == null) {
      return q == null ? null : q.logicalOr(x);
    }
    if (q == null) {
      return p.logicalOr(y);
    }
    return p.logicalAnd(q).logicalOr(p.logicalAnd(x)).logicalOr(q.logicalAnd(y));
  }

  private static NDArray truth(NDArray array, boolean by) {
    NDArray truth = array.cast(DType.BOOL);
    return by ? truth : truth.logicalNot();
  }

  private static @Nullable NDArray chosen(List<Value> operands) {
    NDArray yes = operands.get(1) instanceof Numbers of ? of.present() : null;
    NDArray no = operands.get(2) instanceof Numbers of ? of.present() : null;
    if ((yes == null && no == null) || !(operands.get(0) instanceof Numbers choice)) {
      return yes != null ? yes : no;
    }
    NDArray known = choice.present();
    NDArray condition =
        known == null ? choice.array().cast(DType.BOOL) : choice.array().logicalAnd(known);
    NDArray all = choice.array().session().full(DType.BOOL, 1L);
    return condition.where(yes == null ? all : yes, no == null ? all : no);
  }

  /** The first, or the other where it is missing. */
  Numbers fill(Node.FillNull fill, Numbers first, Value other) {
    NDArray present = first.present();
    if (present == null) {
      return first;
    }
    if (first.type() instanceof ColumnType.Timestamp time) {
      Numbers moments = moments(new Node.Apply(ElementwiseOps.WHERE, fill.parts()), other, time);
      return Numbers.of(
          time, present.where(first.array(), moments.array()), presentEither(present, moments));
    }
    Node.Apply where = new Node.Apply(ElementwiseOps.WHERE, fill.parts());
    Numbers condition = Numbers.of(ColumnType.BOOL, present, null);
    NDArray filled = where(where, List.of(condition, first, other));
    return Numbers.of(
        new ColumnType.Number(filled.dtype()),
        filled,
        other instanceof Numbers of ? presentEither(present, of) : null);
  }

  private static @Nullable NDArray presentEither(NDArray first, Numbers other) {
    NDArray second = other.present();
    return second == null ? null : first.logicalOr(second);
  }

  /** Operations of which an operand is a timestamp. */
  Numbers times(Node.Apply apply, List<Value> operands) {
    ElementwiseOp op = apply.op();
    ColumnType.Timestamp time = time(operands);
    if (op == ElementwiseOps.WHERE && operands.get(0) instanceof Numbers condition) {
      Numbers yes = moments(apply, operands.get(1), time);
      Numbers no = moments(apply, operands.get(2), time);
      List<Value> all = List.of(condition, yes, no);
      return Numbers.of(time, where(apply, all), chosen(all));
    }
    if (operands.size() != 2) {
      throw noTime(apply);
    }
    boolean bothMoments = operands.stream().noneMatch(each -> isNumber(each));
    if (bothMoments) {
      Numbers a = moments(apply, operands.get(0), time);
      Numbers b = moments(apply, operands.get(1), time);
      NDArray result = a.array().apply(op, b.array());
      NDArray present = present(apply, List.of(a, b));
      if (COMPARISONS.contains(op)) {
        return Numbers.of(ColumnType.BOOL, result, present);
      }
      if (op == ElementwiseOps.SUBTRACT) {
        return Numbers.of(ColumnType.INT64, result, present);
      }
      if (op == ElementwiseOps.MAXIMUM || op == ElementwiseOps.MINIMUM) {
        return Numbers.of(time, result, present);
      }
      throw noTime(apply);
    }
    boolean moves = op == ElementwiseOps.ADD || op == ElementwiseOps.SUBTRACT;
    if (moves && (op == ElementwiseOps.ADD || !isNumber(operands.get(0)))) {
      Numbers moved = apply(apply, operands);
      if (moved.array().dtype() == DType.INT64) {
        return Numbers.of(time, moved.array(), moved.present());
      }
    }
    throw noTime(apply);
  }

  private static ColumnType.Timestamp time(List<Value> operands) {
    for (Value operand : operands) {
      if (operand instanceof Numbers of && of.type() instanceof ColumnType.Timestamp time) {
        return time;
      }
    }
    return new ColumnType.Timestamp(ZoneOffset.UTC);
  }

  private static boolean isNumber(Value value) {
    return value instanceof Numbers of
        ? of.type().isNumber()
        : value instanceof Constant(Object constant)
            && !(constant instanceof Instant || constant instanceof String);
  }

  private Numbers moments(Node.Apply apply, Value value, ColumnType.Timestamp time) {
    if (value instanceof Numbers of && !of.type().isNumber()) {
      return of;
    }
    if (value instanceof Constant(Object constant)) {
      if (constant instanceof Instant moment) {
        return Numbers.of(time, session.scalar(Moments.nanos(moment)), null);
      }
      if (constant instanceof String text) {
        return Numbers.of(time, session.scalar(MomentText.nanos(text, time.zone())), null);
      }
    }
    throw noTime(apply);
  }
}
