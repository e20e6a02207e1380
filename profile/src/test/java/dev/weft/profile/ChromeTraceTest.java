package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.RetriedException;
import dev.weft.core.event.JobEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces are read by a JSON parser and compared with the events that they are made of. */
class ChromeTraceTest {
  private static final Set<String> PHASES = Set.of("M", "X", "i", "C");

  @TempDir private Path folder;

  @Test
  void everyEventHasTheFieldsOfItsPhase() throws Exception {
    List<JsonNode> events = trace(Events.ofTwoJobs());
    assertThat(events).extracting(event -> event.get("ph").asString()).contains("M", "X", "i");
    for (JsonNode event : events) {
      assertThat(event.get("name").isString()).isTrue();
      assertThat(PHASES).contains(event.get("ph").asString());
      assertThat(event.get("pid").isIntegralNumber()).isTrue();
      assertThat(event.get("tid").isIntegralNumber()).isTrue();
      assertThat(event.get("ts").isNumber()).isTrue();
      assertThat(event.get("ts").asDouble()).isNotNegative();
      assertThat(event.get("args").isObject()).isTrue();
      if (event.get("ph").asString().equals("X")) {
        assertThat(event.get("dur").asDouble()).isPositive();
      }
    }
  }

  @Test
  void everyLaneHasANameAndItsSpansDoNotOverlap() throws Exception {
    assertLanes(trace(Events.ofTwoJobs()));
  }

  @Test
  void sumsAgreeWithTheEvents() throws Exception {
    List<JsonNode> events = trace(Events.ofTwoJobs());
    List<JsonNode> tasks = of(events, "task");
    // 299 + 350.001 + 50 + 200 done, 10 refused; 100 done and 40 failed in the second job.
    assertThat(tasks.stream().map(ChromeTraceTest::micros).reduce(BigDecimal::add))
        .hasValueSatisfying(sum -> assertThat(sum).isEqualByComparingTo("1049.001"));
    assertThat(of(events, "copy").stream().mapToLong(copy -> copy.at("/args/bytes").asLong()).sum())
        .isEqualTo(1_000 + 16 + 16 + 32);
    assertThat(tasks.stream().filter(task -> !task.at("/args").has("finished"))).hasSize(5);
    assertThat(of(events, "plan"))
        .extracting(ChromeTraceTest::micros)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal(100), new BigDecimal(10));
  }

  @Test
  void problemsAreInstantEventsInWords() throws Exception {
    assertThat(of(trace(Events.ofTwoJobs()), "problem"))
        .extracting(event -> event.get("name").asString() + " " + event.at("/args/text").asString())
        .containsExactly(
            "refused cuda:0 refused a task: too <b>large</b>",
            "lost cuda:0 was lost: fell off",
            "retried attempt 1 failed and was repeated: java.lang.IllegalStateException: no route",
            "task failed failed at the 2. attempt: java.lang.IllegalStateException: no <i>number</i>",
            "failed failed: <img src=x onerror=alert(1)>");
  }

  @Test
  void attemptsOfReadsAndWritesAreCounted() throws Exception {
    Throwable busy = new IOException("busy");
    List<JobEvent> events = new ArrayList<>();
    events.add(new JobEvent.TasksPlanned(1, 1_000, List.of(new JobEvent.Kind("write", 1)), 1, 100));
    events.add(new JobEvent.CopyStarted(1, 2_000, 0, 7, "files", "cpu", true, 80));
    events.add(new JobEvent.CopyRetried(1, 3_000, 0, 7, "files", "cpu", 1, busy));
    events.add(
        new JobEvent.CopyFinished(
            1,
            4_000,
            0,
            7,
            "files",
            "cpu",
            true,
            80,
            1_000,
            new RetriedException("reading failed: busy", 4, busy)));
    events.add(new JobEvent.TaskStarted(1, 5_000, 0, 0, "cpu"));
    events.add(new JobEvent.TaskFailed(1, 6_000, 0, 0, "cpu", 4, busy));
    events.add(new JobEvent.Finished(1, 7_000, new IllegalStateException("why\n  computing: x")));
    assertThat(of(trace(events), "problem"))
        .extracting(event -> event.at("/args/text").asString())
        .containsExactly(
            "attempt 1 failed and was repeated: java.io.IOException: busy",
            "chunk 7 was not copied at the 4. attempt: reading failed: busy",
            "failed at the 4. attempt: java.io.IOException: busy",
            "failed: why");
  }

  @Test
  void placementsAndKindsOfTasksAreNamed() throws Exception {
    List<JsonNode> tasks = of(trace(Events.ofTwoJobs()), "task");
    assertThat(tasks)
        .filteredOn(
            task -> task.at("/args/placement").asString("").contains("against 0.4 ms on cpu"))
        .hasSize(1);
    assertThat(tasks)
        .filteredOn(task -> task.get("pid").asLong() == 2)
        .extracting(task -> task.get("name").asString())
        .containsExactlyInAnyOrder("download", "</script><script>alert(1)</script>");
  }

  @Test
  void aRealJobHasAllItsTasksAndItsMemory() throws Exception {
    Profile profile = new Profile("a real job");
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withThreads(2).withListener(profile);
    try (Session session = Session.open(config)) {
      profile.watch(session);
      session.arange(1000).rechunk(10).sqrt().sum().compute().close();
      profile.finish();
    }
    Path file = folder.resolve("trace.json");
    profile.writeTrace(file);
    List<JsonNode> events = read(file);
    assertLanes(events);
    assertThat(of(events, "task").stream().mapToInt(task -> task.at("/args/tasks").asInt()).sum())
        .isEqualTo(of(events, "plan").getFirst().at("/args/tasks").asInt());
    assertThat(events)
        .filteredOn(event -> event.get("ph").asString().equals("C"))
        .extracting(event -> event.get("name").asString())
        .contains("memory of reference", "memory of disk");
  }

  private static void assertLanes(List<JsonNode> events) {
    Map<List<Long>, List<JsonNode>> lanes = new HashMap<>();
    Set<List<Long>> named = new HashSet<>();
    for (JsonNode event : events) {
      List<Long> lane = List.of(event.get("pid").asLong(), event.get("tid").asLong());
      switch (event.get("ph").asString()) {
        case "X" -> lanes.computeIfAbsent(lane, key -> new ArrayList<>()).add(event);
        case "M" -> named.add(lane);
        default -> {}
      }
    }
    assertThat(named).containsAll(lanes.keySet());
    lanes.forEach(
        (lane, spans) -> {
          spans.sort(Comparator.comparing(span -> span.get("ts").decimalValue()));
          for (int i = 1; i < spans.size(); i++) {
            JsonNode before = spans.get(i - 1);
            assertThat(before.get("ts").decimalValue().add(micros(before)))
                .isLessThanOrEqualTo(spans.get(i).get("ts").decimalValue());
          }
        });
  }

  private List<JsonNode> trace(List<JobEvent> events) throws Exception {
    Profile profile = new Profile("two jobs");
    events.forEach(profile::on);
    Path file = folder.resolve("trace.json");
    profile.writeTrace(file);
    return read(file);
  }

  private static List<JsonNode> read(Path file) {
    JsonNode trace = JsonMapper.shared().readTree(file.toFile());
    assertThat(trace.at("/otherData/program").asString()).isEqualTo("weft");
    List<JsonNode> events = new ArrayList<>();
    trace.get("traceEvents").forEach(events::add);
    return events;
  }

  private static List<JsonNode> of(List<JsonNode> events, String category) {
    return events.stream()
        .filter(event -> event.has("cat") && event.get("cat").asString().equals(category))
        .toList();
  }

  private static BigDecimal micros(JsonNode event) {
    return event.get("dur").decimalValue();
  }
}
