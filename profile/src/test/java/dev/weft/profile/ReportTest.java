package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.event.JobEvent;
import dev.weft.timeline.Recording;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the report says of events written by hand, and that names in it are data only. */
class ReportTest {
  private final List<JobEvent> events = Events.ofTwoJobs();

  private ReportData data() {
    return ReportData.of("two jobs", Recording.of(events), List.of(), List.of(), "");
  }

  @Test
  void timesOfOperationsAreThoseOfTheEvents() {
    List<StageTimes> stages = data().stages();
    assertThat(stages).extracting(StageTimes::job).containsExactly(1L, 1L, 2L, 2L);
    StageTimes first = stages.getFirst();
    assertThat(first.done()).isEqualTo(4);
    assertThat(first.nanos()).isEqualTo(299_000 + 350_001 + 50_000 + 200_000 + 10_000);
    assertThat(first.longest()).isEqualTo(350_001);
    assertThat(first.byDevice()).isEqualTo(Map.of("cpu", 3L, "cuda:0", 1L));
    assertThat(stages.get(2).label()).isEqualTo("download");
    assertThat(stages.get(2).tasks()).isEqualTo(2);
    assertThat(stages.get(2).done()).isEqualTo(1);
  }

  @Test
  void bytesAreSplitIntoCopiesSpillAndReading() {
    assertThat(data().bytes())
        .isEqualTo(new CopiedBytes(96, Map.of("cuda:0", 1_000L), Map.of(), 16, 16, 32));
  }

  @Test
  void useOfDevicesAddsUpToTheTimesOfTheirTasks() {
    ReportData data = data();
    double width = (double) data.nanos() / DeviceUse.BINS;
    for (DeviceUse use : data.uses()) {
      double nanos = 0;
      for (double value : use.use()) {
        assertThat(value).isBetween(0.0, use.lanes() + 1e-9);
        nanos += value * width;
      }
      long busy =
          data.lanes().stream()
              .filter(lane -> lane.name().startsWith(use.name()))
              .mapToLong(LaneBoxes::busy)
              .sum();
      assertThat(nanos).isCloseTo(busy, within(1.0));
    }
    assertThat(data.uses()).extracting(DeviceUse::name).contains("cpu", "to cuda:0", "from disk");
  }

  @Test
  void slowestTasksComeFirstWithTheirReason() {
    List<SlowTask> slowest = data().slowest();
    assertThat(slowest)
        .extracting(SlowTask::nanos)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(slowest.getFirst().chunk()).isEqualTo(1);
    assertThat(slowest.getFirst().reason()).contains("inputs resident").contains("on cuda:0");
  }

  @Test
  void placementsOfOneCauseAreOneRow() {
    assertThat(data().placements())
        .extracting(row -> row.device() + " " + row.tasks() + " " + row.moved())
        .containsExactlyInAnyOrder("cpu 2 0", "cuda:0 1 1000");
  }

  @Test
  void failuresAreTold() {
    assertThat(data().problems())
        .extracting(problem -> problem.kind() + " " + problem.job())
        .containsExactly("refused 1", "lost 1", "retried 2", "task failed 2", "failed 2");
    assertThat(data().problems().getFirst().chunk()).isEqualTo(3);
    assertThat(data().problems().get(3).text())
        .isEqualTo("failed at the 2. attempt: java.lang.IllegalStateException: no <i>number</i>");
    assertThat(data().jobs().getLast().failure()).isEqualTo("failed: <img src=x onerror=alert(1)>");
  }

  @Test
  void theFileNeedsNothingElseAndItsPolicyAllowsNothingElse() throws Exception {
    String html = ReportPage.of(data());
    assertThat(html)
        .doesNotContain("http://localhost", "https://", "src=\"", "href=", "@import", "url(");
    String script = between(html, "<script>", "</script>");
    assertThat(html)
        .contains("default-src 'none'; script-src 'sha256-" + digest(script) + "'")
        .contains("style-src 'sha256-" + digest(between(html, "<style>", "</style>")) + "'");
  }

  @Test
  void hostileNamesCannotEndTheData() {
    String name = "</script><script>alert(1)</script><!-- & \u2028 @SCRIPT@ @POLICY@";
    String html =
        ReportPage.of(
            ReportData.of(name, Recording.of(events), List.of(), List.of(), "<b>plan</b>"));
    String json = between(html, "id=\"data\">", "</script>");
    assertThat(json).doesNotContain("<", ">", "&");
    JsonNode read = JsonMapper.shared().readTree(json);
    assertThat(read.get("title").asString()).isEqualTo(name);
    assertThat(read.get("plan").asString()).isEqualTo("<b>plan</b>");
    assertThat(html.split("<script", -1)).hasSize(3);
  }

  private static String between(String text, String from, String to) {
    int begin = text.indexOf(from) + from.length();
    return text.substring(begin, text.indexOf(to, begin));
  }

  private static String digest(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
