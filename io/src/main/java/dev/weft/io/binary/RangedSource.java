package dev.weft.io.binary;

import dev.weft.core.shape.Region;
import dev.weft.io.object.ParallelRequests;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An array whose elements lie in an object at constant distances on each axis. What a part of the
 * array needs is read by ranges: those near each other by one request, others side by side.
 */
public final class RangedSource extends OpenArray {
  private static final int WIDTH = 16;

  private final StoredRanges ranges;

  /**
   * An array of an open file, which is closed with it.
   *
   * @param begin where the first element is
   * @param strides bytes between neighbours on each axis
   */
  public RangedSource(OpenFile file, StoredArray array, long begin, long[] strides) {
    super(file, array);
    this.ranges = new StoredRanges(begin, strides, array().type().itemSize());
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    file().requireOpen();
    int itemSize = array().type().itemSize();
    MemorySegment dense = target.asSlice(0, region.size() * itemSize);
    List<ParallelRequests.Request> requests = new ArrayList<>();
    for (Region part : ranges.parts(region)) {
      requests.add(() -> read(new StoredRanges.Part(part, region), dense));
    }
    if (!requests.isEmpty()) {
      ParallelRequests.run(requests, ParallelRequests.width(dense, WIDTH));
    }
    array().type().makeNative(dense);
  }

  /** Reads the bytes from a part's first element to its last, and takes its elements out. */
  private void read(StoredRanges.Part part, MemorySegment dense) {
    long from = ranges.first(part.region());
    long length = ranges.length(part.region());
    if (ranges.isDirect(part)) {
      file().read(dense.asSlice(ranges.offset(part), length).asByteBuffer(), from);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(length, Long.BYTES);
      file().read(bytes.asByteBuffer(), from);
      ranges.copy(bytes, part, dense);
    }
  }
}
