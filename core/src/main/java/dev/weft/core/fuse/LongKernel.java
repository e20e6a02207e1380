package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Splits a kernel with too many operations. Where an operation would be one too many, the operand
 * with most operations below it is kept in memory: chains are cut in equal pieces, and long sums at
 * their running totals.
 */
final class LongKernel {
  private final Group group;
  private final List<Expr> computed;
  private final Set<Expr> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  LongKernel(Group group, List<Expr> computed) {
    this.group = group;
    this.computed = computed;
  }

  /** Adds what is to be kept; false if nothing needs to be. */
  boolean cut(Cuts cuts) {
    String reason = "the kernel would have %d operations".formatted(computed.size());
    for (Expr node : computed) {
      while (count(node) > Fuser.KERNEL_LIMIT) {
        Expr largest = largestInput(node);
        kept.add(largest);
        cuts.addBarrier(largest, reason);
      }
    }
    return !kept.isEmpty();
  }

  private Expr largestInput(Expr node) {
    Expr largest = node;
    int most = 0;
    for (Expr input : node.inputs()) {
      int count = isComputed(input) ? count(input) : 0;
      if (count > most) {
        most = count;
        largest = input;
      }
    }
    return largest;
  }

  private boolean isComputed(Expr node) {
    return group.computes(node) && !kept.contains(node);
  }

  /** Distinct operations that compute the node, up to one more than allowed. */
  private int count(Expr root) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty() && seen.size() <= Fuser.KERNEL_LIMIT) {
      Expr node = open.pop();
      if (seen.add(node)) {
        node.inputs().stream().filter(this::isComputed).forEach(open::push);
      }
    }
    return seen.size();
  }
}
