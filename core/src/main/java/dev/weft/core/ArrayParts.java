package dev.weft.core;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.core.task.Input;
import dev.weft.core.task.LateInputs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a job that hands over arrays and chunks of arrays to tasks, and where each goes.
 * Where all chunks of an array are wanted, it is computed chunk by chunk; where some are, these
 * parts alone.
 */
final class ArrayParts {
  private final LateInputs.Parts parts;
  private final List<Whole> whole = new ArrayList<>();

  /** Where the chunks of each array are wanted, by their numbers. */
  private final Map<NDArray, Map<Long, List<Integer>>> chunks = new IdentityHashMap<>();

  /** An array that is wanted as a whole, and where. */
  private record Whole(NDArray array, List<Integer> indexes) {}

  ArrayParts(LateInputs.Parts parts) {
    this.parts = parts;
  }

  void add(int index, Input<?> input) {
    if (input instanceof ChunkInput(NDArray array, long chunk)) {
      chunks
          .computeIfAbsent(array, key -> new TreeMap<>())
          .computeIfAbsent(chunk, key -> new ArrayList<>(1))
          .add(index);
    } else if (input instanceof NDArray array) {
      whole.add(new Whole(array, List.of(index)));
    }
  }

  /** Visits the arrays to compute and their targets. */
  void visit(BiConsumer<NDArray, ArrayTarget> visitor) {
    chunks.forEach(
        (array, wanted) -> {
          if (wanted.size() == array.chunks().count()) {
            visitor.accept(array, new OfChunks(array.chunks(), array.dtype(), wanted));
          } else {
            wanted.forEach((chunk, indexes) -> whole.add(new Whole(part(array, chunk), indexes)));
          }
        });
    whole.forEach(wanted -> visitor.accept(wanted.array, target(wanted.indexes)));
  }

  private static NDArray part(NDArray array, long chunk) {
    Region region = array.chunks().region(chunk);
    Index[] parts = new Index[region.rank()];
    for (int axis = 0; axis < parts.length; axis++) {
      long start = region.start()[axis];
      parts[axis] = Index.range(start, start + region.extents()[axis]);
    }
    return parts.length == 0 ? array : array.slice(parts);
  }

  private void hand(List<Integer> indexes, HostArray array) {
    long bytes = array.elements().byteSize();
    HostArray elements = array.unchanging();
    indexes.forEach(index -> parts.add(index, elements, bytes));
  }

  /** Takes all of an array. */
  private ArrayTarget target(List<Integer> indexes) {
    return new HostArrayTarget() {
      @Override
      public void commit() {
        hand(indexes, array());
      }
    };
  }

  /** Takes an array chunk by chunk. */
  private final class OfChunks implements ArrayTarget {
    private final Chunks grid;
    private final DType dtype;
    private final Map<Long, List<Integer>> wanted;

    OfChunks(Chunks grid, DType dtype, Map<Long, List<Integer>> wanted) {
      this.grid = grid;
      this.dtype = dtype;
      this.wanted = wanted;
    }

    @Override
    public boolean takesRegions() {
      return true;
    }

    @Override
    public Optional<Chunks> chunks(DType dtype, Shape shape) {
      return Optional.of(grid);
    }

    @Override
    public @Nullable MemorySegment open(DType dtype, Shape shape) {
      return null;
    }

    @Override
    public void write(Region region, MemorySegment elements) {
      grid.visit(region, chunk -> hand(chunk, region, elements));
    }

    private void hand(long chunk, Region region, MemorySegment elements) {
      Region own = grid.region(chunk);
      long[] start = new long[own.rank()];
      Arrays.setAll(start, axis -> own.start()[axis] - region.start()[axis]);
      long[] dense = StridedCopy.dense(region.extents(), dtype.itemSize());
      HostArray array = HostArray.allocate(dtype, own.shape());
      RegionCopy.gather(
          new ArraySource.Layout(elements, 0, dense),
          dtype.itemSize(),
          new Region(start, own.extents()),
          array.elements());
      ArrayParts.this.hand(wanted.getOrDefault(chunk, List.of()), array);
    }

    /** Chunks without elements are never written. */
    @Override
    public void commit() {
      wanted.forEach(
          (chunk, indexes) -> {
            Shape shape = grid.region(chunk).shape();
            if (shape.size() == 0) {
              ArrayParts.this.hand(indexes, HostArray.allocate(dtype, shape));
            }
          });
    }

    @Override
    public void abort() {}
  }
}
