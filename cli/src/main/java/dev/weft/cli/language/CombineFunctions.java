package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Functions that choose among several arrays, or put them together. */
final class CombineFunctions {
  static final List<String> ROWS =
      List.of(
          "select(condlist, choicelist, default=0): the choice of the first condition that holds",
          "choose(x, choices, mode='raise'): of the choice that each element names, what is there",
          "piecewise(x, condlist, values): the value of the last condition that holds, an extra one elsewhere, or 0",
          "compress(condition, x, axis=None): elements, or slices, where a vector is true",
          "extract(condition, x): elements where a condition is true, in C order",
          "meshgrid(*arrays, indexing='xy', sparse=False): coordinates of a grid, a tuple",
          "ravel_multi_index(multi_index, dims): positions in C order of positions along each axis",
          "ix_(*arrays): positions and masks of axes, for an index that takes all pairs; a tuple",
          "broadcast_arrays(*arrays): stretched to their common shape, a tuple",
          "block(arrays): put together from nested lists of blocks");

  private CombineFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "ix_" -> ElementFunctions.tuple(open(call, call.arrays("arrays")));
      case "meshgrid" -> meshgrid(call);
      case "broadcast_arrays" ->
          ElementFunctions.tuple(call.session().broadcastArrays(call.arrays("arrays")));
      default -> new Array(compute(call));
    };
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "select" -> select(call);
      case "choose" -> choose(call);
      case "piecewise" -> piecewise(call);
      case "compress" -> compress(call);
      case "extract" -> call.array("x").ravel().select(truths(call.array("condition")).ravel());
      case "ravel_multi_index" ->
          call.session().ravelMultiIndex(call.arrays("multi_index"), call.extents("dims"));
      case "block" -> block(call, call.value("arrays"));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray truths(NDArray condition) {
    return condition.cast(DType.BOOL);
  }

  /** Numbers take the type of the arrays among the choices. */
  private static NDArray select(Call call) {
    NDArray[] conditions = call.arrays("condlist");
    List<Value> values = new ArrayList<>(call.items("choicelist"));
    values.add(call.has("default") ? call.value("default") : new Value.Whole(0));
    NDArray[] typed = call.evaluator().conversion().together(values).toArray(NDArray[]::new);
    NDArray[] choices = Arrays.copyOf(typed, typed.length - 1);
    return call.session().select(conditions, choices, typed[typed.length - 1]);
  }

  private static NDArray choose(Call call) {
    NDArray x = call.array("x");
    NDArray[] choices = call.arraysTogether("choices");
    String mode = call.word("mode", "raise");
    if (!List.of("raise", "wrap", "clip").contains(mode)) {
      throw call.wrong("mode", "'raise', 'wrap' or 'clip'");
    }
    // What is no integer is refused in any mode.
    if (mode.equals("raise") || x.dtype().isFloating()) {
      return x.choose(choices);
    }
    NDArray numbers = x.cast(DType.INT64);
    long count = Math.max(1, choices.length);
    return (mode.equals("wrap") ? numbers.remainder(count) : numbers.clip(0L, count - 1))
        .choose(choices);
  }

  private static NDArray piecewise(Call call) {
    NDArray x = call.array("x");
    NDArray[] conditions =
        call.value("condlist") instanceof Array(NDArray one) && one.shape().equals(x.shape())
            ? new NDArray[] {one}
            : call.arrays("condlist");
    List<Value> given = call.items("values");
    List<NDArray> values = new ArrayList<>();
    for (Value value : given) {
      values.add(
          value.isNumber()
              ? call.evaluator().conversion().constant(x.dtype(), value)
              : call.evaluator().conversion().array(value));
    }
    NDArray otherwise = call.session().zeros(x.dtype());
    if (values.size() == conditions.length + 1) {
      otherwise = values.removeLast();
    }
    return call.session().piecewise(x, conditions, values.toArray(NDArray[]::new), otherwise);
  }

  /** A condition may be shorter than the axis. */
  private static NDArray compress(Call call) {
    NDArray x = call.has("axis") ? call.array("x") : call.array("x").ravel();
    int axis = call.axis("axis", 0);
    NDArray condition = truths(call.array("condition"));
    if (condition.rank() != 1) {
      throw call.wrong("condition", "a vector of truth values");
    }
    return x.take(condition.flatnonzero(), axis);
  }

  /** Each along its own axis; masks as the positions where they are true. */
  private static NDArray[] open(Call call, NDArray... vectors) {
    NDArray[] positions = vectors.clone();
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i].rank() != 1) {
        throw call.wrong("arrays", "vectors");
      }
      boolean isMask = vectors[i].dtype() == DType.BOOL;
      NDArray own = vectors[i].size() == 0 ? vectors[i].cast(DType.INT64) : vectors[i];
      positions[i] = isMask ? vectors[i].flatnonzero() : own;
    }
    return call.session().meshgrid(false, true, positions);
  }

  private static Value meshgrid(Call call) {
    NDArray[] vectors =
        Arrays.stream(call.arrays("arrays")).map(NDArray::ravel).toArray(NDArray[]::new);
    String indexing = call.word("indexing", "xy");
    if (!indexing.equals("xy") && !indexing.equals("ij")) {
      throw call.wrong("indexing", "'xy' or 'ij'");
    }
    return ElementFunctions.tuple(
        call.session().meshgrid(indexing.equals("xy"), call.truth("sparse"), vectors));
  }

  private static NDArray block(Call call, Value value) {
    int depth = depth(value);
    return block(call, value, 0, depth, Math.max(depth, rank(call, value)));
  }

  private static NDArray block(Call call, Value value, int level, int depth, int rank) {
    if (!(value instanceof Items(List<Value> items, boolean list))) {
      NDArray deep = call.evaluator().conversion().array(value);
      while (deep.rank() < rank) {
        deep = deep.expandDims(0);
      }
      return deep;
    }
    NDArray[] blocks =
        items.stream()
            .map(item -> block(call, item, level + 1, depth, rank))
            .toArray(NDArray[]::new);
    // The innermost lists are joined along the last axis.
    return call.session().concatenate(level - depth, blocks);
  }

  private static int depth(Value value) {
    if (!(value instanceof Items(List<Value> items, boolean list))) {
      return 0;
    }
    int[] depths = items.stream().mapToInt(CombineFunctions::depth).distinct().toArray();
    if (depths.length != 1) {
      throw new UsageException(
          "block: lists are nested %s deep in one list; use lists that are not empty and nested alike"
              .formatted(Arrays.toString(depths)));
    }
    return 1 + depths[0];
  }

  private static int rank(Call call, Value value) {
    return value instanceof Items(List<Value> items, boolean list)
        ? items.stream().mapToInt(item -> rank(call, item)).max().orElse(0)
        : call.evaluator().conversion().array(value).rank();
  }
}
