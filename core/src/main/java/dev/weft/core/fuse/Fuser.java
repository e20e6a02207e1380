package dev.weft.core.fuse;

import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns an expression into stages. Elementwise operations are computed inside every kernel that
 * needs them, until that would repeat expensive work or make a kernel too long; then the value is
 * kept in memory and the reason recorded. A kernel takes over the device that was asked for at what
 * it computes; of two devices that of the last operation counts, and the other value is kept.
 */
public final class Fuser {
  /** Price in additions (per element) above which a value is not computed a second time. */
  static final int RECOMPUTE_LIMIT = 20;

  /** Operations of one kernel; longer code is compiled slowly and runs no faster. */
  static final int KERNEL_LIMIT = 160;

  private Fuser() {}

  /** The stages that compute the roots into dense arrays of the host. */
  public static StageGraph fuse(List<Expr> roots) {
    return fuse(roots, Collections.nCopies(roots.size(), new Destination.Memory()));
  }

  /** The same with results that go to {@code destinations}, in any amount of memory. */
  public static StageGraph fuse(List<Expr> roots, List<? extends Destination> destinations) {
    return fuse(roots, destinations, Long.MAX_VALUE);
  }

  /**
   * The stages that compute the roots.
   *
   * @param destinations where each of them goes
   * @param memory bytes that there are for chunks
   */
  public static StageGraph fuse(
      List<Expr> roots, List<? extends Destination> destinations, long memory) {
    List<Destination> ends = List.copyOf(destinations);
    RechunkSteps steps = RechunkSteps.of(DeviceHints.take(DistinctResults.of(roots, ends)), memory);
    DeviceHints hints = steps.hints();
    Cuts cuts = new Cuts(hints.roots());
    steps.keep(cuts);
    Grouping grouping = Grouping.first(hints, cuts);
    if (!grouping.isComplete()) {
      OversizedKernel.of(Graphs.topological(hints.roots()), cuts).cut(nodes());
      grouping = Grouping.of(hints, cuts);
    }
    while (cutLongKernels(grouping, cuts)
        || cutRepeatedWork(hints.roots(), grouping, cuts)
        || cutBetweenDevices(hints, grouping, cuts)) {
      grouping = Grouping.of(hints, cuts);
    }
    return new StageBuilder(hints, grouping, cuts, steps, ends).build();
  }

  private static Set<Expr> nodes() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Keeps values that were asked for on another device than the kernel that goes on with them. */
  private static boolean cutBetweenDevices(DeviceHints hints, Grouping grouping, Cuts cuts) {
    boolean cut = false;
    for (Group group : grouping.groups) {
      for (Expr node : group.inside) {
        String device = hints.device(node);
        boolean works = group.computes(node) && !(node instanceof Expr.Rechunk);
        if (device != null && !device.equals(group.device) && works) {
          cuts.addBarrier(
              node, "asked for on %s, but what reads it on %s".formatted(device, group.device));
          cut = true;
        }
      }
    }
    return cut;
  }

  private static boolean cutLongKernels(Grouping grouping, Cuts cuts) {
    boolean cut = false;
    Set<Expr> checked = nodes();
    for (Group group : grouping.groups) {
      List<Expr> computed = group.inside.stream().filter(group::computes).toList();
      if (computed.size() > KERNEL_LIMIT) {
        cut |= OversizedKernel.of(group, computed, cuts).cut(checked);
      }
    }
    return cut;
  }

  /**
   * Keeps expensive values that several kernels compute. Where all these kernels go on to the same
   * reader of a value, it is the reader that counts: keeping that may be enough.
   */
  private static boolean cutRepeatedWork(List<Expr> roots, Grouping grouping, Cuts cuts) {
    Map<Expr, Integer> kernels = new IdentityHashMap<>();
    for (Group group : grouping.groups) {
      group.inside.stream()
          .filter(group::computes)
          .forEach(node -> kernels.merge(node, 1, Integer::sum));
    }
    if (kernels.values().stream().allMatch(count -> count == 1)) {
      return false;
    }
    List<Expr> order = Graphs.topological(roots);
    Map<Expr, Integer> readers = new IdentityHashMap<>();
    for (Expr node : order) {
      int count = kernels.getOrDefault(node, 0);
      node.inputs().forEach(input -> readers.merge(input, count, Math::max));
    }
    boolean cut = false;
    for (Expr node : order) {
      int count = kernels.getOrDefault(node, 0);
      boolean branches = count > 1 && readers.getOrDefault(node, 0) < count;
      if (branches && !cuts.isBarrier(node)) {
        int price = price(node, n -> kernels.containsKey(n) && !cuts.contains(n));
        if (price > RECOMPUTE_LIMIT) {
          keep(node, count, price, cuts);
          cut = true;
        }
      }
    }
    return cut;
  }

  private static void keep(Expr node, int count, int price, Cuts cuts) {
    String reason =
        "%d kernels read it, and computing it again costs about %d additions per element"
            .formatted(count, price);
    if (cuts.contains(node)) {
      cuts.addBarrier(node, reason);
    } else {
      cuts.add(node, reason);
    }
  }

  /** The price of computing the node from what is in memory or will be. */
  private static int price(Expr root, Predicate<Expr> computed) {
    int price = 0;
    Set<Expr> seen = nodes();
    Deque<Expr> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty() && seen.size() < KERNEL_LIMIT) {
      Expr node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (Cuts.base(node) instanceof Expr.Random) {
        price += RECOMPUTE_LIMIT;
      } else if (node == root || computed.test(node)) {
        price += node instanceof Expr.Elementwise e ? e.op().cost() : 0;
        node.inputs().forEach(open::push);
      }
    }
    return price;
  }
}
