package dev.weft.core.plan;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.shape.Region;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a device that holds all arrays in chunks keeps of each: the whole chunk, but of a source
 * only what lies in the box that tasks reach, so that a slice does not move what it leaves out.
 */
public final class HeldChunks {
  private final Map<Integer, Region> boxes = new HashMap<>();

  /** Looks at everything that the stages read. */
  public HeldChunks(StageGraph graph) {
    for (Stage stage : graph.stages()) {
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)
            && array.storage() == ArrayDef.Storage.EXTERNAL) {
          Region reached = view.reach(Region.all(stage.iteration().shape()));
          boxes.merge(array.id(), reached, HeldChunks::union);
        }
      }
    }
  }

  private static Region union(Region a, Region b) {
    if (a.size() == 0 || b.size() == 0) {
      return a.size() == 0 ? b : a;
    }
    long[] start = a.start().clone();
    long[] extents = a.extents().clone();
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = Math.min(a.start()[axis], b.start()[axis]);
      extents[axis] =
          Math.max(a.start()[axis] + a.extents()[axis], b.start()[axis] + b.extents()[axis])
              - start[axis];
    }
    return new Region(start, extents);
  }

  /** The part of a chunk that is held; of extents 0 where nothing is. */
  public Region region(ArrayDef array, long chunk) {
    Region all = array.held(chunk);
    Region box = boxes.get(array.id());
    if (box == null) {
      return all;
    }
    long[] start = all.start().clone();
    long[] extents = all.extents().clone();
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = Math.max(all.start()[axis], box.start()[axis]);
      long end =
          Math.min(
              all.start()[axis] + all.extents()[axis], box.start()[axis] + box.extents()[axis]);
      extents[axis] = end - start[axis];
    }
    boolean none = Arrays.stream(extents).anyMatch(extent -> extent <= 0);
    return none ? new Region(all.start(), new long[extents.length]) : new Region(start, extents);
  }

  /** Bytes of what is held of a chunk. */
  public long bytes(ArrayDef array, long chunk) {
    return boxes.containsKey(array.id())
        ? region(array, chunk).size() * array.dtype().itemSize()
        : array.chunkBytes(chunk);
  }
}
