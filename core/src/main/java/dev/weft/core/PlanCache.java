package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Structure;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Rebinding;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stages of expressions that a session has computed, for the next expression that is equal but for
 * its data: the steps of a loop are optimised and fused once. Keeps the latest ones, up to a limit,
 * and no data. Safe for many threads.
 */
final class PlanCache {
  /** Size of all keys together; their stages take a few times as much. Some ten MB in all. */
  private static final int MOST_WORDS = 1 << 19;

  /** One expression does not drive out all the others. */
  private static final int LARGEST = MOST_WORDS / 2;

  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int words;
  private long hits;
  private long misses;

  /** What stages are made for. */
  private record Key(Structure.Key structure, List<Destination> destinations) {}

  /** Stages whose sources are places to put some in. */
  private record Kept(StageGraph graph, List<ArraySource> places, List<Structure.Stream> streams) {}

  /** Stands for a source, which it does not keep from being freed; equal to itself only. */
  private static final class Placeholder implements ArraySource {
    private final Shape shape;
    private final DType dtype;

    Placeholder(ArraySource source) {
      this.shape = source.shape();
      this.dtype = source.dtype();
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public DType dtype() {
      return dtype;
    }

    @Override
    public String description() {
      return "a source";
    }

    @Override
    public void read(Region region, MemorySegment target) {
      throw new InternalException("the place of a source was read");
    }
  }

  /** The stages of an expression, if those of an equal one are known. */
  synchronized @Nullable StageGraph get(Structure structure, List<Destination> destinations) {
    Kept found = kept.get(new Key(structure.key(), destinations));
    if (found == null) {
      misses++;
      return null;
    }
    hits++;
    return Rebinding.to(structure, found.places, found.streams).apply(found.graph);
  }

  /** Keeps the stages of an expression. */
  void put(Structure structure, List<Destination> destinations, StageGraph graph) {
    if (structure.key().size() > LARGEST) {
      return;
    }
    List<ArraySource> places = new ArrayList<>();
    structure.sources().forEach(source -> places.add(new Placeholder(source)));
    List<Structure.Stream> streams = structure.streams();
    StageGraph open = new Rebinding(structure.sources(), streams, places, streams).apply(graph);
    synchronized (this) {
      Key key = new Key(structure.key(), destinations);
      if (kept.put(key, new Kept(open, places, streams)) == null) {
        words += structure.key().size();
      }
      Iterator<Key> oldest = kept.keySet().iterator();
      while (words > MOST_WORDS) {
        words -= oldest.next().structure.size();
        oldest.remove();
      }
    }
  }

  /** How many expressions were planned by looking them up. */
  synchronized long hits() {
    return hits;
  }

  /** How many expressions were not there. */
  synchronized long misses() {
    return misses;
  }
}
