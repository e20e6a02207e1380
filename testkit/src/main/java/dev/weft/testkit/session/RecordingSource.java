package dev.weft.testkit.session;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A float64 source that can only be read, never used in place: elements are their positions in C
 * order. Remembers what was read; fails from the given read on.
 */
public final class RecordingSource implements ArraySource {
  private final Shape shape;
  private final int failAt;
  private final int failures;
  private final AtomicInteger reads = new AtomicInteger();
  private final List<Region> regions = new CopyOnWriteArrayList<>();

  private RecordingSource(int failAt, int failures, Shape shape) {
    this.shape = shape;
    this.failAt = failAt;
    this.failures = failures;
  }

  /** A source that never fails. */
  public RecordingSource(long... extents) {
    this(Integer.MAX_VALUE, 0, Shape.of(extents));
  }

  /** A source of which all reads fail but the first {@code reads}. */
  public static RecordingSource failingAfter(int reads, long... extents) {
    return new RecordingSource(reads, Integer.MAX_VALUE, Shape.of(extents));
  }

  /** A source whose first reads fail, so many. */
  public static RecordingSource failingAtFirst(int failures, long... extents) {
    return new RecordingSource(0, failures, Shape.of(extents));
  }

  /** What was read so far. */
  public List<Region> regions() {
    return regions;
  }

  long elementsRead() {
    return regions.stream().mapToLong(Region::size).sum();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public String description() {
    return "recording";
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    int read = reads.getAndIncrement();
    if (read >= failAt && read - failAt < failures) {
      throw new IOException("the disk is gone");
    }
    regions.add(region);
    long[] strides = shape.strides();
    for (long i = 0; i < region.size(); i++) {
      long rest = i;
      long position = 0;
      for (int axis = region.rank() - 1; axis >= 0; axis--) {
        position += (region.start()[axis] + rest % region.extents()[axis]) * strides[axis];
        rest /= region.extents()[axis];
      }
      target.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, position);
    }
  }
}
