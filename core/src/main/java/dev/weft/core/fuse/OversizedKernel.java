package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Splits a kernel with too many operations. Where an operation would be one too many, one shortly
 * below it, on which most depends, is kept in memory: chains are cut in equal pieces, and long sums
 * at their running totals.
 */
final class OversizedKernel {
  /** How many operations below one that is too many are considered. */
  private static final int CANDIDATES = 16;

  private final List<Expr> computed;
  private final Predicate<Expr> inside;
  private final String reason;
  private final Cuts cuts;

  /**
   * @param computed operations, inputs first
   * @param inside whether an operation is computed rather than read, as far as barriers allow
   * @param reason why values are kept
   */
  private OversizedKernel(List<Expr> computed, Predicate<Expr> inside, String reason, Cuts cuts) {
    this.computed = computed;
    this.inside = inside;
    this.reason = reason;
    this.cuts = cuts;
  }

  /** The kernel of a group, if that has too many operations. */
  static OversizedKernel of(Group group, List<Expr> computed, Cuts cuts) {
    String reason = "the kernel would have %d operations".formatted(computed.size());
    return new OversizedKernel(computed, group::computes, reason, cuts);
  }

  /**
   * All kernels of an expression at once, before there are groups. Where each step of a loop feeds
   * a kernel of its own, as in {@code x - x.mean()}, the groups together would hold as many nodes
   * as the square of the steps.
   */
  static OversizedKernel of(List<Expr> order, Cuts cuts) {
    List<Expr> computed = order.stream().filter(Cuts::isInline).toList();
    String reason = "kernels would have more than %d operations".formatted(Fuser.KERNEL_LIMIT);
    return new OversizedKernel(computed, Cuts::isInline, reason, cuts);
  }

  /**
   * Adds what is to be kept; false if nothing needs to be.
   *
   * @param checked operations that are known to be short, by this call or earlier ones
   */
  boolean cut(Set<Expr> checked) {
    boolean cut = false;
    for (Expr node : computed) {
      if (!checked.add(node)) {
        continue;
      }
      while (count(node) > Fuser.KERNEL_LIMIT) {
        Expr best = best(node);
        cuts.addBarrier(best, reason);
        cut = true;
      }
    }
    return cut;
  }

  /** The operation shortly below the node without which the node has least left to compute. */
  private Expr best(Expr node) {
    Expr best = node;
    int least = Integer.MAX_VALUE;
    for (Expr candidate : near(node)) {
      int left = count(node, candidate);
      if (left < least) {
        least = left;
        best = candidate;
      }
    }
    return best;
  }

  private List<Expr> near(Expr node) {
    List<Expr> near = new ArrayList<>(List.of(node));
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < near.size() && near.size() < CANDIDATES; i++) {
      near.get(i).inputs().stream().filter(this::isComputed).filter(seen::add).forEach(near::add);
    }
    return near.subList(1, near.size());
  }

  private boolean isComputed(Expr node) {
    return inside.test(node) && !cuts.isBarrier(node);
  }

  private int count(Expr root) {
    return count(root, root);
  }

  /** Distinct operations that compute the root, without some other, up to one more than allowed. */
  private int count(Expr root, Expr without) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty() && seen.size() <= Fuser.KERNEL_LIMIT) {
      Expr node = open.pop();
      if (seen.add(node)) {
        node.inputs().stream()
            .filter(input -> input != without && isComputed(input))
            .forEach(open::push);
      }
    }
    return seen.size();
  }
}
