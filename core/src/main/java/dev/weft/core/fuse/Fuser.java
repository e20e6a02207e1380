package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns an expression into stages. Elementwise operations are computed inside every kernel that
 * needs them, until that would repeat expensive work or make a kernel too long; then the value is
 * kept in memory and the reason recorded.
 */
public final class Fuser {
  /** Price in additions (per element) above which a value is not computed a second time. */
  static final int RECOMPUTE_LIMIT = 20;

  /** Operations of one kernel; longer code is compiled slowly and runs no faster. */
  static final int KERNEL_LIMIT = 160;

  private Fuser() {}

  /** The stages that compute the roots. */
  public static StageGraph fuse(List<Expr> roots) {
    Cuts cuts = new Cuts(roots);
    while (true) {
      Grouping grouping = new Grouping(roots, cuts);
      if (!cutLongKernels(grouping, cuts) && !cutRepeatedWork(roots, grouping, cuts)) {
        return new StageBuilder(roots, grouping, cuts).build();
      }
    }
  }

  private static boolean cutLongKernels(Grouping grouping, Cuts cuts) {
    boolean cut = false;
    for (Group group : grouping.groups) {
      List<Expr> computed = group.inside.stream().filter(Cuts::isInline).toList();
      for (int i = KERNEL_LIMIT; i < computed.size(); i += KERNEL_LIMIT) {
        Expr node = computed.get(i - 1);
        if (!cuts.contains(node)) {
          cuts.add(node, "the kernel would have %d operations".formatted(computed.size()));
          cut = true;
        }
      }
    }
    return cut;
  }

  /** Keeps the last expensive value that several kernels compute, if there is one. */
  private static boolean cutRepeatedWork(List<Expr> roots, Grouping grouping, Cuts cuts) {
    Map<Expr, Integer> kernels = new IdentityHashMap<>();
    for (Group group : grouping.groups) {
      group.inside.stream()
          .filter(Cuts::isInline)
          .filter(node -> node.inputs().stream().allMatch(group::computes))
          .forEach(node -> kernels.merge(node, 1, Integer::sum));
    }
    if (kernels.values().stream().allMatch(count -> count == 1)) {
      return false;
    }
    List<Expr> order = Graphs.topological(roots);
    for (int i = order.size() - 1; i >= 0; i--) {
      Expr node = order.get(i);
      int count = kernels.getOrDefault(node, 0);
      int price = count < 2 || cuts.contains(node) ? 0 : price(node, kernels);
      if (price > RECOMPUTE_LIMIT) {
        cuts.add(
            node,
            "%d kernels read it, and computing it again costs about %d additions per element"
                .formatted(count, price));
        return true;
      }
    }
    return false;
  }

  private static int price(Expr root, Map<Expr, Integer> inline) {
    int price = 0;
    for (Expr node : Graphs.topological(List.of(root))) {
      if (node instanceof Expr.Elementwise e && inline.containsKey(node)) {
        price += e.op().cost();
      } else if (node instanceof Expr.Random) {
        price += RECOMPUTE_LIMIT;
      }
    }
    return price;
  }
}
