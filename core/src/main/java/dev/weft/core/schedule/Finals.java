package dev.weft.core.schedule;

/**
 * Which task that is wanted for itself comes next: those of kinds that come ahead of others, then
 * of the kind that is furthest behind, so that all results grow together.
 */
final class Finals {
  private final TaskGraph graph;
  private final int[] given;
  private int left;

  Finals(TaskGraph graph) {
    this.graph = graph;
    this.given = new int[graph.finals().size()];
    this.left = graph.finals().stream().mapToInt(this::size).sum();
  }

  private int size(int kind) {
    return graph.first(kind + 1) - graph.first(kind);
  }

  /** How many are left. */
  int left() {
    return left;
  }

  /** The next of those that are left. */
  int next() {
    int next = furthestBehind();
    left--;
    return graph.listed(graph.finals().get(next), given[next]++);
  }

  private int furthestBehind() {
    int best = -1;
    double least = 1;
    for (int i = 0; i < given.length; i++) {
      int kind = graph.finals().get(i);
      int size = size(kind);
      if (given[i] < size && graph.isAhead(kind)) {
        return i;
      }
      double progress = size == 0 ? 1 : (double) given[i] / size;
      if (progress < least) {
        least = progress;
        best = i;
      }
    }
    return best;
  }
}
