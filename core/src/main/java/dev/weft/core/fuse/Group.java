package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sinks over one domain that one kernel computes, with the nodes inside it. */
final class Group {
  /** Results of one kernel; more would need more addresses than a loop keeps at hand. */
  private static final int MAX_SINKS = 16;

  final int number;
  final int level;
  final Chunks domain;

  /** Where its kernel was asked for, or null. */
  final @Nullable String device;

  final List<FusionRoot> sinks = new ArrayList<>();

  /** Nodes computed inside the kernel, inputs first. */
  final List<Expr> inside = new ArrayList<>();

  private final Set<Expr> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Expr> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Expr> loaded = Collections.newSetFromMap(new IdentityHashMap<>());
  private long operations;
  private @Nullable List<Integer> reducedAxes;

  Group(int number, int level, Chunks domain, @Nullable String device) {
    this.number = number;
    this.level = level;
    this.domain = domain;
    this.device = device;
  }

  /** Whether a sink that reads something that is read here already can be computed here. */
  boolean welcomes(FusionRoot sink, List<Expr> nodes) {
    boolean sameAxes =
        reducedAxes == null || sink.reducedAxes() == null || reducedAxes.equals(sink.reducedAxes());
    return sameAxes
        && !sink.isPart()
        && !sinks.getFirst().isPart()
        && sinks.size() < MAX_SINKS
        && operations + countNew(nodes) <= Fuser.KERNEL_LIMIT;
  }

  /** Whether its kernel reads the node from memory already. */
  boolean reads(Expr leaf) {
    return leaves.contains(leaf);
  }

  private long countNew(List<Expr> nodes) {
    return nodes.stream().filter(node -> Cuts.isInline(node) && !known.contains(node)).count();
  }

  void add(FusionRoot sink, List<Expr> nodes, Set<Expr> sinkLeaves, Set<Expr> sinkLoaded) {
    sinks.add(sink);
    if (reducedAxes == null) {
      reducedAxes = sink.reducedAxes();
    }
    operations += countNew(nodes);
    for (Expr node : nodes) {
      if (known.add(node)) {
        inside.add(node);
      }
    }
    leaves.addAll(sinkLeaves);
    loaded.addAll(sinkLoaded);
  }

  /** Whether the node is computed here rather than read from memory. */
  boolean computes(Expr node) {
    return known.contains(node) && !loaded.contains(node);
  }

  /** Axes of the domain that the reducing sinks reduce; empty without any. */
  List<Integer> reducedAxes() {
    return reducedAxes == null ? List.of() : reducedAxes;
  }
}
