package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobProgress;
import dev.weft.core.event.Progress;
import dev.weft.core.task.Delayed;
import dev.weft.timeline.Recording;
import dev.weft.timeline.Timeline;
import org.junit.jupiter.api.Test;

/** Tasks in the user's Java have no stages, but names: these are what profiles show. */
class DelayedProfileTest {
  private final Timeline timeline = new Timeline();
  private final Profile profile = new Profile("three tasks");
  private final Progress progress = new Progress();

  @Test
  void tasksAreShownByTheirNames() {
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withListener(timeline)
            .withListener(profile)
            .withListener(progress);
    try (Session session = Session.open(config)) {
      profile.watch(session);
      Delayed<Integer> a = session.delayed(() -> 1).named("load");
      Delayed<Integer> b = session.delayed(() -> 2).named("load");
      int sum = session.delayed(Integer::sum, a, b).named("</script>add").compute();
      assertThat(sum).isEqualTo(3);
      profile.finish();
    }
    Recording recording = Recording.of(timeline.events());
    assertThat(StageTimes.of(recording))
        .extracting(stage -> stage.label() + " " + stage.done() + "/" + stage.tasks())
        .containsExactlyInAnyOrder("load 2/2", "</script>add 1/1");
    JobProgress end = progress.now();
    assertThat(end.tasks()).isEqualTo(3);
    assertThat(end.fraction()).isEqualTo(1);
    assertThat(profile.toHtml())
        .contains("\\u003c/script\\u003eadd")
        .doesNotContain("</script>add");
    assertThat(recording.incidents()).isEmpty();
  }
}
