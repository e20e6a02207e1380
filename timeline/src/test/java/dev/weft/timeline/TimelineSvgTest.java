package dev.weft.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.Stage;
import dev.weft.core.place.Placement;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures of event lists written by hand; the stages are those of a real sum over six chunks. */
class TimelineSvgTest {
  private static final Path GOLDEN = Path.of("src/test/resources/timeline/two-devices.svg");
  private static final int MEGABYTE = 1_000_000;

  private final List<JobEvent> events = new ArrayList<>();
  private List<Stage> stages = List.of();

  @BeforeEach
  void planASum() {
    Timeline timeline = new Timeline();
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withThreads(1).withListener(timeline);
    try (Session session = Session.open(config)) {
      session.arange(12).rechunk(2).sqrt().sum().compute().close();
    }
    stages = ((JobEvent.Planned) timeline.events().getFirst()).stages();
    assertThat(stages).hasSize(2);
    assertThat(timeline.toSvg("a real job")).contains("7 tasks on reference");
  }

  @Test
  void twoDevicesAsCommitted() throws Exception {
    plan(1, 100_000);
    task(0, 0, "cpu", 100_000, 400_000);
    task(0, 1, "cpu", 100_000, 500_000);
    copy("cpu", "cuda:0", false, 3, 200_000, 100_000);
    task(0, 3, "cuda:0", 200_000, 250_000);
    copy("cuda:0", "cpu", true, 3, 300_000, 40_000);
    task(0, 2, "cpu", 400_000, 700_000);
    task(1, 0, "cpu", 750_000, 760_000);
    events.add(new JobEvent.Finished(1, 800_000, null));
    String svg = TimelineSvg.of("a < b & \"c\"", events);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, svg);
    }
    assertThat(GOLDEN).content().isEqualTo(svg);
    assertThat(titles(svg))
        .anyMatch(
            title ->
                title.contains("chunk 3\n50.0 µs, from 300 µs to 350 µs")
                    && title.contains("cuda:0: inputs resident, 20.0 us against 0.3 ms on cpu"))
        .anyMatch(
            title -> title.contains("copy to cuda:0: chunk 3 of array 0, 1.0 MiB, 10.5 GB/s"));
    assertThat(texts(svg)).contains("a < b & \"c\"");
    assertThat(parse(svg).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void slotsAreInferredFromOverlaps() {
    plan(1, 0);
    task(0, 0, "cpu", 0, 100);
    task(0, 1, "cpu", 50, 150);
    task(0, 2, "cpu", 100, 200);
    task(0, 3, "cpu", 160, 170);
    List<Lane> lanes = Lane.of(Recording.of(events).spans(), List.of("cpu"));
    assertThat(lanes).hasSize(2);
    assertThat(lanes.get(0).spans()).extracting(TimeSpan::chunk).containsExactly(0L, 2L);
    assertThat(lanes.get(1).spans()).extracting(TimeSpan::chunk).containsExactly(1L, 3L);
    assertThat(lanes.get(1).busy()).isEqualTo(110);
  }

  /** Work is handed out ahead of its slot, so that the device never waits for more. */
  @Test
  void theWaitForASlotIsNeitherALaneNorTime() throws Exception {
    plan(1, 0);
    for (int chunk = 0; chunk < 6; chunk++) {
      events.add(new JobEvent.TaskStarted(1, Math.max(0, chunk - 1) * 100, 0, chunk, "cpu"));
    }
    for (int chunk = 0; chunk < 6; chunk++) {
      events.add(new JobEvent.TaskFinished(1, (chunk + 1) * 100, 0, chunk, "cpu", 100));
    }
    events.add(new JobEvent.Finished(1, 600, null));
    assertThat(Lane.of(Recording.of(events).spans(), List.of("cpu"))).hasSize(1);
    assertThat(texts(TimelineSvg.of("one slot", events))).contains("600 ns", "100 ns", "100 %");
  }

  @Test
  void coloursAreAttributesThatDarkViewersOverride() throws Exception {
    plan(1, 100);
    task(0, 0, "cpu", 0, 100);
    events.add(new JobEvent.TaskStarted(1, 100, 0, 1, "cpu"));
    events.add(new JobEvent.Finished(1, 200, null));
    String svg = TimelineSvg.of("colours", events);
    assertThat(svg)
        .doesNotContain("var(", "href", "<script", "url(", "@import")
        .contains("@media (prefers-color-scheme:dark){", ".ink{fill:#ececec}", ".s0{fill:#3d9bd9}");
    for (String tag : List.of("rect", "text", "path")) {
      NodeList drawn = parse(svg).getElementsByTagName(tag);
      for (int i = 0; i < drawn.getLength(); i++) {
        assertThat(((Element) drawn.item(i)).getAttribute("fill")).startsWith("#");
      }
    }
    NodeList lines = parse(svg).getElementsByTagName("line");
    assertThat(lines.getLength()).isPositive();
    for (int i = 0; i < lines.getLength(); i++) {
      assertThat(((Element) lines.item(i)).getAttribute("stroke")).startsWith("#");
    }
  }

  @Test
  void manyTasksAreMergedAndSaySo() throws Exception {
    plan(1, 0);
    Random random = new Random(1);
    long[] free = new long[8];
    for (int i = 0; i < 30_000; i++) {
      int slot = random.nextInt(free.length);
      long begin = free[slot] + random.nextInt(500);
      free[slot] = begin + 1 + random.nextInt(3000);
      task(random.nextInt(2), i % 6, slot < 4 ? "cpu" : "cuda:0", begin, free[slot]);
      copy("cpu", "cuda:0", false, i % 6, free[slot], 100);
    }
    String svg = TimelineSvg.of("many", events);
    assertThat(svg.length()).isBetween(100_000, MEGABYTE);
    assertThat(texts(svg))
        .anyMatch(text -> text.startsWith("60,000 tasks and copies are too many"));
    long drawn =
        titles(svg).stream()
            .filter(title -> title.contains("tasks"))
            .mapToLong(title -> Long.parseLong(title.split(" ", 2)[0].replace(",", "")))
            .sum();
    long single = titles(svg).stream().filter(title -> title.contains(", chunk ")).count();
    // One more row, where a single task of the sum's end has no chunk number.
    long alone = titles(svg).stream().filter(title -> title.startsWith("combine sum\n")).count();
    assertThat(drawn + single + alone).isEqualTo(30_000);
  }

  @Test
  void noTaskIsLostByMerging() {
    plan(1, 0);
    for (int i = 0; i < 5000; i++) {
      task(0, i % 6, "cpu", i * 10L, i * 10L + 8);
    }
    List<Lane> lanes = Lane.of(Recording.of(events).spans(), List.of("cpu"));
    Box.Merged merged = Box.merge(lanes, 100);
    assertThat(merged.count()).isBetween(50, 100);
    assertThat(merged.lanes().getFirst().stream().mapToInt(box -> box.spans().size()).sum())
        .isEqualTo(5000);
    assertThat(merged.lanes().getFirst().stream().mapToLong(Box::busy).sum()).isEqualTo(40_000);
    assertThat(Box.merge(lanes, 5000).count()).isEqualTo(5000);
  }

  @Test
  void nothingWasComputed() throws Exception {
    assertThat(texts(TimelineSvg.of("", List.of()))).contains("nothing was computed");
    plan(1, 500);
    events.add(new JobEvent.Finished(1, 1000, null));
    assertThat(texts(TimelineSvg.of("no tasks", events))).contains("1.50 µs in all");
  }

  @Test
  void failedJobsShowWhatWasRunning() throws Exception {
    plan(1, 0);
    task(0, 0, "cpu", 10, 20);
    events.add(new JobEvent.TaskStarted(1, 20, 0, 1, "cpu"));
    events.add(new JobEvent.Finished(1, 100, new IllegalStateException("<no> disk\u0007")));
    String svg = TimelineSvg.of("fails", events);
    assertThat(texts(svg)).contains("failed: <no> disk\uFFFD");
    assertThat(titles(svg)).anyMatch(t -> t.contains("80 ns, from 20 ns to 100 ns, not finished"));
  }

  @Test
  void cancelledAndRunningJobs() throws Exception {
    plan(1, 0);
    events.add(new JobEvent.TaskStarted(1, 20, 0, 1, "cpu"));
    assertThat(texts(TimelineSvg.of("runs", events))).contains("20 ns so far, 1 tasks on cpu");
    events.add(new JobEvent.Finished(1, 100, new CancellationException()));
    assertThat(texts(TimelineSvg.of("stops", events))).contains("cancelled");
  }

  @Test
  void lostDevicesAndRefusals() throws Exception {
    plan(1, 0);
    events.add(new JobEvent.TaskStarted(1, 10, 0, 0, "cuda:0"));
    events.add(new JobEvent.TaskStarted(1, 10, 0, 1, "cuda:1"));
    events.add(new JobEvent.TaskRefused(1, 15, 0, 1, "cuda:1", new Exception("no memory")));
    events.add(new JobEvent.DeviceLost(1, 40, "cuda:0", new Exception("gone")));
    task(0, 0, "cpu", 50, 70);
    task(0, 1, "cpu", 70, 90);
    events.add(new JobEvent.Finished(1, 100, null));
    String svg = TimelineSvg.of("goes on", events);
    assertThat(texts(svg)).contains("cuda:0 was lost: gone", "cuda:1 refused a task: no memory");
    assertThat(titles(svg))
        .anyMatch(t -> t.contains("30 ns, from 10 ns to 40 ns, not finished"))
        .anyMatch(t -> t.contains("5 ns, from 10 ns to 15 ns, not finished"));
  }

  @Test
  void severalJobsShareTheAxis() throws Exception {
    plan(1, 0);
    task(0, 0, "cpu", 0, 100);
    events.add(new JobEvent.Finished(1, 100, null));
    events.add(new JobEvent.Planned(2, 200, stages, 7, 0, 0, 50));
    events.add(new JobEvent.TaskStarted(2, 200, 1, 0, "cpu"));
    events.add(new JobEvent.TaskFinished(2, 300, 1, 0, "cpu", 100));
    events.add(new JobEvent.Finished(2, 300, null));
    assertThat(Recording.of(events).spans()).extracting(TimeSpan::stage).containsExactly(0, 3);
    assertThat(texts(TimelineSvg.of("two", events)))
        .contains("300 ns in all, 2 jobs, 2 tasks on cpu");
  }

  private void plan(long job, long planNanos) {
    events.add(new JobEvent.Planned(job, 0, stages, 7, 0, 0, planNanos));
  }

  private void task(int stage, long chunk, String device, long begin, long end) {
    Placement reason = new Placement(device, Placement.Cause.EARLIEST, 0, 20_000, "cpu", 300_000);
    events.add(
        new JobEvent.TaskStarted(
            1, begin, stage, chunk, 1, device, device.equals("cpu") ? null : reason));
    events.add(new JobEvent.TaskFinished(1, end, stage, chunk, device, end - begin));
  }

  private void copy(String from, String to, boolean toHost, long chunk, long end, long took) {
    long bytes = 1 << 20;
    events.add(new JobEvent.CopyStarted(1, end - took, 0, chunk, from, to, toHost, bytes));
    events.add(new JobEvent.CopyFinished(1, end, 0, chunk, from, to, toHost, bytes, took, null));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(String svg) throws Exception {
    return contents(parse(svg).getElementsByTagName("text"));
  }

  private static List<String> titles(String svg) throws Exception {
    return contents(parse(svg).getElementsByTagName("title"));
  }

  private static List<String> contents(NodeList nodes) throws IOException {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      contents.add(((Element) nodes.item(i)).getTextContent());
    }
    return contents;
  }
}
