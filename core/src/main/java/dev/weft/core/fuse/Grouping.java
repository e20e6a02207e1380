package dev.weft.core.fuse;

import dev.weft.core.error.InternalException;
import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.shape.Chunks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the sinks of an expression over groups, given what is kept in memory. Sinks share a
 * group when they have the same level (so that neither needs the other), the same domain, the same
 * device asked for, and something to read in common.
 */
final class Grouping {
  /** Nodes of all groups together, for each node of the expression, up to which they are few. */
  private static final int FEW = 32;

  private final DeviceHints hints;
  private final Cuts cuts;
  private long nodes;
  private final Map<Expr, Integer> levels = new IdentityHashMap<>();
  private final Map<Expr, Chunks> domains = new IdentityHashMap<>();
  private final Map<GroupKey, Map<Expr, List<Group>>> byKey = new HashMap<>();
  final List<Group> groups = new ArrayList<>();

  /** Where sinks can meet. */
  private record GroupKey(int level, Chunks domain, @Nullable String device) {}

  private final boolean complete;

  private Grouping(DeviceHints hints, Cuts cuts, long most) {
    this.hints = hints;
    this.cuts = cuts;
    List<Expr> order = Graphs.topological(hints.roots());
    int next = 0;
    while (next < order.size() && nodes <= most * order.size()) {
      distribute(order.get(next++));
    }
    this.complete = next == order.size();
  }

  /** The groups; incomplete if they would be far larger than the expression. */
  static Grouping first(DeviceHints hints, Cuts cuts) {
    return new Grouping(hints, cuts, FEW);
  }

  /** The groups. */
  static Grouping of(DeviceHints hints, Cuts cuts) {
    return new Grouping(hints, cuts, Integer.MAX_VALUE);
  }

  boolean isComplete() {
    return complete;
  }

  private void distribute(Expr node) {
    switch (node) {
      case Expr.Reduce reduce -> place(FusionRoot.reduce(reduce));
      case Expr.Concatenate concatenate -> parts(concatenate);
      case Expr.Scan s -> levels.put(s, next(s));
      case Expr.Take t -> levels.put(t, next(t));
      case Expr.MatMul m -> levels.put(m, next(m));
      case Expr.MapBlocks m -> levels.put(m, next(m));
      case Expr.Reshape r -> {
        levels.put(r, next(r));
        if (cuts.contains(r)) {
          place(FusionRoot.store(r));
        }
      }
      case Expr.Elementwise e -> placeIfKept(e);
      case Expr.Cast c -> placeIfKept(c);
      case Expr.Rechunk r -> placeIfKept(r);
      case Expr.ViewOf v -> placeIfKept(v);
      case Expr.Source s -> placeIfKept(s);
      case Expr.Fill f -> placeIfKept(f);
      case Expr.Iota i -> placeIfKept(i);
      case Expr.Random r -> placeIfKept(r);
      case Expr.Hint h -> throw new InternalException("hints are taken out before fusion");
    }
  }

  private void placeIfKept(Expr node) {
    if (cuts.contains(node)) {
      place(FusionRoot.store(node));
    }
  }

  private void parts(Expr.Concatenate node) {
    long offset = 0;
    int level = 0;
    boolean some = node.shape().extent(node.axis()) > 0;
    for (Expr part : node.inputs()) {
      long extent = part.shape().extent(node.axis());
      // A part without elements has no chunk of its own in the result.
      if (extent > 0 || !some) {
        level = Math.max(level, place(FusionRoot.part(node, part, offset)));
      }
      offset += extent;
      if (!some) {
        break;
      }
    }
    levels.put(node, level);
  }

  private int next(Expr node) {
    int level = 0;
    for (Expr input : node.inputs()) {
      level = Math.max(level, levelOf(Cuts.base(input)));
    }
    return level + 1;
  }

  /** The level at which the node's array exists; 0 for what no stage makes. */
  int level(Expr node) {
    return levelOf(node);
  }

  private int levelOf(Expr array) {
    return levels.getOrDefault(array, 0);
  }

  private int place(FusionRoot sink) {
    int level = 1 + highest(sink);
    Set<Expr> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Expr> loaded = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Expr> inside = inside(sink, level, leaves, loaded);
    nodes += inside.size();
    Group home = home(sink, level, leaves, inside, device(sink, inside, loaded));
    home.add(sink, inside, leaves, loaded);
    if (!sink.isPart()) {
      levels.merge(sink.node(), level, Math::max);
      domains.put(sink.node(), sink.domain());
    }
    return level;
  }

  /**
   * The device asked for nearest to the sink: for its array, for what its kernel computes on the
   * way, or for what the kernel makes or reads that has no tasks of its own.
   */
  private @Nullable String device(FusionRoot sink, List<Expr> inside, Set<Expr> loaded) {
    String device = hints.device(sink.node());
    for (int i = inside.size() - 1; i >= 0 && device == null && !hints.isEmpty(); i--) {
      Expr node = inside.get(i);
      if (!loaded.contains(node)) {
        device = hints.device(node);
      } else if (isGenerated(Cuts.base(node))) {
        device = hints.device(node);
        device = device == null ? hints.device(Cuts.base(node)) : device;
      }
    }
    return device;
  }

  /** The first group that welcomes the sink; only those that read something that it reads may. */
  private Group home(
      FusionRoot sink, int level, Set<Expr> leaves, List<Expr> inside, @Nullable String device) {
    Map<Expr, List<Group>> byLeaf =
        byKey.computeIfAbsent(
            new GroupKey(level, sink.domain(), device), p -> new IdentityHashMap<>());
    Group home = null;
    for (Expr leaf : leaves) {
      for (Group group : byLeaf.getOrDefault(leaf, List.of())) {
        boolean first = home == null || group.number < home.number;
        if (first && group.welcomes(sink, inside)) {
          home = group;
        }
      }
    }
    if (home == null) {
      home = new Group(groups.size(), level, sink.domain(), device);
      groups.add(home);
    }
    for (Expr leaf : leaves) {
      List<Group> readers = byLeaf.computeIfAbsent(leaf, l -> new ArrayList<>());
      if (!home.reads(leaf)) {
        readers.add(home);
      }
    }
    return home;
  }

  /** The highest level of what the sink must find in memory. */
  private int highest(FusionRoot sink) {
    int highest = 0;
    Deque<Expr> open = new ArrayDeque<>(List.of(sink.root()));
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Expr node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (node != sink.node() && isKept(node)) {
        int level = levelOf(node);
        highest = Math.max(highest, mayRejoin(node, sink) ? level - 1 : level);
      } else if (Cuts.isInline(node)) {
        node.inputs().forEach(open::push);
      } else {
        highest = Math.max(highest, levelRead(node));
      }
    }
    return highest;
  }

  private int levelRead(Expr node) {
    Expr base = Cuts.base(node);
    return isGenerated(base) ? 0 : levelOf(base);
  }

  private static boolean isGenerated(Expr node) {
    return node instanceof Expr.Source
        || node instanceof Expr.Fill
        || node instanceof Expr.Iota
        || node instanceof Expr.Random;
  }

  private boolean isKept(Expr node) {
    return Cuts.isInline(node) && cuts.contains(node);
  }

  /** Whether a kept value is computed again inside the sink's group, since both are in one. */
  private boolean rejoins(Expr node, FusionRoot sink, int level) {
    return levelOf(node) == level && mayRejoin(node, sink);
  }

  private boolean mayRejoin(Expr node, FusionRoot sink) {
    return !cuts.isBarrier(node) && sink.domain().equals(domains.get(node));
  }

  /**
   * The nodes that the sink needs in its kernel, inputs first; {@code loaded} takes those that are
   * read from memory, {@code leaves} what is read.
   */
  private List<Expr> inside(FusionRoot sink, int level, Set<Expr> leaves, Set<Expr> loaded) {
    List<Expr> order = new ArrayList<>();
    Map<Expr, Boolean> finished = new IdentityHashMap<>();
    Deque<Expr> stack = new ArrayDeque<>(List.of(sink.root()));
    while (!stack.isEmpty()) {
      Expr node = stack.peek();
      boolean loads = loads(node, sink, level);
      if (!finished.containsKey(node) && !loads) {
        finished.put(node, false);
        node.inputs().forEach(stack::push);
        continue;
      }
      stack.pop();
      if (!finished.getOrDefault(node, false)) {
        finished.put(node, true);
        order.add(node);
        if (loads) {
          loaded.add(node);
        }
        if (loads && !(node instanceof Expr.Fill) && !(node instanceof Expr.Iota)) {
          leaves.add(Cuts.base(node));
        }
      }
    }
    return order;
  }

  private boolean loads(Expr node, FusionRoot sink, int level) {
    return !Cuts.isInline(node)
        || (node != sink.node() && isKept(node) && !rejoins(node, sink, level));
  }
}
