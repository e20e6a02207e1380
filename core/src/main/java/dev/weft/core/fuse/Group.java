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
  final int level;
  final Chunks domain;
  final List<Sink> sinks = new ArrayList<>();

  /** Nodes computed inside the kernel, inputs first. */
  final List<Expr> inside = new ArrayList<>();

  private final Set<Expr> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Expr> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable List<Integer> reducedAxes;

  Group(int level, Chunks domain) {
    this.level = level;
    this.domain = domain;
  }

  /** Whether the sink can be computed here and reads something that is read here already. */
  boolean welcomes(Sink sink, int sinkLevel, Set<Expr> sinkLeaves) {
    boolean sameSpace = sinkLevel == level && sink.domain().equals(domain);
    boolean sameAxes =
        reducedAxes == null || sink.reducedAxes() == null || reducedAxes.equals(sink.reducedAxes());
    return sameSpace
        && sameAxes
        && !sink.isPart()
        && !sinks.getFirst().isPart()
        && sinkLeaves.stream().anyMatch(leaves::contains);
  }

  void add(Sink sink, List<Expr> nodes, Set<Expr> sinkLeaves) {
    sinks.add(sink);
    if (reducedAxes == null) {
      reducedAxes = sink.reducedAxes();
    }
    for (Expr node : nodes) {
      if (known.add(node)) {
        inside.add(node);
      }
    }
    leaves.addAll(sinkLeaves);
  }

  boolean computes(Expr node) {
    return known.contains(node);
  }

  /** Axes of the domain that the reducing sinks reduce; empty without any. */
  List<Integer> reducedAxes() {
    return reducedAxes == null ? List.of() : reducedAxes;
  }
}
