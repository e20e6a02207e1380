package dev.weft.core.plan;

import dev.weft.core.error.UsageException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
  private final Producers producers;
  private final HeldChunks held;
  private final long[] chunks;

  /** Plans the stages of {@code graph}. */
  public Plan(StageGraph graph) {
    this.graph = graph;
    this.held = new HeldChunks(graph);
    this.producers = new Producers(graph);
    this.chunks = new long[graph.stages().size()];
    Set<Integer> results = new HashSet<>();
    graph.results().forEach(result -> results.add(result.id()));
    for (Stage stage : graph.stages()) {
      chunks[stage.id()] = stage.iteration().count();
      maps.add(new StageMap(stage));
      if (stage.work() instanceof Stage.Work.Write || writesAny(stage, results)) {
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

  /** Results that are kept in chunks are final when they are written. */
  private static boolean writesAny(Stage stage, Set<Integer> results) {
    return stage.outputs().stream()
        .map(Stage.Output::array)
        .anyMatch(array -> results.contains(array.id()) && array.storage() != Storage.CHUNKED);
  }

  /** What is kept of each chunk where arrays are held in chunks. */
  public HeldChunks held() {
    return held;
  }

  /** The stages behind the tasks. */
  public StageGraph graph() {
    return graph;
  }

  /** Stages that complete results. */
  public List<Integer> finalStages() {
    return finalStages;
  }

  /** Number of tasks of a stage. */
  public long chunks(int stage) {
    return chunks[stage];
  }

  /** The task of a stage that comes as its {@code n}th where its tasks come before others. */
  public long ahead(int stage, long n) {
    Stage its = graph.stages().get(stage);
    Chunks grid = its.iteration();
    int[] position = new int[grid.rank()];
    long left = n;
    for (int i = position.length - 1; i >= 0; i--) {
      int axis = its.ahead().get(i);
      int count = grid.axis(axis).count();
      position[axis] = (int) (left % count);
      left /= count;
    }
    return grid.number(position);
  }

  /** Number of all tasks. */
  public long tasks() {
    long tasks = 0;
    for (long count : chunks) {
      tasks += count;
    }
    return tasks;
  }

  /**
   * Visits every chunk that a task reads of what other tasks write; one that is read in several
   * ways comes several times.
   *
   * @param all hears of dense arrays that are read under another shape, of which chunks cannot be
   *     told apart
   */
  public void reads(int stage, long chunk, ChunkVisitor visitor, Consumer<ArrayDef> all) {
    maps.get(stage).reads(chunk, visitor, all);
  }

  /** Reports the task that writes a chunk of an array that is no source. */
  public void producer(ArrayDef array, long chunk, TaskVisitor visitor) {
    producers.visit(array, chunk, visitor);
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

  /**
   * A task that needs more memory than others.
   *
   * @param label what it computes; empty when no task needs any
   * @param bytes that it needs
   */
  public record LargestTask(String label, long bytes) {}

  /** The task that needs most: for what it reads in chunks, copies and writes. */
  public LargestTask largestTask() {
    LargestTask largest = new LargestTask("", 0);
    for (Stage stage : graph.stages()) {
      long bytes = bytesTemporary(stage.id(), 0);
      bytes = Bytes.sum(bytes, maps.get(stage.id()).bytesRead(0, held));
      for (Stage.Output output : stage.outputs()) {
        bytes = Bytes.sum(bytes, StageMap.largestChunk(output.array()));
      }
      largest = bytes > largest.bytes ? new LargestTask(stage.label(), bytes) : largest;
    }
    return largest;
  }

  /** Bytes of buffers that live as long as the job: results and dense intermediates. */
  public long denseBytes() {
    return graph.arrays().stream()
        .filter(array -> array.storage() == Storage.DENSE)
        .mapToLong(ArrayDef::bytes)
        .reduce(0, Bytes::sum);
  }

  /** Bytes of results that are whole in memory, each counted once. */
  public long resultBytes() {
    return graph.results().stream()
        .filter(array -> array.storage() == Storage.DENSE)
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

  /** A task, by its number in its stage. */
  @FunctionalInterface
  public interface TaskVisitor {
    /** Called for each task. */
    void on(int stage, long task);
  }

  /** A chunk, by its number in the array's grid. */
  @FunctionalInterface
  public interface ChunkVisitor {
    /** Called for each chunk. */
    void on(int array, long chunk);
  }
}
