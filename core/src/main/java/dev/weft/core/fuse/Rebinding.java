package dev.weft.core.fuse;

import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Structure;
import dev.weft.core.expr.Structure.Stream;
import dev.weft.core.optimize.ReshapedSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages of one expression as those of another that is equal but for its data. */
public final class Rebinding {
  private final Map<ArraySource, ArraySource> sources = new IdentityHashMap<>();
  private final Map<Stream, Stream> streams = new HashMap<>();
  private final List<ArrayDef> arrays = new ArrayList<>();

  /**
   * A rebinding from the data of one expression to that of another of equal structure.
   *
   * @throws InternalException when they do not have the same numbers of sources and streams
   */
  public Rebinding(
      List<ArraySource> sources,
      List<Stream> streams,
      List<ArraySource> newSources,
      List<Stream> newStreams) {
    if (sources.size() != newSources.size() || streams.size() != newStreams.size()) {
      throw new InternalException(
          "stages over %d sources and %d streams cannot be used for %d and %d"
              .formatted(sources.size(), streams.size(), newSources.size(), newStreams.size()));
    }
    for (int i = 0; i < sources.size(); i++) {
      this.sources.put(sources.get(i), newSources.get(i));
    }
    for (int i = 0; i < streams.size(); i++) {
      this.streams.put(streams.get(i), newStreams.get(i));
    }
  }

  /** A rebinding to the data of an expression. */
  public static Rebinding to(Structure now, List<ArraySource> sources, List<Stream> streams) {
    return new Rebinding(sources, streams, now.sources(), now.streams());
  }

  /** The stages over the other data; of arrays and stages that read none nothing is made anew. */
  public StageGraph apply(StageGraph graph) {
    for (ArrayDef array : graph.arrays()) {
      arrays.add(bind(array));
    }
    return new StageGraph(
        arrays,
        graph.stages().stream().map(this::bind).toList(),
        graph.results().stream().map(this::now).toList(),
        graph.cuts());
  }

  private ArrayDef now(ArrayDef array) {
    return arrays.get(array.id());
  }

  private ArrayDef bind(ArrayDef array) {
    ArraySource source = array.source();
    ArrayDef alias = array.alias();
    if (source == null) {
      // What an array shows under another shape has been made before it.
      return alias == null || now(alias) == alias ? array : with(array, null, now(alias));
    }
    return with(array, ReshapedSource.replace(source, this::source), null);
  }

  private static ArrayDef with(
      ArrayDef array, @Nullable ArraySource source, @Nullable ArrayDef alias) {
    return new ArrayDef(
        array.id(),
        source == null ? array.label() : source.description(),
        array.dtype(),
        array.grid(),
        array.storage(),
        source,
        array.partial(),
        alias);
  }

  private ArraySource source(ArraySource was) {
    ArraySource now = sources.get(was);
    if (now == null) {
      throw new InternalException("stages read a source that their expression does not");
    }
    return now;
  }

  private Stage bind(Stage stage) {
    List<Stage.Input> inputs = stage.inputs().stream().map(this::bind).toList();
    List<Stage.Output> outputs = stage.outputs().stream().map(this::bind).toList();
    return same(inputs, stage.inputs()) && same(outputs, stage.outputs())
        ? stage
        : new Stage(
            stage.id(),
            stage.label(),
            stage.work(),
            stage.iteration(),
            inputs,
            outputs,
            stage.device(),
            stage.ahead());
  }

  private static boolean same(List<?> a, List<?> b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  private Stage.Input bind(Stage.Input input) {
    return switch (input) {
      case Stage.Input.OfArray read when now(read.array()) != read.array() ->
          new Stage.Input.OfArray(now(read.array()), read.view());
      case Stage.Input.OfArray read -> read;
      case Stage.Input.Before before when now(before.array()) != before.array() ->
          new Stage.Input.Before(now(before.array()), before.axis());
      case Stage.Input.Before before -> before;
      case Stage.Input.OfIndex index -> index;
      case Stage.Input.OfRandom random -> {
        Stream stream = streams.get(new Stream(random.seed(), random.stream()));
        if (stream == null) {
          throw new InternalException("stages draw numbers that their expression does not");
        }
        yield new Stage.Input.OfRandom(
            stream.seed(), stream.stream(), random.shape(), random.view());
      }
    };
  }

  private Stage.Output bind(Stage.Output output) {
    ArrayDef array = now(output.array());
    return array == output.array()
        ? output
        : new Stage.Output(array, output.axes(), output.shift());
  }
}
