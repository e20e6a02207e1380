package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.routine.ArgsortLines;
import dev.weft.core.routine.BestLines;
import dev.weft.core.routine.MergeArgsorted;
import dev.weft.core.routine.MergeSorted;
import dev.weft.core.routine.SearchSorted;
import dev.weft.core.routine.SortLines;
import dev.weft.core.shape.AxisChunks;
import java.util.ArrayList;
import java.util.List;

/** Order along an axis. */
final class Ordering {
  /** Of a long axis, the best are looked for in at most so many pieces. */
  private static final int MOST_PIECES = 256;

  private Ordering() {}

  static NDArray sort(NDArray x, int axis, boolean descending) {
    int along = x.shape().axis("sort", axis);
    if (x.dtype().isComplex()) {
      return x.takeAlongAxis(argsort(x, along, descending), along);
    }
    if (WholeLines.fit(x, along)) {
      Expr lines = WholeLines.of(x, along);
      return x.with(WholeLines.map(new SortLines(along, descending), lines, x.dtype()));
    }
    int last = x.rank() - 1;
    Expr pieces = WholeLines.inPieces(x.moveaxis(along, last));
    Expr sorted = WholeLines.map(new SortLines(last, descending), pieces, x.dtype());
    AxisChunks runs = sorted.chunks().axis(last);
    MergeSorted merge = new MergeSorted(last, runs, descending);
    return x.with(WholeLines.reading(merge, List.of(sorted), last, sorted.type()))
        .moveaxis(last, along);
  }

  static NDArray argsort(NDArray x, int axis, boolean descending) {
    int along = x.shape().axis("argsort", axis);
    if (x.dtype().isComplex()) {
      return byKeys(along, descending, x.imag(), x.real());
    }
    if (WholeLines.fit(x, along)) {
      Expr lines = WholeLines.of(x, along);
      return x.with(WholeLines.map(new ArgsortLines(along, descending), lines, DType.INT64));
    }
    int last = x.rank() - 1;
    Expr pieces = WholeLines.inPieces(x.moveaxis(along, last));
    Expr places = WholeLines.map(new ArgsortLines(last, descending), pieces, DType.INT64);
    MergeArgsorted merge = new MergeArgsorted(last, places.chunks().axis(last), descending);
    return x.with(WholeLines.reading(merge, List.of(pieces, places), last, places.type()))
        .moveaxis(last, along);
  }

  /** Positions that put keys in order, of which the last counts most. */
  static NDArray lexsort(NDArray... keys) {
    if (keys.length == 0) {
      throw new UsageException("lexsort: no keys given; at least one is needed");
    }
    for (NDArray key : keys) {
      if (!key.shape().equals(keys[0].shape())) {
        throw new UsageException(
            "lexsort: keys of shapes %s and %s; all must have one shape"
                .formatted(keys[0].shape(), key.shape()));
      }
    }
    return byKeys(-1, false, keys);
  }

  /** By each key in turn, keeping the order of those before it where it is equal. */
  private static NDArray byKeys(int axis, boolean descending, NDArray... keys) {
    NDArray order = argsort(keys[0], axis, descending);
    for (int i = 1; i < keys.length; i++) {
      NDArray next = argsort(keys[i].takeAlongAxis(order, axis), axis, descending);
      order = order.takeAlongAxis(next, axis);
    }
    return order;
  }

  /** The largest, or with a negative {@code k} the smallest, best first. */
  static NDArray topk(NDArray x, long k, int axis) {
    x.dtype().requireReal("topk");
    int along = x.shape().axis("topk", axis);
    long count = checked("topk", x, k, along);
    if (4 * count > x.shape().extent(along)) {
      return Pieces.part(sort(x, along, k > 0), along, 0, count);
    }
    if (WholeLines.fit(x, along)) {
      return best(x, count, k > 0, along);
    }
    // Of each piece its own best; of those the best.
    List<NDArray> each = new ArrayList<>();
    AxisChunks cuts = AxisChunks.regular(x.shape().extent(along), pieceLength(x, count));
    for (int piece = 0; piece < cuts.count(); piece++) {
      NDArray part = Pieces.part(x, along, cuts.offset(piece), cuts.offset(piece + 1));
      each.add(best(part, Math.min(count, cuts.length(piece)), k > 0, along));
    }
    return topk(x.session().concatenate(along, each.toArray(NDArray[]::new)), k, along);
  }

  private static NDArray best(NDArray x, long count, boolean descending, int axis) {
    BestLines routine = new BestLines(axis, Math.toIntExact(count), descending);
    return x.with(WholeLines.resized(routine, WholeLines.of(x, axis), axis, count, x.dtype()));
  }

  private static long pieceLength(NDArray x, long count) {
    long fewest = Math.ceilDiv(x.size(), MOST_PIECES);
    return Long.highestOneBit(Math.max(Math.max(WholeLines.longest(x), fewest), 8 * count));
  }

  static NDArray argtopk(NDArray x, long k, int axis) {
    int along = x.shape().axis("argtopk", axis);
    long count = checked("argtopk", x, k, along);
    return Pieces.part(argsort(x, along, k > 0), along, 0, count);
  }

  private static long checked(String name, NDArray x, long k, int axis) {
    if (k == 0) {
      throw new UsageException(
          "%s: k is 0; use a positive number for the largest, a negative one for the smallest"
              .formatted(name));
    }
    return Math.min(Math.abs(k), x.shape().extent(axis));
  }

  /** Where values go in a sorted vector. */
  static NDArray search(NDArray sorted, NDArray values, boolean right) {
    if (sorted.rank() != 1) {
      throw new UsageException(
          "searchsorted: the sorted array has shape %s; use a vector".formatted(sorted.shape()));
    }
    if (sorted.size() == 0) {
      return values.session().zeros(DType.INT64, values.shape().extents());
    }
    DType common = Promotion.of(sorted.dtype(), values.dtype()).requireReal("searchsorted");
    NDArray vector = sorted.cast(common);
    NDArray wanted = values.cast(common);
    int rank = wanted.rank();
    Expr.Type type = new Expr.Type(DType.INT64, wanted.shape(), wanted.chunks());
    return wanted.with(
        new Expr.MapBlocks(
            new SearchSorted(right),
            List.of(vector.expr(), wanted.expr()),
            List.of(List.of(rank), WholeLines.axes(rank)),
            List.of(vector.size()),
            type));
  }
}
