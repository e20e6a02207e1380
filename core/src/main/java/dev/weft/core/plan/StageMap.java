package dev.weft.core.plan;

import dev.weft.core.device.RowLaunches;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The chunk map of one stage: from a task to the chunks it reads. */
final class StageMap {
  private final Stage stage;
  private final List<Stage.Input.OfArray> all = new ArrayList<>();
  private final List<Stage.Input> reads = new ArrayList<>();
  private final List<Stage.Input.OfArray> copies = new ArrayList<>();
  private final boolean[] straight;

  StageMap(Stage stage) {
    this.stage = stage;
    this.straight = new boolean[stage.outputs().size()];
    for (int i = 0; i < straight.length; i++) {
      Stage.Output output = stage.outputs().get(i);
      straight[i] =
          output.array().storage() == Storage.PARTIALS
              || stage.work() instanceof Stage.Work.Combine
              || Producers.isStraight(stage, output);
    }
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.Before before) {
        reads.add(before);
      }
      if (input instanceof Stage.Input.OfArray read) {
        all.add(read);
        if (!read.array().isGiven()) {
          reads.add(read);
        }
        if (isCopied(read)) {
          copies.add(read);
        }
      }
    }
  }

  private boolean isCopied(Stage.Input.OfArray read) {
    return switch (read.array().storage()) {
      case EXTERNAL -> read.array().isRead() && !isStraight(read);
      case CHUNKED, RESIDENT -> !isStraight(read);
      case DENSE, PARTIALS, RUNNING -> false;
    };
  }

  boolean isIndependent() {
    return reads.isEmpty();
  }

  /**
   * Visits every chunk that a task reads of what other tasks write.
   *
   * @param all hears of dense arrays that are read under another shape, of which chunks cannot be
   *     told apart
   */
  void reads(long chunk, Plan.ChunkVisitor visitor, Consumer<ArrayDef> all) {
    for (Stage.Input input : reads) {
      if (input instanceof Stage.Input.Before before) {
        reached(before.array(), before.reach(stage.iteration().region(chunk)), visitor);
        continue;
      }
      Stage.Input.OfArray read = (Stage.Input.OfArray) input;
      ArrayDef array = read.array();
      if (array.alias() != null) {
        all.accept(array.alias());
      } else if (isStraight(read)) {
        visitor.on(array.id(), chunk);
      } else if (array.storage() == Storage.PARTIALS) {
        // Points of the iteration space are chunks of the partial results' grid.
        array.grid().visitAt(stage.iteration().region(chunk), on(array, visitor));
      } else {
        reached(array, read.view().reach(stage.iteration().region(chunk)), visitor);
      }
    }
  }

  private static void reached(ArrayDef array, Region region, Plan.ChunkVisitor visitor) {
    if (region.size() > 0) {
      array.grid().visit(region, on(array, visitor));
    }
  }

  private static LongConsumer on(ArrayDef array, Plan.ChunkVisitor visitor) {
    return chunk -> visitor.on(array.id(), chunk);
  }

  private boolean isStraight(Stage.Input.OfArray read) {
    return isStraight(stage, read);
  }

  /** Whether each task of a stage reads the chunk of its own number, and nothing else. */
  static boolean isStraight(Stage stage, Stage.Input.OfArray read) {
    return read.array().grid() == stage.iteration() && read.view().isIdentity();
  }

  void sources(long chunk, Plan.ChunkVisitor visitor) {
    for (Stage.Input.OfArray read : all) {
      ArrayDef array = read.array();
      if (!array.isGiven()) {
        continue;
      }
      if (isStraight(read)) {
        visitor.on(array.id(), chunk);
        continue;
      }
      reached(array, read.view().reach(stage.iteration().region(chunk)), visitor);
    }
  }

  /** One task writes one chunk of each output: the one that starts where the task's region does. */
  void writes(long chunk, Plan.ChunkVisitor visitor) {
    for (int i = 0; i < straight.length; i++) {
      Stage.Output output = stage.outputs().get(i);
      ArrayDef array = output.array();
      if (straight[i]) {
        visitor.on(array.id(), chunk);
        continue;
      }
      Region region = stage.iteration().region(chunk);
      int[] position = new int[array.grid().rank()];
      for (int axis = 0; axis < position.length; axis++) {
        AxisChunks cut = array.grid().axis(axis);
        long start = region.start()[output.axes().get(axis)] + output.shift().get(axis);
        position[axis] = cut.extent() == 0 ? 0 : cut.find(start);
      }
      visitor.on(array.id(), array.grid().number(position));
    }
  }

  /** Bytes of copies of operands that do not lie in one piece of memory, given back by the task. */
  long bytesTemporary(long chunk) {
    if (copies.isEmpty() && !(stage.work() instanceof Stage.Work.Host)) {
      return 0;
    }
    Region region = stage.iteration().region(chunk);
    long bytes = 0;
    for (Stage.Input.OfArray copy : copies) {
      Region reached = copy.view().reach(region);
      bytes = Bytes.sum(bytes, isPieced(copy.array(), reached) ? bytes(copy.array(), reached) : 0);
    }
    if (stage.work() instanceof Stage.Work.Host host) {
      // Java code sees dense blocks only, and fills one.
      bytes = Bytes.sum(bytes, host.routine().bytesOfWork());
      for (int i = 0; i < all.size(); i++) {
        Stage.Input.OfArray read = all.get(i);
        List<Integer> axes = host.axes().get(i);
        boolean whole = read.array().storage() == Storage.DENSE && isRun(read, region, axes);
        boolean inPlace = whole || isStraight(read);
        bytes = Bytes.sum(bytes, inPlace ? 0 : bytes(read.array(), region, axes));
      }
      Stage.Output output = stage.outputs().getFirst();
      boolean inPlace = output.array().storage() == Storage.CHUNKED;
      bytes = Bytes.sum(bytes, inPlace ? 0 : bytes(output.array(), region, output.axes()));
    }
    return bytes;
  }

  /**
   * Bytes of the chunks that a task reads, as many as the largest of theirs where it reads one of
   * an operand; where it puts one together from several they are counted, each once.
   */
  long bytesRead(long chunk, HeldChunks held) {
    long bytes = 0;
    Set<List<Long>> seen = new HashSet<>();
    for (Stage.Input input : stage.inputs()) {
      long more =
          switch (input) {
            case Stage.Input.OfArray read when copies.contains(read) ->
                Math.max(bytesGathered(read, chunk, held, seen), largestChunk(read.array()));
            case Stage.Input.OfArray read -> largestChunk(read.array());
            case Stage.Input.Before before -> largestChunk(before.array());
            case Stage.Input.OfIndex index -> 0;
            case Stage.Input.OfRandom random -> 0;
          };
      bytes = Bytes.sum(bytes, more);
    }
    return bytes;
  }

  private long bytesGathered(
      Stage.Input.OfArray read, long chunk, HeldChunks held, Set<List<Long>> seen) {
    ArrayDef array = read.array();
    long[] bytes = {0};
    if (array.storage() != Storage.RESIDENT) {
      reached(
          array,
          read.view().reach(stage.iteration().region(chunk)),
          (id, number) -> {
            if (seen.add(List.of((long) id, number))) {
              bytes[0] = Bytes.sum(bytes[0], held.bytes(array, number));
            }
          });
    }
    return bytes[0];
  }

  /** Bytes of a chunk that is in memory while a task runs, and not for longer. */
  static long largestChunk(ArrayDef array) {
    return switch (array.storage()) {
      case CHUNKED, RUNNING -> array.largestChunk();
      case EXTERNAL -> array.isRead() ? array.largestChunk() : 0;
      case DENSE, RESIDENT, PARTIALS -> 0;
    };
  }

  /** Bytes of operands that are put together from chunks, where every array is held in chunks. */
  long bytesAssembled(long chunk) {
    Region region = stage.iteration().region(chunk);
    long bytes = kept(region);
    for (Stage.Input.OfArray read : all) {
      ArrayDef array = read.array();
      Region reached = read.view().reach(region);
      if (array.storage() != Storage.PARTIALS && isPieced(array, reached)) {
        bytes = Bytes.sum(bytes, bytes(array, reached));
      }
    }
    return bytes;
  }

  /** Bytes of what a row program keeps; the host keeps it for few rows at a time, in a cache. */
  private long kept(Region region) {
    if (!(stage.work() instanceof Stage.Work.Rows rows)) {
      return 0;
    }
    boolean[] reduced = new boolean[region.rank()];
    rows.reducedAxes().forEach(axis -> reduced[axis] = true);
    return RowLaunches.scratchBytes(rows.program(), region.extents(), reduced);
  }

  /** Whether a block of a dense array along these axes of the iteration is one run of memory. */
  private static boolean isRun(Stage.Input.OfArray read, Region region, List<Integer> axes) {
    Region reached = read.view().reach(region);
    boolean cut = axes.size() != reached.rank();
    for (int axis = axes.size() - 1; axis >= 0 && !cut; axis--) {
      int along = axes.get(axis);
      cut = read.view().target()[along] != axis || read.view().step()[along] != 1;
    }
    if (cut) {
      return false;
    }
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      if (cut && reached.extents()[axis] > 1) {
        return false;
      }
      cut |= reached.extents()[axis] < read.array().shape().extent(axis);
    }
    return true;
  }

  /** Bytes of a block of an array along these axes of the iteration. */
  private static long bytes(ArrayDef array, Region region, List<Integer> axes) {
    long bytes = array.dtype().itemSize();
    for (int axis : axes) {
      bytes = Bytes.product(bytes, region.extents()[axis]);
    }
    return bytes;
  }

  private static long bytes(ArrayDef array, Region region) {
    return region.size() * array.dtype().itemSize();
  }

  /** Whether a region lies in more than one chunk, and must be put together to be read. */
  private static boolean isPieced(ArrayDef array, Region region) {
    for (int axis = 0; axis < region.rank() && region.size() > 0; axis++) {
      AxisChunks cut = array.grid().axis(axis);
      long end = region.start()[axis] + region.extents()[axis];
      if (end > cut.offset(cut.find(region.start()[axis]) + 1)) {
        return true;
      }
    }
    return false;
  }
}
