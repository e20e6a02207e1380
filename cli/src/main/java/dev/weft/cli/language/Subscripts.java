package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Special;
import dev.weft.cli.language.Value.Truth;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NumPy's square brackets. */
final class Subscripts {
  private final Conversion conversion;
  private final NDArray target;
  private final List<Value> items;

  private Subscripts(Conversion conversion, NDArray target, List<Value> items) {
    this.conversion = conversion;
    this.target = target;
    this.items = items;
  }

  static Value apply(Conversion conversion, Value target, List<Value> index) {
    List<Value> items = flattened(index);
    if (target instanceof Items(List<Value> values, boolean list)) {
      return element(values, items);
    }
    return new Array(new Subscripts(conversion, conversion.array(target), items).apply());
  }

  /** {@code x[(1, 2)]} is {@code x[1, 2]}. */
  private static List<Value> flattened(List<Value> index) {
    return index.size() == 1
            && index.getFirst() instanceof Items(List<Value> inner, boolean list)
            && !list
        ? inner
        : index;
  }

  /** The array with another value at an index; a plain number is converted to its type. */
  static Value updated(Conversion conversion, Value target, List<Value> index, Value value) {
    if (target instanceof Items) {
      throw new UsageException(
          "a tuple or list cannot be assigned to; make it an array first: array(...)");
    }
    NDArray x = conversion.array(target);
    Subscripts place = new Subscripts(conversion, x, flattened(index));
    return new Array(x.with(place.indices(), place.assigned(value)));
  }

  private NDArray assigned(Value value) {
    DType dtype = target.dtype();
    if (value instanceof Whole && dtype != DType.BOOL) {
      return conversion.constant(dtype, value);
    }
    if (value instanceof Value.Real(double real) && dtype.isInteger() && !Double.isFinite(real)) {
      throw new UsageException(
          "%s cannot be assigned to an array of %s; convert it first: x = x.astype(float64)"
              .formatted(value.shown(), dtype));
    }
    return conversion.array(value);
  }

  private static Value element(List<Value> values, List<Value> items) {
    if (items.size() != 1) {
      throw new UsageException("a tuple or list takes one index, got " + items.size());
    }
    if (items.getFirst() instanceof Value.Range) {
      throw new UsageException("a tuple or list takes one position, not a range");
    }
    long position = PythonNumbers.whole(items.getFirst());
    long wrapped = position < 0 ? position + values.size() : position;
    if (wrapped < 0 || wrapped >= values.size()) {
      throw new UsageException(
          "index %d is out of bounds for a tuple or list of %d".formatted(position, values.size()));
    }
    return values.get((int) wrapped);
  }

  private NDArray apply() {
    return target.slice(indices());
  }

  private Index[] indices() {
    return items.stream().map(this::item).toArray(Index[]::new);
  }

  private Index item(Value item) {
    return switch (item) {
      case Whole(long position) -> Index.at(position);
      case Value.Range(Value start, Value stop, Value step) ->
          new Index.Range(bound(start), bound(stop), bound(step));
      case Special special -> special == Special.NONE ? Index.newAxis() : Index.ellipsis();
      case Items(List<Value> list, boolean isList)
          when list.stream().allMatch(Whole.class::isInstance) ->
          Index.of(Conversion.extents(item));
      case Array array -> Index.of(array.array());
      case Items list -> Index.of(conversion.array(list));
      case Truth truth -> Index.of(conversion.array(truth));
      default -> throw new UsageException("expected an index, got " + item.shown());
    };
  }

  private static @Nullable Long bound(Value value) {
    if (value == Special.NONE) {
      return null;
    }
    if (!(value instanceof Whole)) {
      throw new UsageException("a range goes between integers, got " + value.shown());
    }
    return PythonNumbers.whole(value);
  }
}
