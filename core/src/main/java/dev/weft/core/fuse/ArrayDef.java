package dev.weft.core.fuse;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array that exists in memory while a job runs.
 *
 * @param id number within the stage graph
 * @param label what it is, for people
 * @param dtype element type; int64 words for partial results
 * @param grid its chunks; of partial results: the iteration grid of the stage that makes them
 * @param storage how its elements are kept
 * @param source where an array comes from that is there before the job
 * @param partial what partial results are of
 * @param alias the dense array whose memory this one shows under another shape
 */
public record ArrayDef(
    int id,
    String label,
    DType dtype,
    Chunks grid,
    Storage storage,
    @Nullable ArraySource source,
    @Nullable Partial partial,
    @Nullable ArrayDef alias) {

  /** How elements are kept. */
  public enum Storage {
    /** Outside: a source. */
    EXTERNAL,
    /** One buffer for the whole array; chunks are written into their places. */
    DENSE,
    /** One buffer per chunk, freed when the last task that reads it has ended. */
    CHUNKED,
    /**
     * One buffer per chunk, on whichever device made it, which outlives the job: of a result that
     * stays there, or of one that an earlier job has left.
     */
    RESIDENT,
    /** One small buffer of partial results per iteration chunk. */
    PARTIALS,
    /**
     * Sums that go on along the last axis, of which nobody wants more than where they have come to:
     * one buffer per chunk, with its last plane along that axis.
     */
    RUNNING
  }

  /** The reduction, and the axes of the grid that it reduces. */
  public record Partial(Reduction reduction, List<Integer> axes) {}

  /** Whether its elements exist before the job. */
  public boolean isGiven() {
    return source != null;
  }

  /** Whether its elements must be read from where they come from before anything else. */
  public boolean isRead() {
    return storage == Storage.EXTERNAL && source != null && source.memory() == null;
  }

  /** The elements that the buffer of a chunk holds. */
  public Region held(long chunk) {
    Region region = grid.region(chunk);
    return storage == Storage.RUNNING ? last(region) : region;
  }

  private static Region last(Region region) {
    int axis = region.rank() - 1;
    return region.plane(axis, region.start()[axis] + region.extents()[axis] - 1);
  }

  /** Bytes of one chunk, or of the partial results of one iteration chunk. */
  public long chunkBytes(long chunk) {
    if (partial == null) {
      return held(chunk).size() * dtype.itemSize();
    }
    Region region = grid.region(chunk);
    long cells = 1;
    for (int axis = 0; axis < region.rank(); axis++) {
      cells *= partial.axes().contains(axis) ? 1 : region.extents()[axis];
    }
    return Bytes.product(cells, (long) Long.BYTES * partial.reduction().planes());
  }

  /** Bytes of the largest chunk of elements. */
  public long largestChunk() {
    boolean running = storage == Storage.RUNNING;
    long cut = running ? grid.axis(grid.rank() - 1).longest() : 1;
    return grid.largest() / Math.max(1, cut) * dtype.itemSize();
  }

  /** Extents. */
  public Shape shape() {
    return grid.shape();
  }

  /** Bytes of the whole array; 0 for those that need no memory of their own. */
  public long bytes() {
    return storage == Storage.EXTERNAL || alias != null ? 0 : shape().size() * dtype.itemSize();
  }
}
