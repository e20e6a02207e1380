package dev.weft.core.expr;

import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expression without its data: what two expressions have in common that are planned alike.
 * Sources and random streams stand by the order in which they are met, so that the same one met
 * twice is not two; all else (operations, constants, types, chunks, views, hints, which nodes are
 * shared) is in the {@link #key}.
 */
public final class Structure {
  private final Map<Expr, Integer> numbers = new IdentityHashMap<>();
  private final Map<ArraySource, Integer> sourceNumbers = new IdentityHashMap<>();
  private final List<ArraySource> sources = new ArrayList<>();
  private final Map<Stream, Integer> streams = new LinkedHashMap<>();
  private final List<Object> words = new ArrayList<>();
  private final Key key;

  /** The random numbers of a seed and stream. */
  public record Stream(long seed, long stream) {}

  /** Equal for expressions that are planned alike; holds on to no data. */
  public static final class Key {
    private final List<Object> words;
    private final int hash;
    private final int size;

    private Key(List<Object> words) {
      this.words = words;
      this.hash = words.hashCode();
      int cuts = 0;
      for (Object word : words) {
        cuts += word instanceof Chunks grid ? cuts(grid) : 0;
      }
      this.size = words.size() + cuts;
    }

    private static int cuts(Chunks grid) {
      int cuts = 0;
      for (AxisChunks axis : grid.axes()) {
        cuts += axis instanceof AxisChunks.Explicit ? axis.count() : 0;
      }
      return cuts;
    }

    /** How much there is to keep and to compare, in words. */
    public int size() {
      return size;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key theirs && theirs.hash == hash && theirs.words.equals(words);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private Structure(List<Expr> order, List<Expr> roots) {
    for (Expr node : order) {
      words.add(node.getClass());
      words.add(node.dtype());
      words.add(node.chunks());
      describe(node);
      for (Expr input : node.inputs()) {
        words.add(number(input));
      }
      words.add(node.inputs().size());
      numbers.put(node, numbers.size());
    }
    roots.forEach(root -> words.add(number(root)));
    this.key = new Key(words);
  }

  /**
   * The structure of expressions, or null where that says too little: the user's own code may do
   * something else every time.
   */
  public static @Nullable Structure of(List<Expr> roots) {
    List<Expr> order = Graphs.topological(roots);
    boolean own =
        order.stream().anyMatch(n -> n instanceof Expr.MapBlocks m && !m.routine().isPure());
    return own ? null : new Structure(order, roots);
  }

  private Integer number(Expr node) {
    return numbers.getOrDefault(node, -1);
  }

  /** What, beside type and inputs, makes the node what it is. */
  private void describe(Expr node) {
    switch (node) {
      case Expr.Source s -> source(s.source());
      case Expr.Fill f -> words.add(f.value().bits());
      case Expr.Iota i -> words.add(i.axis());
      case Expr.Random r -> {
        words.add(r.distribution());
        words.add(streams.computeIfAbsent(new Stream(r.seed(), r.stream()), s -> streams.size()));
      }
      case Expr.Elementwise e -> words.add(e.op());
      case Expr.ViewOf v -> {
        words.add(v.view());
        words.add(v.label());
      }
      case Expr.Reduce r -> words.addAll(List.of(r.reduction(), r.axes(), r.finish()));
      case Expr.Scan s -> words.addAll(List.of(s.routine(), s.axis()));
      case Expr.Concatenate c -> words.add(c.axis());
      case Expr.Take t -> words.add(t.axis());
      case Expr.Hint h -> words.add(h.device());
      case Expr.Rechunk r -> words.add(r.why());
      case Expr.Cast c -> {}
      case Expr.Reshape r -> {}
      case Expr.MatMul m -> words.add(m.inner());
      case Expr.MapBlocks m -> words.addAll(List.of(m.routine(), m.axes(), m.whole()));
    }
  }

  /** Which source it is, and all that passes and the fuser ask of it. */
  private void source(ArraySource source) {
    words.add(sourceNumbers.computeIfAbsent(source, s -> sources.size()));
    if (sourceNumbers.size() > sources.size()) {
      sources.add(source);
    }
    ArraySource.Layout layout = source.memory();
    words.add(layout != null);
    words.add(layout != null && layout.isDense(source.shape(), source.dtype()));
    words.add(source.isResident());
  }

  /** What is equal for expressions that are planned alike. */
  public Key key() {
    return key;
  }

  /** The sources in the order in which they are met, each once. */
  public List<ArraySource> sources() {
    return sources;
  }

  /** The random streams in the order in which they are met, each once. */
  public List<Stream> streams() {
    return List.copyOf(streams.keySet());
  }
}
