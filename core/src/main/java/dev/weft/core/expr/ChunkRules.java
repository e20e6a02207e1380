package dev.weft.core.expr;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How chunk grids follow through operations. */
public final class ChunkRules {
  /** A refinement with more pieces than this many times the finest operand's is not worth it. */
  private static final int MAX_REFINEMENT = 4;

  private ChunkRules() {}

  /** The grid of a view: the cuts of the base, moved; stretched axes are not cut. */
  public static Chunks view(Chunks base, View view) {
    List<AxisChunks> axes = new ArrayList<>(view.shape().rank());
    for (int axis = 0; axis < view.shape().rank(); axis++) {
      int b = view.target()[axis];
      long extent = view.shape().extent(axis);
      axes.add(
          b < 0
              ? AxisChunks.regular(extent, extent)
              : cut(base.axis(b), view.offset()[b], view.step()[axis], extent));
    }
    return new Chunks(axes);
  }

  private static AxisChunks cut(AxisChunks base, long offset, long step, long extent) {
    if (offset == 0 && step == 1 && extent == base.extent()) {
      return base;
    }
    if (extent == 0 || base.count() == 1) {
      return AxisChunks.regular(extent, extent);
    }
    if (base instanceof AxisChunks.Regular(long all, long chunk)
        && step == 1
        && offset % chunk == 0) {
      return AxisChunks.regular(extent, chunk);
    }
    int first = base.find(offset);
    long pieces = Math.abs((long) base.find(offset + (extent - 1) * step) - first) + 1;
    if (pieces > AxisChunks.MOST_LISTED) {
      return AxisChunks.regular(extent, Math.max(1, base.length(first) / Math.abs(step)));
    }
    long[] cuts = new long[(int) Math.min(pieces, extent) + 1];
    int count = 1;
    long index = 0;
    while (index < extent) {
      int piece = base.find(offset + index * step);
      long next =
          step > 0
              ? (base.offset(piece + 1) - 1 - offset) / step + 1
              : (offset - base.offset(piece)) / -step + 1;
      index = Math.min(extent, next);
      cuts[count++] = index;
    }
    return AxisChunks.at(Arrays.copyOf(cuts, count));
  }

  /**
   * The common grid of operands of equal shape: per axis the cuts of all of them, unless that would
   * multiply the chunks, in which case the grid of the most finely cut one.
   */
  public static Chunks align(Shape shape, List<Chunks> operands) {
    Chunks first = operands.getFirst();
    if (operands.stream().allMatch(first::equals)) {
      return first;
    }
    List<AxisChunks> axes = new ArrayList<>(shape.rank());
    for (int axis = 0; axis < shape.rank(); axis++) {
      AxisChunks common = AxisChunks.regular(shape.extent(axis), shape.extent(axis));
      for (Chunks operand : operands) {
        common = refine(common, operand.axis(axis));
      }
      axes.add(common);
    }
    Chunks common = new Chunks(axes);
    long finest = operands.stream().mapToLong(Chunks::count).max().orElse(1);
    return common.count() <= MAX_REFINEMENT * finest
        ? common
        : operands.stream().filter(operand -> operand.count() == finest).findFirst().orElse(first);
  }

  private static AxisChunks refine(AxisChunks a, AxisChunks b) {
    if (a.equals(b) || b.count() == 1) {
      return a;
    }
    if (a.count() == 1) {
      return b;
    }
    AxisChunks finer = a.count() >= b.count() ? a : b;
    if ((long) a.count() + b.count() > AxisChunks.MOST_LISTED) {
      return finer;
    }
    long[] cuts = new long[a.count() + b.count() + 2];
    int count = 1;
    int i = 1;
    int j = 1;
    while (i <= a.count() && j <= b.count()) {
      long next = Math.min(a.offset(i), b.offset(j));
      i += a.offset(i) == next ? 1 : 0;
      j += b.offset(j) == next ? 1 : 0;
      if (next > cuts[count - 1]) {
        cuts[count++] = next;
      }
    }
    return count - 1 > (long) MAX_REFINEMENT * finer.count()
        ? finer
        : AxisChunks.at(Arrays.copyOf(cuts, count));
  }

  /** The grid without the reduced axes. */
  public static Chunks reduce(Chunks input, List<Integer> axes) {
    List<AxisChunks> kept = new ArrayList<>(input.rank());
    for (int axis = 0; axis < input.rank(); axis++) {
      if (!axes.contains(axis)) {
        kept.add(input.axis(axis));
      }
    }
    return new Chunks(kept);
  }

  /** The grid of arrays one after the other along an axis. */
  public static Chunks concatenate(List<Chunks> parts, int axis) {
    long count = parts.stream().mapToLong(part -> part.axis(axis).count()).sum();
    if (count > AxisChunks.MOST_LISTED) {
      throw new UsageException(
          "concatenate: the arrays have %d chunks together along axis %d; at most %d can be joined, rechunk the arrays to longer ones"
              .formatted(count, axis, AxisChunks.MOST_LISTED));
    }
    long[] cuts = new long[(int) count + 1];
    int at = 0;
    long offset = 0;
    for (Chunks part : parts) {
      AxisChunks cut = part.axis(axis);
      for (int i = 1; i <= cut.count(); i++) {
        if (cut.extent() > 0) {
          cuts[++at] = offset + cut.offset(i);
        }
      }
      offset += cut.extent();
    }
    AxisChunks joined =
        at == 0 ? AxisChunks.regular(0, 1) : AxisChunks.at(Arrays.copyOf(cuts, at + 1));
    return parts.getFirst().with(axis, joined);
  }
}
