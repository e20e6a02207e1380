package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of the flight recorder, read back. */
class JfrEventsTest {
  @TempDir private Path folder;

  private interface Work {
    void run() throws Exception;
  }

  private List<RecordedEvent> recorded(Work work) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.weft.Job");
      recording.enable("dev.weft.Task").withoutThreshold();
      recording.enable("dev.weft.Copy").withoutThreshold();
      recording.enable("dev.weft.Problem");
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("dev.weft." + name))
        .toList();
  }

  @Test
  void aRealJobIsRecordedTaskByTask() throws Exception {
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withListener(new JfrEvents());
    List<RecordedEvent> events =
        recorded(
            () -> {
              try (Session session = Session.open(config)) {
                session.arange(100).rechunk(10).sqrt().sum().compute().close();
              }
            });
    RecordedEvent job = named(events, "Job").getFirst();
    assertThat(job.getString("failure")).isEmpty();
    assertThat(job.getDuration("planning").toNanos()).isPositive();
    List<RecordedEvent> tasks = named(events, "Task");
    assertThat(tasks.stream().mapToInt(task -> task.getInt("tasks")).sum())
        .isEqualTo((int) job.getLong("tasks"));
    for (RecordedEvent task : tasks) {
      assertThat(task.getString("device")).isEqualTo("reference");
      assertThat(task.getString("operation")).isNotBlank();
      assertThat(task.getString("problem")).isEmpty();
      assertThat(task.getDuration("running").toNanos()).isPositive();
    }
  }

  @Test
  void copiesAndProblemsAreRecorded() throws Exception {
    JfrEvents listener = new JfrEvents();
    List<RecordedEvent> events = recorded(() -> Events.ofTwoJobs().forEach(listener::on));
    assertThat(named(events, "Copy"))
        .extracting(
            copy ->
                copy.getString("from") + " " + copy.getString("to") + " " + copy.getLong("bytes"))
        .containsExactlyInAnyOrder("cpu cuda:0 1000", "cpu disk 16", "disk cpu 16", "disk cpu 32");
    assertThat(named(events, "Problem"))
        .extracting(problem -> problem.getString("kind"))
        .containsExactlyInAnyOrder("lost", "retried", "failed");
    assertThat(named(events, "Task"))
        .extracting(task -> task.getString("problem"))
        .anyMatch(text -> text.contains("too <b>large</b>"))
        .anyMatch(text -> text.contains("no <i>number</i>"));
    assertThat(named(events, "Job"))
        .extracting(job -> job.getString("failure"))
        .anyMatch(text -> text.contains("onerror"));
  }

  @Test
  void withoutARecordingNothingIsKept() throws Exception {
    JfrEvents listener = new JfrEvents();
    listener.on(new JobEvent.TasksPlanned(1, 0, List.of(new JobEvent.Kind("a", 1)), 1, 0));
    listener.on(new JobEvent.TaskStarted(1, 0, 0, 0, "cpu"));
    List<RecordedEvent> events =
        recorded(() -> listener.on(new JobEvent.TaskFinished(1, 1, 0, 0, "cpu", 1)));
    assertThat(named(events, "Task")).isEmpty();
  }
}
