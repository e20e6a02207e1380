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
      case Expr.MapChunks m -> m.name();
    };
  }
}
