package dev.weft.core.slice;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import java.util.List;

/**
 * Stages whose tasks write chunks, also of arrays that others read in one piece: who writes a chunk
 * needs no memory for the whole array.
 */
public final class ChunkedOutputs {
  private ChunkedOutputs() {}

  /** The same stages with chunks for outputs. */
  public static StageGraph of(StageGraph graph) {
    List<ArrayDef> arrays = graph.arrays().stream().map(ChunkedOutputs::chunked).toList();
    List<Stage> stages =
        graph.stages().stream()
            .map(
                stage ->
                    new Stage(
                        stage.id(),
                        stage.label(),
                        stage.work(),
                        stage.iteration(),
                        stage.inputs().stream().map(ChunkedOutputs::chunked).toList(),
                        stage.outputs().stream().map(ChunkedOutputs::chunked).toList(),
                        stage.device(),
                        stage.ahead()))
            .toList();
    return new StageGraph(arrays, stages, graph.results(), graph.cuts());
  }

  /** What tasks go on from is of the array that they write. */
  private static Stage.Input chunked(Stage.Input input) {
    return input instanceof Stage.Input.Before(ArrayDef array, int axis)
        ? new Stage.Input.Before(chunked(array), axis)
        : input;
  }

  private static Stage.Output chunked(Stage.Output output) {
    return new Stage.Output(chunked(output.array()), output.axes(), output.shift());
  }

  private static ArrayDef chunked(ArrayDef array) {
    return array.storage() == Storage.DENSE && array.alias() == null
        ? new ArrayDef(
            array.id(),
            array.label(),
            array.dtype(),
            array.grid(),
            Storage.CHUNKED,
            array.source(),
            array.partial(),
            null)
        : array;
  }
}
