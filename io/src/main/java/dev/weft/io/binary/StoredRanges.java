package dev.weft.io.binary;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of a stored array a part of it needs.
 *
 * @param begin where the first element is
 * @param strides bytes between neighbours on each axis
 * @param itemSize bytes of an element
 */
record StoredRanges(long begin, long[] strides, int itemSize) {
  /**
   * Bytes between two ranges that are rather read too than asked for anew: a request takes as long
   * as one to two megabytes of data.
   */
  static final long NEAR = 1L << 20;

  /** The most that one range has: it is in memory beside its elements, and ranges run in turns. */
  static final long MOST = 16L << 20;

  /** Parts of a region, of which each is read by one range; together they are the region. */
  List<Region> parts(Region region) {
    List<Region> parts = new ArrayList<>();
    if (region.size() > 0) {
      split(region, parts);
    }
    return parts;
  }

  /** Cuts along the axis whose neighbours are farthest apart, until a range is short or dense. */
  private void split(Region region, List<Region> parts) {
    int axis = slowest(region);
    if (axis < 0 || length(region) <= MOST && gap(region, axis) <= NEAR) {
      parts.add(region);
      return;
    }
    long steps = gap(region, axis) > NEAR ? 1 : Math.max(1, MOST / strides[axis]);
    for (long at = 0; at < region.extents()[axis]; at += steps) {
      long[] start = region.start().clone();
      long[] extents = region.extents().clone();
      start[axis] += at;
      extents[axis] = Math.min(steps, extents[axis] - at);
      split(new Region(start, extents), parts);
    }
  }

  private int slowest(Region region) {
    int slowest = -1;
    for (int axis = 0; axis < strides.length; axis++) {
      if (region.extents()[axis] > 1 && (slowest < 0 || strides[axis] > strides[slowest])) {
        slowest = axis;
      }
    }
    return slowest;
  }

  /** Bytes that are not wanted between two neighbours on an axis. */
  private long gap(Region region, int axis) {
    long[] one = region.extents().clone();
    one[axis] = 1;
    return strides[axis] - length(new Region(region.start(), one));
  }

  /** Where a part's first element lies. */
  long first(Region part) {
    long first = begin;
    for (int axis = 0; axis < strides.length; axis++) {
      first += part.start()[axis] * strides[axis];
    }
    return first;
  }

  /** Bytes from a part's first element to the end of its last. */
  long length(Region part) {
    long length = itemSize;
    for (int axis = 0; axis < strides.length; axis++) {
      length += (part.extents()[axis] - 1) * strides[axis];
    }
    return length;
  }

  /** Whether a part's elements lie without gaps, and in the same order in a dense region. */
  boolean isDirect(Part part) {
    long[] dense = StridedCopy.dense(part.whole.extents(), itemSize);
    long run = itemSize;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      long extent = part.region.extents()[axis];
      if (extent > 1 && (strides[axis] != run || dense[axis] != run)) {
        return false;
      }
      run *= extent;
    }
    return true;
  }

  /**
   * A part of a region.
   *
   * @param whole the region
   */
  record Part(Region region, Region whole) {}

  /** Where a part begins in its dense region. */
  long offset(Part part) {
    long[] dense = StridedCopy.dense(part.whole.extents(), itemSize);
    long offset = 0;
    for (int axis = 0; axis < dense.length; axis++) {
      offset += (part.region.start()[axis] - part.whole.start()[axis]) * dense[axis];
    }
    return offset;
  }

  /** Copies a part's elements to their place in its dense region. */
  void copy(MemorySegment bytes, Part part, MemorySegment into) {
    StridedCopy.copy(
        part.region.extents(),
        itemSize,
        new Side(bytes, 0, strides),
        new Side(into, offset(part), StridedCopy.dense(part.whole.extents(), itemSize)));
  }
}
