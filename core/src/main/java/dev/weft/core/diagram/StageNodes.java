package dev.weft.core.diagram;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import dev.weft.core.shape.Chunks;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Boxes for stages and for the arrays that they read from outside. */
final class StageNodes {
  /** Longer kernels are cut: a tooltip shows no more. */
  private static final int KERNEL_LINES = 16;

  private final Function<Stage, String> device;

  /**
   * Makes boxes.
   *
   * @param device where the tasks of a stage run
   */
  StageNodes(Function<Stage, String> device) {
    this.device = device;
  }

  /** A stage with all that is known of it, for all its chunks. */
  PictureNode stage(String id, Stage stage) {
    PictureNode node =
        PictureNode.of(id, stage.label(), kind(stage))
            .withDetail("× " + ArrayFacts.chunks(stage.iteration().count()))
            .withDevice(device.apply(stage))
            .withCount(stage.iteration().count())
            .withFact("stage", stage.id() + ": " + stage.label());
    for (Stage.Output output : stage.outputs()) {
      node = output(node, output.array(), stage.outputs().size() > 1);
    }
    node = node.withFact("over", stage.iteration().shape() + " in chunks " + stage.iteration());
    return with(node, stage);
  }

  /**
   * One task of a stage, named by the position of its chunk.
   *
   * @param named whether there is room for the stage's name too
   */
  PictureNode task(String id, Stage stage, long chunk, boolean named) {
    Chunks grid = stage.iteration();
    PictureNode node =
        PictureNode.of(id, position(grid, chunk), kind(stage))
            .withDetail(named ? stage.label() : "")
            .withDevice(device.apply(stage))
            .withFact("task", "chunk " + position(grid, chunk) + " of " + stage.label())
            .withFact("shape", grid.region(chunk).shape().toString());
    for (Stage.Output output : stage.outputs()) {
      node = node.withFact("makes", output.array().label() + " " + output.array().dtype());
    }
    return with(node, stage);
  }

  /** An array that is there before the job. */
  PictureNode source(String id, ArrayDef array) {
    PictureNode node =
        PictureNode.of(id, ArrayFacts.sourceName(array.label()), Kind.SOURCE)
            .withDetail(ArrayFacts.detail(array.dtype(), array.grid()));
    return ArrayFacts.with(node.withFact("source", array.label()), array.dtype(), array.grid());
  }

  /** One chunk of an array that is there before the job. */
  PictureNode sourceChunk(String id, ArrayDef array, long chunk, boolean named) {
    return PictureNode.of(id, position(array.grid(), chunk), Kind.SOURCE)
        .withDetail(named ? ArrayFacts.sourceName(array.label()) : "")
        .withFact("source", "chunk " + position(array.grid(), chunk) + " of " + array.label())
        .withFact("shape", array.grid().region(chunk).shape().toString())
        .withFact("dtype", array.dtype().toString());
  }

  private static PictureNode output(PictureNode node, ArrayDef array, boolean several) {
    if (array.partial() != null) {
      return node.withFact("makes", array.label() + ", joined over " + array.shape());
    }
    PictureNode told = several ? node.withFact("makes", array.label()) : node;
    return ArrayFacts.with(told, array.dtype(), array.grid())
        .withFact("kept", array.storage().name().toLowerCase(Locale.ROOT));
  }

  private PictureNode with(PictureNode node, Stage stage) {
    return node.withFact("device", device.apply(stage)).withFact("kernel", kernel(stage.work()));
  }

  private static String kernel(Work work) {
    return switch (work) {
      case Work.Fused fused -> text(fused.kernel());
      case Work.Rows rows -> text(rows.program());
      case Work.Library library -> library.kernel().name();
      case Work.Host host -> host.routine().shown();
      case Work.Write write ->
          "none: chunks of result %d go to their target".formatted(write.result());
      case Work.Combine combine -> "none: partial results are joined pairwise on the host";
    };
  }

  private static String text(Kernel kernel) {
    String body = kernel.toString().stripTrailing();
    long lines = body.lines().count();
    String shown = body.lines().limit(KERNEL_LINES).collect(Collectors.joining("\n"));
    String more = lines > KERNEL_LINES ? "\n… %,d more lines".formatted(lines - KERNEL_LINES) : "";
    return kernel.name() + "\n" + shown + more;
  }

  private static Kind kind(Stage stage) {
    return switch (stage.work()) {
      case Work.Fused fused when !fused.reducedAxes().isEmpty() -> Kind.REDUCTION;
      case Work.Fused fused -> kind(fused.kernel(), stage);
      case Work.Rows rows -> Kind.REDUCTION;
      case Work.Library library -> Kind.LIBRARY;
      case Work.Host host -> host.routine().isPure() ? Kind.LIBRARY : Kind.USER;
      case Work.Write write -> Kind.WRITE;
      case Work.Combine combine -> Kind.REDUCTION;
    };
  }

  private static Kind kind(FusedKernel kernel, Stage stage) {
    boolean computes = kernel.body().stream().anyMatch(SsaValue.Apply.class::isInstance);
    boolean reads = stage.inputs().stream().anyMatch(Stage.Input.OfArray.class::isInstance);
    return computes ? Kind.ELEMENTWISE : reads ? Kind.VIEW : Kind.SOURCE;
  }

  private static String position(Chunks grid, long chunk) {
    StringBuilder text = new StringBuilder("(");
    int[] position = grid.position(chunk);
    for (int axis = 0; axis < position.length; axis++) {
      text.append(axis == 0 ? "" : ", ").append(position[axis]);
    }
    return text.append(')').toString();
  }
}
