package dev.weft.core.expr;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Expressions without {@link Expr.Hint}, and which device was asked for at which node. Of two hints
 * for one node the outer one counts.
 *
 * <pre>{@code
 * exp(hint(add(x, y), cuda:0))  ->  exp(add(x, y)), add on cuda:0
 * }</pre>
 */
public final class DeviceHints {
  private final List<Expr> roots;
  private final Map<Expr, String> devices;

  private DeviceHints(List<Expr> roots, Map<Expr, String> devices) {
    this.roots = roots;
    this.devices = devices;
  }

  /** Takes the hints out of expressions, which stay the same objects where they have none. */
  public static DeviceHints take(List<Expr> roots) {
    Map<Expr, String> devices = new IdentityHashMap<>();
    if (Graphs.topological(roots).stream().noneMatch(Expr.Hint.class::isInstance)) {
      return new DeviceHints(roots, devices);
    }
    List<Expr> bare =
        Graphs.rewrite(
            roots,
            (was, node) -> {
              if (node instanceof Expr.Hint hint) {
                note(hint, devices);
                return hint.input();
              }
              return node;
            });
    return new DeviceHints(bare, devices);
  }

  /** Inputs come first, so an outer hint replaces an inner one. */
  private static void note(Expr.Hint hint, Map<Expr, String> devices) {
    devices.put(hint.input(), hint.device());
    Expr base = hint.input();
    while (base instanceof Expr.ViewOf
        || base instanceof Expr.Reshape
        || base instanceof Expr.Rechunk) {
      base = base.inputs().getFirst();
    }
    // What only shows elements has no tasks of its own: those meant are the tasks that make the
    // elements. Sources have none either, and others may read them elsewhere.
    if (!(base instanceof Expr.Source)) {
      devices.putIfAbsent(base, hint.device());
    }
  }

  /** The names of the devices that are asked for somewhere in expressions, in order. */
  public static Set<String> devices(List<Expr> roots) {
    Set<String> names = new TreeSet<>();
    for (Expr node : Graphs.topological(roots)) {
      if (node instanceof Expr.Hint hint) {
        names.add(hint.device());
      }
    }
    return names;
  }

  /**
   * The expressions after a rewrite, and what was asked for at the nodes that it has put in place
   * of others.
   *
   * @param rule answers what stands for a node, as for {@link Graphs#rewrite}
   */
  public DeviceHints rewrite(BinaryOperator<Expr> rule) {
    Map<Expr, String> moved = new IdentityHashMap<>();
    List<Expr> rewritten =
        Graphs.rewrite(
            roots,
            (was, node) -> {
              Expr now = rule.apply(was, node);
              String device = devices.get(was);
              if (device != null) {
                moved.put(now, device);
              }
              return now;
            });
    return new DeviceHints(rewritten, moved);
  }

  /** The expressions without hints. */
  public List<Expr> roots() {
    return roots;
  }

  /** Whether nothing is asked for. */
  public boolean isEmpty() {
    return devices.isEmpty();
  }

  /** The device that was asked for at a node, or null. */
  public @Nullable String device(Expr node) {
    return devices.get(node);
  }
}
