package dev.weft.core.diagram;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.Graphs;
import dev.weft.core.optimize.ExprText;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The expression as a graph, a node for each of its nodes. Numbers that are operands stand in the
 * label of the operation: {@code multiply(·, 2.0)}. Operands that are stretched to a shape are read
 * straight away.
 */
public final class ExpressionGraph {
  private final Map<Expr, String> ids = new IdentityHashMap<>();
  private final Set<Expr> results = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<PictureNode> nodes = new ArrayList<>();
  private final Map<String, Edge> edges = new LinkedHashMap<>();

  private ExpressionGraph(List<Expr> roots) {
    results.addAll(roots);
    List<Expr> order = Graphs.topological(roots);
    Set<Expr> drawn = drawn(order);
    for (Expr node : order) {
      if (drawn.contains(node)) {
        add(node);
      }
    }
  }

  /** The graph below the roots, which are its results. */
  public static PictureGraph of(List<Expr> roots) {
    ExpressionGraph graph = new ExpressionGraph(roots);
    return new PictureGraph(graph.nodes, List.copyOf(graph.edges.values()));
  }

  /** All but the numbers that are written into operations, and what only those are made of. */
  private Set<Expr> drawn(List<Expr> order) {
    Set<Expr> drawn = Collections.newSetFromMap(new IdentityHashMap<>());
    drawn.addAll(results);
    for (Expr node : order.reversed()) {
      for (Expr input : drawn.contains(node) ? node.inputs() : List.<Expr>of()) {
        if (!isWrittenInto(node, input)) {
          drawn.add(unstretched(input));
        }
      }
    }
    return drawn;
  }

  /** What a node is stretched from: operands are stretched without being asked for. */
  private Expr unstretched(Expr node) {
    Expr base = node;
    while (base instanceof Expr.ViewOf view
        && view.label().equals(Exprs.BROADCAST)
        && !results.contains(view)) {
      base = view.input();
    }
    return base;
  }

  private boolean isWrittenInto(Expr reader, Expr input) {
    return reader instanceof Expr.Elementwise && !results.contains(input) && number(input) != null;
  }

  /** The number that a node has everywhere, or null. */
  private static Expr.@Nullable Fill number(Expr node) {
    Expr base = node;
    while (base instanceof Expr.ViewOf || base instanceof Expr.Cast) {
      base = base.inputs().getFirst();
    }
    return base instanceof Expr.Fill fill ? fill : null;
  }

  private void add(Expr node) {
    String id = "e" + nodes.size();
    ids.put(node, id);
    PictureNode drawn =
        PictureNode.of(id, words(node), kind(node))
            .withDetail(ArrayFacts.detail(node.dtype(), node.chunks()));
    drawn =
        ArrayFacts.with(
            drawn.withFact("operation", ExprText.label(node)), node.dtype(), node.chunks());
    if (node instanceof Expr.Hint hint) {
      drawn = drawn.withDevice(hint.device());
    }
    nodes.add(results.contains(node) ? drawn.asResult() : drawn);
    for (Expr input : node.inputs()) {
      String from = ids.get(unstretched(input));
      if (from != null && !isWrittenInto(node, input)) {
        edges.putIfAbsent(
            from + " " + id, new Edge(from, id, ArrayFacts.detail(input.dtype(), input.chunks())));
      }
    }
  }

  private String words(Expr node) {
    boolean numbers = node.inputs().stream().anyMatch(input -> isWrittenInto(node, input));
    return numbers && node instanceof Expr.Elementwise e ? operands(e) : label(node);
  }

  /** A node in a few words. */
  static String label(Expr node) {
    if (node instanceof Expr.Random random) {
      return "random " + random.distribution().name().toLowerCase(Locale.ROOT);
    }
    if (node instanceof Expr.Source source) {
      return ArrayFacts.sourceName(source.source().description());
    }
    if (node instanceof Expr.ViewOf view) {
      return view.label();
    }
    return node instanceof Expr.Rechunk ? "rechunk" : ExprText.label(node);
  }

  private String operands(Expr.Elementwise e) {
    List<String> operands = new ArrayList<>();
    for (Expr input : e.inputs()) {
      Expr.Fill number = isWrittenInto(e, input) ? number(input) : null;
      operands.add(number == null ? "·" : number.value().toString());
    }
    return e.op().name() + "(" + String.join(", ", operands) + ")";
  }

  private static Kind kind(Expr node) {
    return switch (node) {
      case Expr.Source s -> Kind.SOURCE;
      case Expr.Fill f -> Kind.SOURCE;
      case Expr.Iota i -> Kind.SOURCE;
      case Expr.Random r -> Kind.SOURCE;
      case Expr.Elementwise e -> Kind.ELEMENTWISE;
      case Expr.Cast c -> Kind.ELEMENTWISE;
      case Expr.ViewOf v -> Kind.VIEW;
      case Expr.Reshape r -> Kind.VIEW;
      case Expr.Rechunk r -> Kind.VIEW;
      case Expr.Concatenate c -> Kind.VIEW;
      case Expr.Hint h -> Kind.VIEW;
      case Expr.Reduce r -> Kind.REDUCTION;
      case Expr.Scan s -> Kind.LIBRARY;
      case Expr.Take t -> Kind.LIBRARY;
      case Expr.MatMul m -> Kind.LIBRARY;
      case Expr.MapBlocks m -> m.routine().isPure() ? Kind.LIBRARY : Kind.USER;
    };
  }
}
