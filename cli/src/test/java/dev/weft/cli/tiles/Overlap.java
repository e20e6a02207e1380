package dev.weft.cli.tiles;

import dev.weft.core.expr.ArraySource.Layout;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What two dense blocks of one array have in common. */
final class Overlap {
  private Overlap() {}

  /** The common part, of extents 0 or less where there is none. */
  static Region of(Region a, Region b) {
    long[] start = new long[a.rank()];
    long[] extents = new long[a.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = Math.max(a.start()[axis], b.start()[axis]);
      extents[axis] = Math.min(end(a, axis), end(b, axis)) - start[axis];
    }
    return new Region(start, extents);
  }

  private static long end(Region region, int axis) {
    return region.start()[axis] + region.extents()[axis];
  }

  /** A part of a block, as bytes of its own. */
  static byte[] cut(Region held, MemorySegment elements, Region part, int itemSize) {
    MemorySegment bytes = Arena.ofAuto().allocate(part.size() * itemSize);
    Layout layout = new Layout(elements, 0, strides(held, itemSize));
    long[] inside = part.start().clone();
    for (int axis = 0; axis < inside.length; axis++) {
      inside[axis] -= held.start()[axis];
    }
    RegionCopy.gather(layout, itemSize, new Region(inside, part.extents()), bytes);
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }

  /** Puts a part into its place in a block. */
  static void paste(byte[] part, Region where, Region held, MemorySegment elements, int itemSize) {
    long[] strides = strides(held, itemSize);
    for (long i = 0; i < where.size(); i++) {
      long rest = i;
      long to = 0;
      for (int axis = where.rank() - 1; axis >= 0; axis--) {
        long index = where.start()[axis] + rest % where.extents()[axis] - held.start()[axis];
        to += index * strides[axis];
        rest /= where.extents()[axis];
      }
      MemorySegment.copy(MemorySegment.ofArray(part), i * itemSize, elements, to, itemSize);
    }
  }

  private static long[] strides(Region held, int itemSize) {
    long[] strides = held.shape().strides();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= itemSize;
    }
    return strides;
  }
}
