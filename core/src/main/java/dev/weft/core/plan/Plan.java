package dev.weft.core.plan;

import dev.weft.core.error.UsageException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tasks of a stage graph, listed on demand: a task is one chunk of one stage, and {@link
 * #dependencies} gives the chunks it reads.
 */
public final class Plan {
  /** Most tasks of a plan, which are numbered with an int. */
  private static final long MOST_TASKS = Integer.MAX_VALUE - 8;

  private final StageGraph graph;
  private final List<StageMap> maps = new ArrayList<>();
  private final List<Integer> finalStages = new ArrayList<>();
  private final long[] chunks;

  /** Plans the stages of {@code graph}. */
  public Plan(StageGraph graph) {
    this.graph = graph;
    Producers producers = new Producers(graph);
    this.chunks = new long[graph.stages().size()];
    Set<Integer> results = new HashSet<>();
    graph.results().forEach(result -> results.add(result.id()));
    for (Stage stage : graph.stages()) {
      chunks[stage.id()] = stage.iteration().count();
      maps.add(new StageMap(stage, producers));
      if (stage.outputs().stream().anyMatch(output -> results.contains(output.array().id()))) {
        finalStages.add(stage.id());
      }
    }
    requireFew(graph, chunks);
  }

  private static void requireFew(StageGraph graph, long[] chunks) {
    int largest = 0;
    for (int stage = 0; stage < chunks.length; stage++) {
      largest = chunks[stage] > chunks[largest] ? stage : largest;
    }
    if (Bytes.sum(chunks) > MOST_TASKS) {
      throw new UsageException(
          "the plan has %,d tasks, one for each chunk, %,d of them for '%s' of shape %s; at most %,d are possible, use longer chunks or compute a part"
              .formatted(
                  Bytes.sum(chunks),
                  chunks[largest],
                  graph.stages().get(largest).label(),
                  graph.stages().get(largest).iteration().shape(),
                  MOST_TASKS));
    }
  }

  /** The stages behind the tasks. */
  public StageGraph graph() {
    return graph;
  }

  /** Stages that write results. */
  public List<Integer> finalStages() {
    return finalStages;
  }

  /** Number of tasks of a stage. */
  public long chunks(int stage) {
    return chunks[stage];
  }

  /** Number of all tasks. */
  public long tasks() {
    long tasks = 0;
    for (long count : chunks) {
      tasks += count;
    }
    return tasks;
  }

  /** Visits every chunk that a task reads; one that is read in several ways comes several times. */
  public void dependencies(int stage, long chunk, Dependency visitor) {
    maps.get(stage).dependencies(chunk, visitor);
  }

  /** Visits every chunk of a source that a task reaches; one may come several times. */
  public void sources(int stage, long chunk, ChunkVisitor visitor) {
    maps.get(stage).sources(chunk, visitor);
  }

  /** Visits every chunk, or buffer of partial results, that a task writes. */
  public void writes(int stage, long chunk, ChunkVisitor visitor) {
    maps.get(stage).writes(chunk, visitor);
  }

  /** Whether the tasks of a stage read nothing that other tasks write. */
  public boolean isIndependent(int stage) {
    return maps.get(stage).isIndependent();
  }

  /** Bytes that a task's own buffers take: chunks and partial results that it writes. */
  public long bytesWritten(int stage, long chunk) {
    return maps.get(stage).bytesWritten(chunk);
  }

  /** Bytes of copies of operands that a task makes and gives back at its end. */
  public long bytesTemporary(int stage, long chunk) {
    return maps.get(stage).bytesTemporary(chunk);
  }

  /**
   * Bytes of copies of operands that a task makes on a device that holds all arrays, sources and
   * results too, in chunks.
   */
  public long bytesAssembled(int stage, long chunk) {
    return maps.get(stage).bytesAssembled(chunk);
  }

  /** Bytes that the largest task needs: what it reads in chunks, copies and writes. */
  public long largestTask() {
    long largest = 0;
    for (Stage stage : graph.stages()) {
      long bytes = bytesTemporary(stage.id(), 0);
      for (Stage.Output output : stage.outputs()) {
        ArrayDef array = output.array();
        bytes = Bytes.sum(bytes, array.storage() == Storage.CHUNKED ? largestChunk(array) : 0);
      }
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)
            && array.storage() == Storage.CHUNKED) {
          bytes = Bytes.sum(bytes, largestChunk(array));
        }
      }
      largest = Math.max(largest, bytes);
    }
    return largest;
  }

  private static long largestChunk(ArrayDef array) {
    return array.grid().largest() * array.dtype().itemSize();
  }

  /** Bytes of buffers that live as long as the job: results and dense intermediates. */
  public long denseBytes() {
    return graph.arrays().stream()
        .filter(array -> array.storage() == Storage.DENSE)
        .mapToLong(ArrayDef::bytes)
        .reduce(0, Bytes::sum);
  }

  /** Bytes of results, each counted once. */
  public long resultBytes() {
    return graph.results().stream()
        .map(array -> array.alias() == null ? array : array.alias())
        .distinct()
        .mapToLong(ArrayDef::bytes)
        .reduce(0, Bytes::sum);
  }

  /** Bytes of sources within reach of the stages that read them. */
  public long bytesRead() {
    long bytes = 0;
    Set<Object> seen = new HashSet<>();
    for (Stage stage : graph.stages()) {
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)
            && array.isGiven()
            && seen.add(List.of(array.id(), view))) {
          var all = Region.all(view.shape());
          bytes = Bytes.sum(bytes, view.reach(all).size() * array.dtype().itemSize());
        }
      }
    }
    return bytes;
  }

  /** A chunk that a task reads. */
  @FunctionalInterface
  public interface Dependency {
    /**
     * Called for each chunk read.
     *
     * @param array the array read
     * @param chunk the chunk's number in the array, -1 for all of a dense array
     * @param stage the stage that writes it
     * @param task the chunk of that stage
     */
    void on(int array, long chunk, int stage, long task);
  }

  /** A chunk, by its number in the array's grid. */
  @FunctionalInterface
  public interface ChunkVisitor {
    /** Called for each chunk. */
    void on(int array, long chunk);
  }
}
