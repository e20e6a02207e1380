package dev.weft.core.plan;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import java.util.List;

/** The work of every task of some stages, from their kernels and extents. */
public final class StageWork {
  /** Price of a random number: ten rounds of Philox are some twenty multiplications and more. */
  private static final double RANDOM = 40;

  private final List<Stage> stages;
  private final double[] perElement;

  /** The work of these stages. */
  public StageWork(List<Stage> stages) {
    this.stages = stages;
    this.perElement = stages.stream().mapToDouble(stage -> price(stage.work())).toArray();
  }

  /** The work of one task. */
  public TaskWork of(int stageNumber, long chunk) {
    Stage stage = stages.get(stageNumber);
    Region region = stage.iteration().region(chunk);
    long elements = region.size();
    long bytes = 0;
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)) {
        long read =
            array.partial() == null
                ? view.reach(region).size() * array.dtype().itemSize()
                : Bytes.product(elements, array.chunkBytes(0));
        bytes = Bytes.sum(bytes, read);
      }
      if (input instanceof Stage.Input.Before before) {
        bytes += before.reach(region).size() * before.array().dtype().itemSize();
      }
    }
    for (Stage.Output output : stage.outputs()) {
      bytes = Bytes.sum(bytes, written(stage, output, region, chunk));
    }
    return new TaskWork(bytes, priced(stage, region) * perElement[stageNumber]);
  }

  /** The price of all tasks of a stage, in additions. */
  public double additions(int stage) {
    Chunks iteration = stages.get(stage).iteration();
    return priced(stages.get(stage), Region.all(iteration.shape())) * perElement[stage];
  }

  /** The elements that have a price: of Java code, those that it makes. */
  private static long priced(Stage stage, Region region) {
    return stage.work() instanceof Stage.Work.Host
        ? written(stage, stage.outputs().getFirst(), region, 0)
            / stage.outputs().getFirst().array().dtype().itemSize()
        : region.size();
  }

  private static long written(Stage stage, Stage.Output output, Region region, long chunk) {
    ArrayDef array = output.array();
    boolean counted = array.partial() != null || array.storage() == ArrayDef.Storage.RUNNING;
    if (counted || stage.work() instanceof Stage.Work.Combine) {
      return array.chunkBytes(chunk);
    }
    long size = array.dtype().itemSize();
    for (int axis = 0; axis < output.axes().size(); axis++) {
      // Of the values of rows, a task makes one for each.
      long extent = region.extents()[output.axes().get(axis)];
      size *= Math.min(array.shape().extent(axis), extent);
    }
    return size;
  }

  private static double price(Stage.Work work) {
    return switch (work) {
      case Stage.Work.Fused fused -> price(fused.kernel());
      case Stage.Work.Rows rows -> price(rows.program());
      case Stage.Work.Library library -> price(library.kernel().routine());
      case Stage.Work.Host host -> host.routine().cost();
      case Stage.Work.Combine combine -> combine.reduction().planes();
      case Stage.Work.Write write -> 0;
    };
  }

  /** What is computed once a row costs next to nothing for each of its elements. */
  private static double price(RowProgram program) {
    return program.steps().stream()
        .filter(step -> !step.overCells())
        .mapToDouble(step -> price(step.kernel()))
        .sum();
  }

  private static double price(FusedKernel kernel) {
    double price = 0;
    for (SsaValue value : kernel.body()) {
      price +=
          switch (value) {
            case SsaValue.Load load ->
                kernel.params().get(load.param()) instanceof Param.Random ? RANDOM : 0;
            case SsaValue.ScalarParam scalar -> 0;
            case SsaValue.Apply apply -> apply.op().cost();
            case SsaValue.Convert convert -> 1;
          };
    }
    for (Sink sink : kernel.sinks()) {
      price +=
          switch (sink) {
            case Sink.Store store -> 0;
            case Sink.Reduce reduce -> price(reduce.reduction());
          };
    }
    return price;
  }

  /** A mean and a sum of squares are kept up to date with a division. */
  private static double price(Reduction reduction) {
    return reduction == Reduction.MOMENTS ? 8 : reduction.planes();
  }

  private static double price(LibraryKernel.Routine routine) {
    return switch (routine) {
      case MATMUL -> 2;
      case GATHER, CUMSUM, CUMPROD -> 1;
    };
  }
}
