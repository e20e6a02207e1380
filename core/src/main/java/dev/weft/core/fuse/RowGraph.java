package dev.weft.core.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A stage graph in which the stages of each {@link RowGroup} are one. */
final class RowGraph {
  private final StageGraph graph;
  private final RowStages rows;
  private final Set<Integer> wanted = new HashSet<>();
  private final List<Stage> joined = new ArrayList<>();
  private final List<@Nullable ArrayDef> now = new ArrayList<>();

  private RowGraph(StageGraph graph, RowStages rows) {
    this.graph = graph;
    this.rows = rows;
  }

  /**
   * The graph, the same one where no stages become one.
   *
   * @param reasons says why values are kept in memory, those of the arrays that still are
   */
  static StageGraph of(StageGraph graph, Function<IntPredicate, List<FusionCut>> reasons) {
    RowStages rows = new RowStages(graph.arrays(), graph.stages());
    boolean some = false;
    for (int stage = 0; stage < graph.stages().size(); stage++) {
      some |= rows.group(stage) != null;
    }
    if (some) {
      return new RowGraph(graph, rows).joined(reasons);
    }
    List<FusionCut> cuts = new ArrayList<>(reasons.apply(array -> true));
    cuts.addAll(rows.cuts);
    return new StageGraph(graph.arrays(), graph.stages(), graph.results(), cuts);
  }

  private StageGraph joined(Function<IntPredicate, List<FusionCut>> reasons) {
    findWanted();
    for (int last : order()) {
      RowGroup group = rows.group(last);
      joined.add(
          group == null
              ? graph.stages().get(last)
              : new RowProgramBuilder(group, array -> wanted.contains(array.id())).stage(last));
    }
    List<ArrayDef> left = arrays();
    List<Stage> stages = new ArrayList<>(joined.size());
    for (Stage stage : joined) {
      stages.add(bind(stage, stages.size()));
    }
    List<FusionCut> cuts = new ArrayList<>(reasons.apply(array -> now.get(array) != null));
    cuts.addAll(rows.cuts);
    return new StageGraph(left, stages, graph.results().stream().map(this::now).toList(), cuts);
  }

  /** What must be in memory: results, and what is read by other stages than those it is made by. */
  private void findWanted() {
    graph.results().forEach(result -> wanted.add(result.id()));
    RowGroup[] makers = new RowGroup[graph.arrays().size()];
    boolean[] several = new boolean[makers.length];
    boolean[] made = new boolean[makers.length];
    for (Stage stage : graph.stages()) {
      for (Stage.Output output : stage.outputs()) {
        int array = output.array().id();
        several[array] |= made[array];
        made[array] = true;
        makers[array] = rows.group(stage.id());
      }
    }
    for (ArrayDef array : graph.arrays()) {
      if (array.alias() != null) {
        wanted.add(array.alias().id());
      }
      if (several[array.id()] || makers[array.id()] == null) {
        wanted.add(array.id());
      }
    }
    for (Stage stage : graph.stages()) {
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray read
            && makers[read.array().id()] != rows.group(stage.id())) {
          wanted.add(read.array().id());
        }
      }
    }
  }

  /** The last stage of each that are one, in an order in which each reads earlier ones only. */
  private List<Integer> order() {
    int count = graph.stages().size();
    int[] units = new int[count];
    List<Set<Integer>> readers = new ArrayList<>(count);
    int[] open = new int[count];
    for (int stage = 0; stage < count; stage++) {
      RowGroup group = rows.group(stage);
      units[stage] = group == null ? stage : group.last();
      readers.add(new HashSet<>());
    }
    List<Set<Integer>> makers = new ArrayList<>();
    graph.arrays().forEach(array -> makers.add(new HashSet<>()));
    for (Stage stage : graph.stages()) {
      stage.outputs().forEach(output -> makers.get(output.array().id()).add(units[stage.id()]));
    }
    for (Stage stage : graph.stages()) {
      int unit = units[stage.id()];
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)) {
          ArrayDef base = array.alias() == null ? array : array.alias();
          for (int maker : makers.get(base.id())) {
            if (maker != unit && readers.get(maker).add(unit)) {
              open[unit]++;
            }
          }
        }
      }
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int stage = 0; stage < count; stage++) {
      if (units[stage] == stage && open[stage] == 0) {
        ready.add(stage);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int unit = ready.poll();
      order.add(unit);
      for (int reader : readers.get(unit)) {
        if (--open[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    return order;
  }

  /** The arrays that are still in memory, by new numbers. */
  private List<ArrayDef> arrays() {
    Set<Integer> used = new HashSet<>();
    for (Stage stage : joined) {
      stage.outputs().forEach(output -> used.add(output.array().id()));
      for (Stage.Input input : stage.inputs()) {
        switch (input) {
          case Stage.Input.OfArray read -> used.add(read.array().id());
          case Stage.Input.Before before -> used.add(before.array().id());
          case Stage.Input.OfIndex index -> {}
          case Stage.Input.OfRandom random -> {}
        }
      }
    }
    graph.results().forEach(result -> used.add(result.id()));
    List<ArrayDef> left = new ArrayList<>();
    for (ArrayDef array : graph.arrays()) {
      boolean gone = !used.contains(array.id()) && !wanted.contains(array.id());
      ArrayDef alias = array.alias() == null ? null : now(array.alias());
      ArrayDef kept =
          array.id() == left.size() && alias == array.alias()
              ? array
              : numbered(array, left.size(), alias);
      now.add(gone ? null : kept);
      if (!gone) {
        left.add(kept);
      }
    }
    return left;
  }

  private static ArrayDef numbered(ArrayDef array, int id, @Nullable ArrayDef alias) {
    return new ArrayDef(
        id,
        array.label(),
        array.dtype(),
        array.grid(),
        array.storage(),
        array.source(),
        array.partial(),
        alias);
  }

  private ArrayDef now(ArrayDef array) {
    return Objects.requireNonNull(now.get(array.id()), "a row program keeps it");
  }

  private Stage bind(Stage stage, int id) {
    return new Stage(
        id,
        stage.label(),
        stage.work(),
        stage.iteration(),
        stage.inputs().stream().map(this::bind).toList(),
        stage.outputs().stream()
            .map(output -> new Stage.Output(now(output.array()), output.axes(), output.shift()))
            .toList(),
        stage.device(),
        stage.ahead());
  }

  private Stage.Input bind(Stage.Input input) {
    return switch (input) {
      case Stage.Input.OfArray read -> new Stage.Input.OfArray(now(read.array()), read.view());
      case Stage.Input.Before before -> new Stage.Input.Before(now(before.array()), before.axis());
      case Stage.Input.OfIndex index -> index;
      case Stage.Input.OfRandom random -> random;
    };
  }
}
