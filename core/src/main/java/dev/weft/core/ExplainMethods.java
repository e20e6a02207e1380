package dev.weft.core;

import dev.weft.core.diagram.JobPicture;
import dev.weft.core.error.UsageException;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.picture.PictureDrawer;
import dev.weft.core.picture.PictureOptions;
import java.nio.file.Path;
import java.util.List;

/** How arrays would be computed, told and drawn; nothing is computed. */
public sealed interface ExplainMethods permits Session {
  /** The session itself. */
  Session self();

  /** How the arrays would be computed, from the expressions to the plan, as text. */
  default String explain(List<NDArray> arrays) {
    return Explanation.of(
        JobPlan.explained(arrays, self()), self().openDevices(), self().chunkSize());
  }

  /**
   * Draws how the arrays would be computed together: the expression, the stages, and the tasks if
   * they are few. Graphs of more than 300 nodes are summarised, and the picture says so. Drawing
   * comes with {@code weft-pictures}.
   *
   * <pre>{@code
   * session.visualize(
   *     List.of(mean, deviation),
   *     Path.of("stages.svg"),
   *     PictureOptions.defaults().withViews(PictureOptions.View.STAGES));
   * }</pre>
   *
   * @param file its ending says the format: {@code .svg}, {@code .png} or {@code .dot}
   * @throws UsageException when there is no array, the ending is another one, the folder does not
   *     exist, or {@code weft-pictures} is not on the class path
   * @throws dev.weft.core.error.DeviceException when the file cannot be written
   */
  default void visualize(List<NDArray> arrays, Path file, PictureOptions options) {
    if (arrays.isEmpty()) {
      throw new UsageException("visualize: no array is given; a picture needs at least one");
    }
    PictureDrawer.check(file);
    JobPlan job = JobPlan.explained(arrays, self());
    DeviceGroup devices = self().openDevices();
    String host = devices.host().info().name();
    JobPicture.Devices where =
        devices.all().size() == 1
            ? new JobPicture.Devices(stage -> host, "")
            : new JobPicture.Devices(
                new PlacementText(devices, job.plan())::device,
                "devices as for one task alone; each is placed while the job runs");
    PictureDrawer.draw(JobPicture.of(job.roots(), job.plan(), where, options), file, options);
  }
}
