package dev.weft.profile;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.place.Placement;
import dev.weft.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of events written by hand; the stages are those of a real sum over six chunks. */
final class Events {
  private Events() {}

  static List<Stage> stagesOfASum() {
    Timeline timeline = new Timeline();
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withThreads(1).withListener(timeline);
    try (Session session = Session.open(config)) {
      session.arange(12).rechunk(2).sqrt().sum().compute().close();
    }
    return ((JobEvent.Planned) timeline.events().getFirst()).stages();
  }

  /** Two devices, the disk, a refusal, a lost device; then a job of tasks that fails. */
  static List<JobEvent> ofTwoJobs() {
    List<JobEvent> events = new ArrayList<>();
    events.add(new JobEvent.Planned(1, 101_000, stagesOfASum(), 7, 96, 8, 100_000));
    task(
        events,
        0,
        "cpu",
        101_000,
        400_000,
        new Placement("cpu", Placement.Cause.EARLIEST, 0, 3e5, "cuda:0", 4e5));
    task(
        events,
        1,
        "cpu",
        150_000,
        500_001,
        new Placement("cpu", Placement.Cause.EARLIEST, 0, 3e5, "cuda:0", 4e5));
    copy(events, "cpu", "cuda:0", false, 2, 1_000, 200_000, 50_000);
    task(
        events,
        2,
        "cuda:0",
        200_000,
        250_000,
        new Placement("cuda:0", Placement.Cause.EARLIEST, 1_000, 5e4, "cpu", 4e5));
    copy(events, "cpu", "disk", false, 0, 16, 450_000, 40_000);
    copy(events, "disk", "cpu", true, 0, 16, 550_000, 30_000);
    copy(events, "disk", "cpu", true, 5, 32, 560_000, 5_000);
    events.add(new JobEvent.TaskStarted(1, 300_000, 0, 3, "cuda:0"));
    events.add(
        new JobEvent.TaskRefused(
            1, 310_000, 0, 3, "cuda:0", new DeviceException("too <b>large</b>")));
    events.add(new JobEvent.DeviceLost(1, 320_000, "cuda:0", new DeviceException("fell off")));
    task(events, 3, "cpu", 400_000, 600_000, null);
    events.add(new JobEvent.Finished(1, 700_000, null));
    List<JobEvent.Kind> kinds =
        List.of(
            new JobEvent.Kind("download", 2),
            new JobEvent.Kind("</script><script>alert(1)</script>", 1));
    events.add(new JobEvent.TasksPlanned(2, 800_000, kinds, 3, 10_000));
    events.add(new JobEvent.TaskStarted(2, 800_000, 0, 0, "cpu"));
    events.add(
        new JobEvent.TaskRetried(
            2, 850_000, 0, 0, "cpu", 1, new IllegalStateException("no route")));
    events.add(new JobEvent.TaskFinished(2, 900_000, 0, 0, "cpu", 100_000));
    events.add(new JobEvent.TaskStarted(2, 900_000, 1, 0, "cpu"));
    events.add(
        new JobEvent.TaskFailed(
            2, 940_000, 1, 0, "cpu", 2, new IllegalStateException("no <i>number</i>")));
    events.add(
        new JobEvent.Finished(
            2, 950_000, new IllegalStateException("<img src=x onerror=alert(1)>")));
    return events;
  }

  private static void task(
      List<JobEvent> events,
      long chunk,
      String device,
      long begin,
      long end,
      @Nullable Placement placement) {
    events.add(new JobEvent.TaskStarted(1, begin, 0, chunk, 1, device, placement));
    events.add(new JobEvent.TaskFinished(1, end, 0, chunk, device, end - begin));
  }

  private static void copy(
      List<JobEvent> events,
      String from,
      String to,
      boolean toHost,
      long chunk,
      long bytes,
      long end,
      long took) {
    events.add(new JobEvent.CopyStarted(1, end - took, 0, chunk, from, to, toHost, bytes));
    events.add(new JobEvent.CopyFinished(1, end, 0, chunk, from, to, toHost, bytes, took, null));
  }
}
