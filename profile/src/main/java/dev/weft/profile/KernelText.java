package dev.weft.profile;

import dev.weft.core.GeneratedCode;
import dev.weft.core.Session;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel as the report shows it.
 *
 * @param stage number of the stage in the recording
 * @param text the kernel's steps
 * @param code what each device runs for it
 */
record KernelText(int stage, String text, List<GeneratedCode> code) {
  /** Code is long: of more kernels than this only the first are shown. */
  static final int MOST = 60;

  /** The kernels of all stages that have one, numbered as a recording of the events does. */
  static List<KernelText> of(List<JobEvent> events, Session session) {
    List<KernelText> texts = new ArrayList<>();
    int number = 0;
    for (JobEvent event : events) {
      if (event instanceof JobEvent.Planned plan) {
        for (Stage stage : plan.stages()) {
          Kernel kernel = stage.work().kernel();
          if (kernel != null && texts.size() < MOST) {
            texts.add(new KernelText(number, kernel.toString(), session.inspect().code(kernel)));
          }
          number++;
        }
      } else if (event instanceof JobEvent.Began plan) {
        number += plan.kinds().size();
      }
    }
    return texts;
  }
}
