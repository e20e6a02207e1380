package dev.weft.pictures;

import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs for tests. */
final class RandomGraphs {
  private RandomGraphs() {}

  /** A seeded graph in which nodes read up to three of the 40 before them, labels of any length. */
  static PictureGraph of(int size, long seed) {
    Random random = new Random(seed);
    List<PictureNode> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      String label = "operation".repeat(1 + random.nextInt(3)).substring(random.nextInt(8)) + i;
      nodes.add(
          PictureNode.of("n" + i, label, kind)
              .withDetail(random.nextBoolean() ? "float64 (1000, 1000)" : "")
              .withCount(1 + random.nextInt(2)));
      int reads = random.nextInt(4);
      for (int from :
          random.ints(reads, Math.max(0, i - 40), Math.max(1, i)).distinct().toArray()) {
        if (from < i) {
          edges.add(new Edge("n" + from, "n" + i, ""));
        }
      }
    }
    return new PictureGraph(nodes, edges);
  }
}
