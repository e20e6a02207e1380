package dev.weft.core.optimize;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Expressions as text, one line a node, inputs first. */
public final class ExprText {
  /** Longer graphs are cut in the middle. */
  private static final int MAX_LINES = 60;

  private static final int MAX_DEPTH = 30;

  private ExprText() {}

  /** The graph below the roots; roots are marked. */
  public static String of(List<Expr> roots) {
    Map<Expr, String> names = new IdentityHashMap<>();
    StringBuilder text = new StringBuilder();
    List<Expr> order = Graphs.topological(roots);
    for (int i = 0; i < order.size(); i++) {
      Expr node = order.get(i);
      names.put(node, "e" + i);
      if (order.size() > MAX_LINES && i >= MAX_LINES / 2 && i < order.size() - MAX_LINES / 2) {
        text.append(i == MAX_LINES / 2 ? "  ... " + (order.size() - MAX_LINES) + " more\n" : "");
        continue;
      }
      text.append("  e").append(i).append(": ").append(node.dtype()).append(node.shape());
      text.append(" = ").append(label(node));
      text.append(
          node.inputs().stream().map(names::get).collect(Collectors.joining(", ", " ", "")));
      text.append("  chunks ").append(node.chunks());
      boolean root = roots.stream().anyMatch(r -> r == node);
      text.append(root ? "  <- result\n" : "\n");
    }
    return text.toString();
  }

  /**
   * An expression as nested calls in one line, such as {@code sum(sqrt(x.npy))}: of at most so many
   * characters, and some levels.
   */
  public static String line(Expr root, int most) {
    StringBuilder text = new StringBuilder();
    nest(root, MAX_DEPTH, most, text);
    return text.length() <= most ? text.toString() : text.substring(0, most - 1) + "…";
  }

  private static void nest(Expr node, int levels, int most, StringBuilder text) {
    if (text.length() > most || levels == 0) {
      text.append('…');
      return;
    }
    // Mostly made by the rules of types and shapes, not by the user.
    if (node instanceof Expr.Cast cast) {
      nest(cast.input(), levels - 1, most, text);
      return;
    }
    if (node instanceof Expr.ViewOf view && view.label().equals("broadcast")) {
      nest(view.input(), levels - 1, most, text);
      return;
    }
    text.append(name(node));
    String before = "(";
    for (Expr input : node.inputs()) {
      nest(input, levels - 1, most, text.append(before));
      before = ", ";
    }
    text.append(node.inputs().isEmpty() ? "" : ")");
  }

  private static String name(Expr node) {
    return switch (node) {
      case Expr.Source s -> s.source().description();
      case Expr.Fill f -> f.value().toString();
      case Expr.Iota i -> "index";
      case Expr.Random r -> "random";
      case Expr.ViewOf v -> v.label();
      case Expr.Reduce r -> r.reduction().label();
      case Expr.Scan s -> s.routine().name().toLowerCase(Locale.ROOT);
      case Expr.Concatenate c -> "concatenate";
      case Expr.Take t -> "take";
      case Expr.MatMul m -> "matmul";
      case Expr.Rechunk r -> "rechunk";
      case Expr.Elementwise e -> label(e);
      case Expr.Cast c -> label(c);
      case Expr.Reshape r -> label(r);
      case Expr.Hint h -> label(h);
      case Expr.MapBlocks m -> label(m);
    };
  }

  /** One node without its inputs. */
  public static String label(Expr node) {
    return switch (node) {
      case Expr.Source s -> "source " + s.source().description();
      case Expr.Fill f -> "fill " + f.value();
      case Expr.Iota i -> "index along axis " + i.axis();
      case Expr.Random r ->
          "random %s (seed %d, stream %d)"
              .formatted(r.distribution().name().toLowerCase(Locale.ROOT), r.seed(), r.stream());
      case Expr.Elementwise e -> e.op().name();
      case Expr.Cast c -> "cast";
      case Expr.ViewOf v -> v.label() + " " + v.view();
      case Expr.Reshape r -> "reshape";
      case Expr.Reduce r -> r.reduction().label() + " over axes " + r.axes();
      case Expr.Scan s -> s.routine().name().toLowerCase(Locale.ROOT) + " along axis " + s.axis();
      case Expr.Concatenate c -> "concatenate along axis " + c.axis();
      case Expr.Take t -> "take along axis " + t.axis();
      case Expr.MatMul m when m.inner().count() > 1 ->
          "matmul in %,d pieces of the inner axis".formatted(m.inner().count());
      case Expr.MatMul m -> "matmul";
      case Expr.Rechunk r -> r.why().isEmpty() ? "rechunk" : "rechunk (" + r.why() + ")";
      case Expr.Hint h -> "on " + h.device();
      case Expr.MapBlocks m -> m.routine().name();
    };
  }
}
