package dev.weft.core.slice;

import dev.weft.core.error.InternalException;
import dev.weft.core.expr.BlockRoutine;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum of all that a plan's tasks do, the same in every process that plans the same job:
 * stages, kernels, scalars, chunks. Of sources it has type, shape and chunks, not the elements.
 */
public final class PlanFingerprint {
  /** What tells one object from another of its class, in a text that is made by the JVM. */
  private static final String ADDRESS = "@[0-9a-f]+";

  private final MessageDigest digest;

  private PlanFingerprint() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new InternalException("every JVM has SHA-256", e);
    }
  }

  /** The fingerprint of a graph, 64 hexadecimal digits. */
  public static String of(StageGraph graph) {
    PlanFingerprint print = new PlanFingerprint();
    graph.arrays().forEach(print::add);
    graph.stages().forEach(print::add);
    graph.results().forEach(result -> print.add("result " + result.id()));
    return HexFormat.of().formatHex(print.digest.digest());
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private void add(ArrayDef array) {
    add(
        "array %d %s %s %s %s %s %s"
            .formatted(
                array.id(),
                array.label(),
                array.dtype(),
                array.grid(),
                array.storage(),
                array.partial(),
                array.alias() == null ? "" : array.alias().id()));
  }

  private void add(Stage stage) {
    add(
        "stage %d %s over %s ahead %s"
            .formatted(stage.id(), stage.label(), stage.iteration(), stage.ahead()));
    add(text(stage.work()));
    for (Stage.Input input : stage.inputs()) {
      add(
          switch (input) {
            case Stage.Input.OfArray(ArrayDef array, var view) -> array.id() + " by " + view;
            case Stage.Input.Before(ArrayDef array, int axis) -> array.id() + " before " + axis;
            case Stage.Input.OfIndex index -> index.toString();
            case Stage.Input.OfRandom random -> random.toString();
          });
    }
    for (Stage.Output output : stage.outputs()) {
      add("%d %s %s".formatted(output.array().id(), output.axes(), output.shift()));
    }
  }

  private static String text(Stage.Work work) {
    return switch (work) {
      case Stage.Work.Host(BlockRoutine routine, var axes) ->
          "host %s %s %s"
              .formatted(
                  routine.name(),
                  routine instanceof Record ? routine.toString().replaceAll(ADDRESS, "") : "",
                  axes);
      case Stage.Work.Fused fused -> fused.toString();
      case Stage.Work.Rows rows -> rows.toString();
      case Stage.Work.Library library -> library.toString();
      case Stage.Work.Combine combine -> combine.toString();
      case Stage.Work.Write write -> write.toString();
    };
  }
}
