package dev.weft.core.fuse;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.optimize.ExprText;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes down arrays and stages, in an order in which stages only read what earlier ones made. */
final class StageBuilder {
  private final List<Expr> roots;
  private final DeviceHints hints;
  private final Grouping grouping;
  private final Cuts cuts;
  private final RechunkSteps steps;
  private final List<Destination> destinations;
  private final Set<Expr> dense = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Expr> resident = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Expr, ArrayDef> arrays = new IdentityHashMap<>();
  private final List<ArrayDef> allArrays = new ArrayList<>();
  final List<Stage> stages = new ArrayList<>();

  /**
   * A builder for one graph.
   *
   * @param destinations where each root goes
   */
  StageBuilder(
      DeviceHints hints,
      Grouping grouping,
      Cuts cuts,
      RechunkSteps steps,
      List<Destination> destinations) {
    this.roots = hints.roots();
    this.hints = hints;
    this.grouping = grouping;
    this.cuts = cuts;
    this.steps = steps;
    this.destinations = destinations;
    for (int i = 0; i < roots.size(); i++) {
      switch (destinations.get(i)) {
        case Destination.Memory memory -> dense.add(roots.get(i));
        case Destination.Devices devices -> resident.add(roots.get(i));
        case Destination.Regions regions -> {}
      }
    }
    for (Expr node : Graphs.topological(roots)) {
      if (node instanceof Expr.Reshape reshape) {
        dense.add(reshape.input());
      }
      if (node instanceof Expr.MapBlocks map) {
        for (int i = 0; i < map.inputs().size(); i++) {
          if (map.routine().readsAll(i)) {
            dense.add(Cuts.base(map.inputs().get(i)));
          }
        }
      }
    }
  }

  StageGraph build() {
    // All operands of a group lie below every one of its sinks' levels, so by the time the first
    // sink comes up in topological order some operands of the others may still be missing: groups
    // are built by level, library stages in between.
    List<Expr> order = Graphs.topological(roots);
    int highest = order.stream().mapToInt(grouping::level).max().orElse(0);
    List<List<Expr>> nodes = new ArrayList<>();
    List<List<Group>> groups = new ArrayList<>();
    for (int level = 0; level <= highest; level++) {
      nodes.add(new ArrayList<>());
      groups.add(new ArrayList<>());
    }
    order.forEach(node -> nodes.get(grouping.level(node)).add(node));
    grouping.groups.forEach(group -> groups.get(group.level).add(group));
    for (int level = 0; level <= highest; level++) {
      nodes.get(level).forEach(this::library);
      groups.get(level).forEach(this::fused);
      for (Expr node : nodes.get(level)) {
        if (node instanceof Expr.Reshape reshape) {
          alias(reshape);
        }
      }
    }
    List<ArrayDef> results = roots.stream().map(this::array).toList();
    writeRegions(results);
    StageGraph graph = new StageGraph(allArrays, stages, results, List.of());
    return RowGraph.of(graph, kept -> reasons(order, kept));
  }

  /** Why values are kept in memory, those of arrays that still are. */
  private List<FusionCut> reasons(List<Expr> order, IntPredicate kept) {
    List<FusionCut> reasons = new ArrayList<>();
    for (Expr node : order) {
      String reason = cuts.reason(node);
      ArrayDef array = arrays.get(node);
      if (reason != null && (array == null || kept.test(array.id()))) {
        reasons.add(new FusionCut(describe(node), reason));
      }
    }
    return reasons;
  }

  /** Last, the stages that bring results to targets chunk by chunk. */
  private void writeRegions(List<ArrayDef> results) {
    for (int i = 0; i < results.size(); i++) {
      if (destinations.get(i) instanceof Destination.Regions) {
        ArrayDef array = results.get(i);
        if (array.storage() != Storage.CHUNKED) {
          throw new InternalException(
              "result %d is to be written by regions, but is %s".formatted(i, array.storage()));
        }
        Stage.Input read = new Stage.Input.OfArray(array, View.identity(array.shape()));
        add("write", new Work.Write(i), array.grid(), List.of(read), List.of(), null);
      }
    }
  }

  static String describe(Expr node) {
    return ExprText.label(node) + " " + node.dtype() + node.shape();
  }

  /** The array that holds the node's elements; sources are met here for the first time. */
  ArrayDef array(Expr node) {
    ArrayDef known = arrays.get(node);
    if (known != null) {
      return known;
    }
    if (node instanceof Expr.Source source) {
      ArrayDef array =
          new ArrayDef(
              allArrays.size(),
              source.source().description(),
              source.dtype(),
              source.chunks(),
              source.source().isResident() ? Storage.RESIDENT : Storage.EXTERNAL,
              source.source(),
              null,
              null);
      return register(node, array);
    }
    throw new IllegalStateException("no array holds " + describe(node));
  }

  private ArrayDef register(Expr node, ArrayDef array) {
    allArrays.add(array);
    arrays.put(node, array);
    return array;
  }

  ArrayDef create(Expr node, Chunks grid) {
    Storage kept = resident.contains(node) ? Storage.RESIDENT : Storage.CHUNKED;
    Storage storage = dense.contains(node) ? Storage.DENSE : kept;
    // Stages are used again with other streams of random numbers: the label names none.
    String label = node instanceof Expr.Random ? "random" : ExprText.label(node);
    ArrayDef array =
        new ArrayDef(allArrays.size(), label, node.dtype(), grid, storage, null, null, null);
    return register(node, array);
  }

  ArrayDef partials(Expr.Reduce node, Chunks grid) {
    ArrayDef array =
        new ArrayDef(
            allArrays.size(),
            "partial " + node.reduction().label(),
            DType.INT64,
            grid,
            Storage.PARTIALS,
            null,
            new ArrayDef.Partial(node.reduction(), node.axes()),
            null);
    allArrays.add(array);
    return array;
  }

  /** What the tasks of a stage add to, one after the other along the last axis. */
  ArrayDef running(Expr node, Chunks grid) {
    ArrayDef array =
        new ArrayDef(
            allArrays.size(),
            "running " + ExprText.label(node),
            node.dtype(),
            grid,
            Storage.RUNNING,
            null,
            null,
            null);
    allArrays.add(array);
    return array;
  }

  private void alias(Expr.Reshape node) {
    if (arrays.containsKey(node)) {
      return;
    }
    ArrayDef below = array(node.input());
    register(
        node,
        new ArrayDef(
            allArrays.size(),
            "reshape",
            node.dtype(),
            node.chunks(),
            Storage.DENSE,
            null,
            null,
            below));
  }

  void add(
      String label,
      Work work,
      Chunks iteration,
      List<Stage.Input> inputs,
      List<Stage.Output> outputs,
      @Nullable String device) {
    add(label, work, iteration, inputs, outputs, device, List.of());
  }

  private void add(
      String label,
      Work work,
      Chunks iteration,
      List<Stage.Input> inputs,
      List<Stage.Output> outputs,
      @Nullable String device,
      List<Integer> ahead) {
    stages.add(new Stage(stages.size(), label, work, iteration, inputs, outputs, device, ahead));
  }

  /** The device that was asked for at a node, or null. */
  @Nullable String device(Expr node) {
    return hints.device(node);
  }

  private void library(Expr node) {
    LibraryStages library = new LibraryStages(this);
    switch (node) {
      case Expr.Scan s -> library.scan(s);
      case Expr.Take t -> library.take(t);
      case Expr.MatMul m -> library.matmul(m);
      case Expr.MapBlocks m -> library.mapBlocks(m);
      default -> {}
    }
  }

  private void fused(Group group) {
    for (FusionRoot sink : group.sinks) {
      if (sink.root() instanceof Expr.Reshape reshape && sink.node() == reshape) {
        alias(reshape);
      }
    }
    KernelBuilder kernel = new KernelBuilder(group, this::array);
    List<Integer> all = IntStream.range(0, group.domain.rank()).boxed().toList();
    List<Stage.Output> outputs = new ArrayList<>();
    List<Runnable> combines = new ArrayList<>();
    List<Integer> ahead = List.of();
    for (FusionRoot sink : group.sinks) {
      Expr.@Nullable Reduce reduce = sink.reduce();
      ahead = ahead.isEmpty() ? steps.order(sink.node()) : ahead;
      if (reduce == null) {
        outputs.add(new Stage.Output(target(sink), all, sink.shift()));
      } else {
        ArrayDef partials = partials(reduce, group.domain);
        outputs.add(new Stage.Output(partials, all, sink.shift()));
        combines.add(() -> new CombineStages(this).add(reduce, partials));
      }
    }
    Work work = new Work.Fused(kernel.kernel(), List.copyOf(kernel.scalars()), group.reducedAxes());
    add(kernel.kernel().name(), work, group.domain, kernel.inputs(), outputs, group.device, ahead);
    combines.forEach(Runnable::run);
  }

  private ArrayDef target(FusionRoot sink) {
    ArrayDef known = arrays.get(sink.node());
    boolean shown = known != null && known.alias() != null;
    return known == null || shown || known.isGiven()
        ? create(sink.node(), sink.isPart() ? sink.node().chunks() : sink.domain())
        : known;
  }

  /** The view's base and the composed index map, for stages that read operands from memory. */
  Stage.Input.OfArray read(Expr operand, View fromIteration) {
    View view = fromIteration;
    Expr base = operand;
    while (base instanceof Expr.ViewOf seen) {
      view = view.of(seen.view());
      base = seen.input();
    }
    return new Stage.Input.OfArray(array(base), view);
  }
}
