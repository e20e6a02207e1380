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
  /** A grid of more chunks than this many times the most of an operand is not worth it. */
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
   * The common grid of operands of equal shape: per axis the cuts of the operand that is cut most
   * finely there, unless that would multiply the chunks, in which case the grid of the operand with
   * most of them. Cuts of several operands are never mixed: where they differ by a few elements, as
   * those of slices do, each step of an iteration would double the chunks.
   */
  public static Chunks align(Shape shape, List<Chunks> operands) {
    Chunks first = operands.getFirst();
    if (operands.stream().allMatch(first::equals)) {
      return first;
    }
    List<AxisChunks> axes = new ArrayList<>(shape.rank());
    for (int axis = 0; axis < shape.rank(); axis++) {
      AxisChunks finest = first.axis(axis);
      for (Chunks operand : operands) {
        finest = finer(finest, operand.axis(axis));
      }
      axes.add(finest);
    }
    Chunks common = new Chunks(axes);
    long most = operands.stream().mapToLong(Chunks::count).max().orElse(1);
    return common.count() <= MAX_REFINEMENT * most
        ? common
        : operands.stream().filter(operand -> operand.count() == most).findFirst().orElse(first);
  }

  /**
   * The cut whose longest chunk is shorter. Of two with equal ones that of fewer chunks, which has
   * no slivers, then the regular one, then {@code a}.
   */
  private static AxisChunks finer(AxisChunks a, AxisChunks b) {
    if (a.equals(b)) {
      return a;
    }
    if (a.longest() != b.longest()) {
      return a.longest() < b.longest() ? a : b;
    }
    if (a.count() != b.count()) {
      return a.count() < b.count() ? a : b;
    }
    return b instanceof AxisChunks.Regular ? b : a;
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

  /**
   * The grid of arrays one after the other along an axis. Neighbours within a part that together
   * are no longer than its longest chunk are joined: they are left over from cuts before.
   */
  public static Chunks concatenate(List<Chunks> parts, int axis) {
    List<AxisChunks> joinedParts =
        parts.stream().map(part -> part.axis(axis).joined(part.axis(axis).longest())).toList();
    long count = joinedParts.stream().mapToLong(AxisChunks::count).sum();
    if (count > AxisChunks.MOST_LISTED) {
      throw new UsageException(
          "concatenate: the arrays have %d chunks together along axis %d; at most %d can be joined, rechunk the arrays to longer ones"
              .formatted(count, axis, AxisChunks.MOST_LISTED));
    }
    long[] cuts = new long[(int) count + 1];
    int at = 0;
    long offset = 0;
    for (AxisChunks cut : joinedParts) {
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
