package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Indices with arrays of positions or masks among their items. The axes that these stand for are
 * made one axis, from which one array of positions takes. With one array, or a mask that stands at
 * the beginning, nothing is rearranged.
 */
final class Picking {
  private final NDArray x;
  private final List<Index> items;

  /** The axes that are chosen from, each with its positions. */
  private final List<Choice> choices = new ArrayList<>();

  /** Positions along an axis, as an array of any rank. */
  private record Choice(int axis, HostArray positions) {}

  private Picking(NDArray x, List<Index> items) {
    this.x = x;
    this.items = items;
  }

  /** Whether any item is more than a view. */
  static boolean isNeeded(Index... items) {
    return Arrays.stream(items).anyMatch(Picking::chooses);
  }

  private static boolean chooses(Index item) {
    return item instanceof Index.Chosen
        || item instanceof Index.Listed
        || item instanceof Index.Masked;
  }

  static NDArray of(NDArray x, List<Index> items) {
    List<Index> full = Indexing.expand(x.shape(), items);
    if (full.getFirst() instanceof Index.Masked(NDArray mask)
        && full.stream().skip(1).allMatch(Index.Range.class::isInstance)) {
      // Elements of what is computed by element are chosen before it is computed.
      List<Index> others = mask.rank() == 0 ? full.subList(1, full.size()) : full;
      NDArray rest = x.slice(views(x.shape(), others));
      return Selection.select(rest, x.session().own(mask));
    }
    // What the views of the other items leave; every item but a new axis has its axes there.
    Picking picking = new Picking(x.slice(views(x.shape(), full)), full);
    try {
      picking.choose();
      return picking.picked();
    } finally {
      picking.choices.forEach(choice -> choice.positions().close());
    }
  }

  /** The basic items, with whole axes instead of those that choose, and positions as ranges. */
  private static Index[] views(Shape base, List<Index> items) {
    List<Index> views = new ArrayList<>();
    int axis = 0;
    for (Index item : items) {
      switch (item) {
        case Index.Range range -> views.add(range);
        case Index.At(long position) -> {
          long checked = Indexing.position(base, axis, position);
          views.add(Index.range(checked, checked + 1));
        }
        case Index.NewAxis none -> {}
        case Index.Masked(NDArray mask) when mask.rank() == 0 -> views.add(Index.newAxis());
        default -> views.addAll(Collections.nCopies(Indexing.axes(item), Index.all()));
      }
      axis += Indexing.axes(item);
    }
    return views.toArray(Index[]::new);
  }

  private void choose() {
    int axis = 0;
    for (Index item : items) {
      switch (item) {
        case Index.At at -> choose(axis, HostArray.of(0L));
        case Index.Chosen(NDArray positions) -> {
          NDArray own = x.session().own(positions);
          choices.add(new Choice(axis, Selection.positions("index", own, x.shape(), axis)));
        }
        case Index.Listed(HostArray positions) ->
            choose(axis, HostArray.of(positions.toLongArray(), positions.shape()));
        case Index.Masked(NDArray mask) -> chooseTrue(axis, x.session().own(mask));
        default -> {}
      }
      axis += axesLeft(item);
    }
  }

  private void choose(int axis, HostArray positions) {
    Selection.normalize("index", positions, x.shape(), axis);
    choices.add(new Choice(axis, positions));
  }

  /** The axes that an item has in what its view leaves. */
  private static int axesLeft(Index item) {
    return item instanceof Index.Masked(NDArray mask) && mask.rank() == 0 ? 1 : Indexing.axes(item);
  }

  /** A mask of several axes is an array of positions for each of them. */
  private void chooseTrue(int axis, NDArray given) {
    NDArray mask = given.rank() == 0 ? given.reshape(1) : given;
    for (int i = 0; i < mask.rank(); i++) {
      if (mask.shape().extent(i) != x.shape().extent(axis + i)) {
        throw new UsageException(
            "index: a mask of shape %s does not fit axis %d of shape %s; use one as long as the axes that it stands for"
                .formatted(mask.shape(), axis + i, x.shape()));
      }
    }
    NDArray flat = x.session().array(MaskPositions.of(mask, x.session()));
    long after = mask.size();
    for (int i = 0; i < mask.rank(); i++) {
      long extent = mask.shape().extent(i);
      after = extent == 0 ? 0 : after / extent;
      NDArray along = flat.floorDivide(after).remainder(extent);
      choices.add(new Choice(axis + i, along.compute()));
    }
  }

  private NDArray picked() {
    List<Integer> axes = choices.stream().map(Choice::axis).toList();
    Shape common =
        Broadcasting.common("index", choices.stream().map(c -> c.positions().shape()).toList());
    boolean together = areTogether();
    int first = together ? axes.getFirst() : 0;
    int[] from = axes.stream().mapToInt(Integer::intValue).toArray();
    NDArray moved = together ? x : x.moveaxis(from, IntStream.range(0, from.length).toArray());
    NDArray merged = merge(moved, first, axes.size());
    NDArray taken = Selection.taken(merged, positions(common).asSource(), first);
    NDArray shaped = taken.reshape(withAxes(taken.shape(), first, common).extents());
    return withNewAxes(shaped, together, common.rank());
  }

  /** Whether no other item is between those that choose. */
  private boolean areTogether() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (chooses(items.get(i)) || items.get(i) instanceof Index.At) {
        places.add(i);
      }
    }
    return places.getLast() - places.getFirst() == places.size() - 1;
  }

  private static NDArray merge(NDArray x, int first, int count) {
    Shape shape = x.shape();
    long extent = 1;
    for (int i = 0; i < count; i++) {
      extent *= shape.extent(first);
      shape = shape.remove(first);
    }
    return x.reshape(shape.insert(first, extent).extents());
  }

  /** One array of positions along the merged axis. */
  private HostArray positions(Shape common) {
    NDArray flat = x.session().scalar(0L);
    for (Choice choice : choices) {
      NDArray own = x.session().array(choice.positions());
      flat = flat.multiply(x.shape().extent(choice.axis())).add(own);
    }
    return flat.broadcastTo(common.extents()).ravel().compute();
  }

  private static Shape withAxes(Shape taken, int axis, Shape common) {
    Shape shape = taken.remove(axis);
    for (int i = 0; i < common.rank(); i++) {
      shape = shape.insert(axis + i, common.extent(i));
    }
    return shape;
  }

  /** New axes stand before and after others as their items do. */
  private NDArray withNewAxes(NDArray chosen, boolean together, int rank) {
    NDArray result = chosen;
    int axis = together ? 0 : rank;
    boolean seen = !together;
    for (Index item : items) {
      if (item instanceof Index.NewAxis) {
        result = result.expandDims(axis++);
      } else if (item instanceof Index.Range) {
        axis++;
      } else if (!seen) {
        axis += rank;
        seen = true;
      }
    }
    return result;
  }
}
