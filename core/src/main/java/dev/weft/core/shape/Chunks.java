package dev.weft.core.shape;

import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** The chunk grid of an array: one {@link AxisChunks} per axis. Chunks are numbered in C order. */
public record Chunks(List<AxisChunks> axes) {

  /** Copies the list, and checks that the number of chunks is countable. */
  public Chunks {
    axes = List.copyOf(axes);
    long count = 1;
    for (AxisChunks axis : axes) {
      if (Math.multiplyHigh(count, axis.count()) != 0 || count * axis.count() < 0) {
        throw new UsageException(
            "an array in chunks of %s has more than 2^63-1 of them; use longer chunks"
                .formatted(axes.stream().map(Chunks::text).toList()));
      }
      count *= axis.count();
    }
  }

  /** One chunk that holds everything. */
  public static Chunks whole(Shape shape) {
    return regular(shape, shape.extents());
  }

  /** Regular chunks of the given lengths per axis. */
  public static Chunks regular(Shape shape, long... lengths) {
    List<AxisChunks> axes = new ArrayList<>(shape.rank());
    for (int axis = 0; axis < shape.rank(); axis++) {
      axes.add(AxisChunks.regular(shape.extent(axis), lengths[axis]));
    }
    return new Chunks(axes);
  }

  /** Number of axes. */
  public int rank() {
    return axes.size();
  }

  /** The cut of one axis. */
  public AxisChunks axis(int axis) {
    return axes.get(axis);
  }

  /** The shape that is cut. */
  public Shape shape() {
    long[] extents = new long[axes.size()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = axes.get(axis).extent();
    }
    return Shape.of(extents);
  }

  /** Number of chunks. */
  public long count() {
    long count = 1;
    for (AxisChunks axis : axes) {
      count *= axis.count();
    }
    return count;
  }

  /** Grid position of a chunk number. */
  public int[] position(long chunk) {
    int[] position = new int[axes.size()];
    for (int axis = position.length - 1; axis >= 0; axis--) {
      int count = axes.get(axis).count();
      position[axis] = (int) (chunk % count);
      chunk /= count;
    }
    return position;
  }

  /** Chunk number of a grid position. */
  public long number(int[] position) {
    long number = 0;
    for (int axis = 0; axis < position.length; axis++) {
      number = number * axes.get(axis).count() + position[axis];
    }
    return number;
  }

  /** The part of the array that a chunk covers. */
  public Region region(long chunk) {
    int rank = axes.size();
    long[] start = new long[rank];
    long[] extents = new long[rank];
    long rest = chunk;
    for (int i = rank - 1; i >= 0; i--) {
      AxisChunks axis = axes.get(i);
      int position = (int) (rest % axis.count());
      rest /= axis.count();
      start[i] = axis.offset(position);
      extents[i] = axis.length(position);
    }
    return new Region(start, extents);
  }

  /** Visits the numbers of the chunks that a region with elements touches, in C order. */
  public void visit(Region region, LongConsumer visitor) {
    int[] first = new int[axes.size()];
    int[] last = new int[first.length];
    for (int axis = 0; axis < first.length; axis++) {
      AxisChunks cut = axes.get(axis);
      first[axis] = cut.find(region.start()[axis]);
      last[axis] = cut.find(region.start()[axis] + region.extents()[axis] - 1);
    }
    visit(first, last, visitor);
  }

  /** Visits the numbers of the chunks at a region of grid positions, in C order. */
  public void visitAt(Region positions, LongConsumer visitor) {
    int[] first = new int[axes.size()];
    int[] last = new int[first.length];
    for (int axis = 0; axis < first.length; axis++) {
      first[axis] = (int) positions.start()[axis];
      last[axis] = (int) (positions.start()[axis] + positions.extents()[axis] - 1);
    }
    visit(first, last, visitor);
  }

  private void visit(int[] first, int[] last, LongConsumer visitor) {
    int[] position = first.clone();
    while (true) {
      visitor.accept(number(position));
      int axis = position.length - 1;
      while (axis >= 0 && position[axis] == last[axis]) {
        position[axis] = first[axis];
        axis--;
      }
      if (axis < 0) {
        return;
      }
      position[axis]++;
    }
  }

  /** Elements of the largest chunk. */
  public long largest() {
    long size = 1;
    for (AxisChunks axis : axes) {
      size = Math.multiplyExact(size, axis.longest());
    }
    return size;
  }

  /** The grid with one axis replaced. */
  public Chunks with(int axis, AxisChunks cut) {
    List<AxisChunks> changed = new ArrayList<>(axes);
    changed.set(axis, cut);
    return new Chunks(changed);
  }

  @Override
  public String toString() {
    return axes.stream().map(Chunks::text).collect(Collectors.joining(" x ", "[", "]"));
  }

  private static String text(AxisChunks axis) {
    return switch (axis) {
      case AxisChunks.Regular(long extent, long chunk) ->
          axis.count() == 1 ? Long.toString(extent) : axis.count() + "*" + chunk;
      case AxisChunks.Explicit(long[] offsets) -> {
        long[] lengths = new long[Math.min(4, offsets.length - 1)];
        Arrays.setAll(lengths, axis::length);
        yield Arrays.stream(lengths).mapToObj(Long::toString).collect(Collectors.joining("+"))
            + (lengths.length < axis.count() ? "+..." : "");
      }
    };
  }
}
