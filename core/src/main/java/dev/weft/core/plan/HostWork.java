package dev.weft.core.plan;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;

/**
 * What only the host can run: Java code, joining, writing to targets, and what reads a dense array
 * under another shape, so that its chunks cannot be told apart.
 */
public final class HostWork {
  private HostWork() {}

  /** Whether only the host can run the tasks of a stage. */
  public static boolean is(Stage stage) {
    return switch (stage.work()) {
      case Stage.Work.Combine combine -> true;
      case Stage.Work.Host host -> true;
      case Stage.Work.Write write -> true;
      case Stage.Work.Fused fused -> readsShown(stage);
      case Stage.Work.Rows rows -> readsShown(stage);
      case Stage.Work.Library library -> readsShown(stage);
    };
  }

  private static boolean readsShown(Stage stage) {
    return stage.inputs().stream()
        .anyMatch(
            input ->
                input instanceof Stage.Input.OfArray(ArrayDef array, var view)
                    && array.alias() != null);
  }
}
