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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NumPy's square brackets: basic indices, and at most one list, index array or mask among them. */
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
    // x[(1, 2)] is x[1, 2].
    List<Value> items =
        index.size() == 1
                && index.getFirst() instanceof Items(List<Value> inner, boolean list)
                && !list
            ? inner
            : index;
    if (target instanceof Items(List<Value> values, boolean list)) {
      return element(values, items);
    }
    return new Array(new Subscripts(conversion, conversion.array(target), items).apply());
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
    int advanced = -1;
    List<Index> basic = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Index index = basic(items.get(i));
      if (index == null) {
        if (advanced >= 0) {
          throw new UsageException(
              "only one list, index array or mask is possible in an index; index in several steps");
        }
        advanced = i;
        index = Index.all();
      }
      basic.add(index);
    }
    if (advanced < 0) {
      return target.slice(basic.toArray(Index[]::new));
    }
    Value chosen = items.get(advanced);
    if (items.size() == 1) {
      return pick(target, chosen, 0);
    }
    NDArray sliced = target.slice(basic.toArray(Index[]::new));
    return pick(sliced, chosen, axis(basic, advanced, sliced.rank()));
  }

  private @Nullable Index basic(Value item) {
    return switch (item) {
      case Whole(long position) -> Index.at(position);
      case Value.Range(Value start, Value stop, Value step) ->
          new Index.Range(bound(start), bound(stop), bound(step));
      case Special special -> special == Special.NONE ? Index.newAxis() : Index.ellipsis();
      case Array array -> null;
      case Items list -> null;
      case Truth truth ->
          throw new UsageException("True and False are no index; a mask is an array such as x > 0");
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

  /** Where the axis chosen from is once the basic items have been applied. */
  private static int axis(List<Index> basic, int advanced, int rank) {
    int before = 0;
    int after = 0;
    boolean spread = false;
    boolean positions = false;
    for (int i = 0; i < basic.size(); i++) {
      Index index = basic.get(i);
      if (index instanceof Index.At) {
        positions = true;
      } else if (index instanceof Index.Ellipsis) {
        spread |= i < advanced;
      } else if (i < advanced) {
        before++;
      } else if (i > advanced) {
        after++;
      }
    }
    if (positions) {
      // NumPy moves the chosen axis to the front in some of these cases and not in others.
      throw new UsageException(
          "a position and a list, index array or mask in one index; index in two steps, for"
              + " instance x[0][:, [1, 2]]");
    }
    return spread ? rank - 1 - after : before;
  }

  private NDArray pick(NDArray x, Value chosen, int axis) {
    if (chosen instanceof Items(List<Value> list, boolean isList)
        && list.stream().allMatch(Whole.class::isInstance)) {
      return x.take(Conversion.extents(chosen), axis);
    }
    NDArray index = conversion.array(chosen);
    if (index.dtype() == DType.BOOL) {
      return axis == 0 ? x.select(index) : x.moveaxis(axis, 0).select(index).moveaxis(0, axis);
    }
    return index.rank() == 0 ? x.take(index.reshape(1), axis).squeeze(axis) : x.take(index, axis);
  }
}
