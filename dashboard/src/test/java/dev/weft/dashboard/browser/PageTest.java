package dev.weft.dashboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.TaskFunction;
import dev.weft.core.task.TaskFuture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a real browser, each panel shows what a real job did. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private Browsers browsers;
  private Session session;
  private Page page;

  @BeforeEach
  void open() {
    browsers = Browsers.open();
    SessionConfig config = SessionConfig.defaults().withDashboard(0).withListener(events::add);
    session = Session.open(config, new ReferenceDevice(256 << 20));
    page = browsers.browser().newPage();
    page.setDefaultTimeout(Browsers.PATIENCE_MILLIS);
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.navigate(session.dashboard().orElseThrow().toString());
  }

  @AfterEach
  void close() {
    if (session != null) {
      session.close();
      browsers.close();
      Assertions.assertThat(complaints).as("errors of the page").isEmpty();
    }
  }

  private Locator rows(String table) {
    return page.locator("#" + table + " tbody tr");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private long tasksDone() {
    synchronized (events) {
      return events.stream()
          .filter(JobEvent.TaskFinished.class::isInstance)
          .mapToLong(event -> ((JobEvent.TaskFinished) event).tasks())
          .sum();
    }
  }

  private long pieces() {
    synchronized (events) {
      return events.stream().filter(JobEvent.TaskFinished.class::isInstance).count();
    }
  }

  private JobEvent.Planned plan() {
    return (JobEvent.Planned) events.getFirst();
  }

  private NDArray cut() {
    return session.random(7).uniform(40_000).rechunk(ChunkSpec.of(1_000));
  }

  private void work() {
    NDArray x = cut();
    session.compute(x.multiply(x).sqrt().mean(), x.cumsum(0).max()).forEach(HostArray::close);
  }

  @Test
  void eachPanelShowsWhatTheJobDid() {
    work();
    assertThat(page.locator("#tile-tasks")).hasText(number(tasksDone()));
    assertThat(page.locator("#tile-jobs")).hasText("1");
    var stages = plan().stages();
    assertThat(rows("progress")).hasCount(stages.size());
    assertThat(rows("kernels")).hasCount(stages.size());
    for (int i = 0; i < stages.size(); i++) {
      String tasks = number(stages.get(i).iteration().count());
      Locator row = rows("progress").nth(i);
      assertThat(row.locator("td").first()).hasText(stages.get(i).label());
      assertThat(row.locator("td").last()).hasText(tasks + " / " + tasks);
      assertThat(row.locator(".bar")).hasAttribute("aria-valuenow", tasks.replace(",", ""));
      assertThat(rows("kernels").nth(i).locator("td").nth(2)).hasText(tasks);
    }
    assertThat(page.locator("#graph g")).hasCount(stages.size());
    assertThat(page.locator("#graph g .count").first())
        .hasText("%s of %1$s".formatted(number(stages.getFirst().iteration().count())));
    assertThat(page.locator("#stream"))
        .hasAttribute("aria-label", Pattern.compile(".* " + number(pieces()) + " pieces of .*"));
    assertThat(rows("history").locator("td").nth(1)).hasText("done");
    assertThat(rows("troubles")).hasText("Nothing has gone wrong.");
    assertThat(rows("placements")).containsText("only one device");
    assertThat(rows("devices").locator("td").last()).hasText(number(tasksDone()));
    assertThat(rows("memory").first().locator("td").last()).containsText("256 MiB");
    assertThat(rows("bytes").first()).containsText("sources");
    assertThat(rows("log").first()).containsText("job 1 is done");
    assertThat(rows("machine").first()).containsText("system");
    assertThat(page.locator(".chart canvas")).hasCount(3);
    Assertions.assertThat(page.url()).as("the token is gone").endsWith("/");
  }

  @Test
  void aKernelShowsItsSourceAndOldJobsCanBeSeen() {
    work();
    session.compute(cut().max()).forEach(HostArray::close);
    assertThat(page.locator("#tile-jobs")).hasText("2");
    rows("history").nth(1).locator("button").click();
    assertThat(page.locator("#job-title")).containsText("job 1: done");
    assertThat(rows("progress")).hasCount(plan().stages().size());
    rows("kernels").first().locator("button").click();
    assertThat(page.locator("#source")).containsText("%0");
    assertThat(page.locator("#source")).containsText("reference runs");
    page.locator("#live").click();
    assertThat(page.locator("#job-title")).containsText("job 2: done");
  }

  @Test
  void pausingHoldsThePageAndNotTheJob() {
    Semaphore gate = new Semaphore(0);
    NDArray slow =
        session
            .random(1)
            .uniform(6)
            .rechunk(ChunkSpec.of(1))
            .map(
                value -> {
                  gate.acquireUninterruptibly();
                  return value;
                });
    Job job = session.start(List.of(slow));
    assertThat(page.locator("#tile-state")).hasText("running");
    gate.release(2);
    page.locator("#pause").click();
    assertThat(page.locator("#pause")).hasText("Go on");
    String before = page.locator("#history").textContent();
    gate.release(100);
    job.await().forEach(HostArray::close);
    page.waitForTimeout(1_500);
    Assertions.assertThat(page.locator("#history").textContent()).isEqualTo(before);
    page.locator("#pause").click();
    assertThat(rows("history").locator("td").nth(1)).hasText("done");
    assertThat(page.locator("#tile-tasks")).hasText(number(tasksDone()));
  }

  @Test
  void theStreamIsMovedAndZoomedByKeysAndButtons() {
    work();
    Locator stream = page.locator("#stream");
    assertThat(stream).hasAttribute("aria-label", Pattern.compile(".*; 10.00 s until .*"));
    page.locator("#zoom-in").click();
    assertThat(stream).hasAttribute("aria-label", Pattern.compile(".*; 5.00 s until .*"));
    stream.focus();
    page.keyboard().press("-");
    assertThat(stream).hasAttribute("aria-label", Pattern.compile(".*; 10.00 s until .*"));
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("#follow")).hasAttribute("aria-pressed", "false");
    page.keyboard().press("End");
    assertThat(page.locator("#follow")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void aFailingJobShowsItsError() {
    NDArray failing =
        cut()
            .map(
                value -> {
                  throw new IllegalStateException("sensor 7 has sent no number");
                });
    Assertions.assertThatThrownBy(() -> session.compute(failing))
        .hasMessageContaining("sensor 7 has sent no number");
    assertThat(rows("history").locator("td").nth(1)).hasText("failed");
    assertThat(rows("history").locator("td").last()).containsText("sensor 7 has sent no number");
    assertThat(rows("troubles").first()).containsText("sensor 7 has sent no number");
    // Its tasks, of which several may have run at the time, and the job.
    long failures = events.stream().filter(JobEvent.TaskFailed.class::isInstance).count();
    Assertions.assertThat(failures).isPositive();
    assertThat(rows("troubles")).hasCount((int) failures + 1);
    assertThat(rows("troubles").last().locator("td").nth(2)).hasText("failed");
    assertThat(rows("troubles").last()).containsText("on reference, chunk");
    assertThat(page.locator("#tile-troubles")).hasText(number(failures + 1));
    assertThat(page.locator("#tile-running")).hasText("0");
  }

  /** How many columns of pixels of the first lane are painted. */
  private static final String PAINTED =
      """
      () => {
        const canvas = document.getElementById('stream');
        const left = Math.ceil(140 * (devicePixelRatio || 1));
        const y = Math.round(11 * (devicePixelRatio || 1));
        const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        copy.canvas.width = canvas.width;
        copy.drawImage(canvas, 0, -y);
        const pixels = copy.getImageData(left, 0, canvas.width - left, 1).data;
        const painted = [];
        const lane = [pixels[0], pixels[1], pixels[2]];
        for (let i = 0; i < pixels.length; i += 4) {
          if (lane.some((value, k) => pixels[i + k] !== value)) painted.push(i);
        }
        return painted.length;
      }
      """;

  @Test
  void aTaskThatRunsIsDrawnAndGrowsUntilItEnds() {
    Semaphore gate = new Semaphore(0);
    NDArray slow =
        session
            .random(1)
            .uniform(1)
            .map(
                value -> {
                  gate.acquireUninterruptibly();
                  return value;
                });
    Job job = session.start(List.of(slow));
    try {
      theBarGrows();
    } finally {
      gate.release(100);
    }
    job.await().forEach(HostArray::close);
    assertThat(page.locator("#stream"))
        .hasAttribute(
            "aria-label", Pattern.compile(".*: " + pieces() + " pieces of work in 1 lanes; .*"));
    assertThat(page.locator("#tile-running")).hasText("0");
    assertThat(rows("devices").first().locator("td").nth(2)).hasText("0");
  }

  private void theBarGrows() {
    assertThat(page.locator("#stream"))
        .hasAttribute("aria-label", Pattern.compile(".*, 1 of them open; .*"));
    assertThat(page.locator("#tile-running")).hasText("1");
    assertThat(rows("devices").first().locator("td").nth(2)).hasText("1");
    // A minute is shown, in some 1,100 columns; then the bar is as long as the lane.
    for (int i = 0; i < 3; i++) {
      page.locator("#zoom-out").click();
    }
    int painted = (Integer) page.evaluate(PAINTED);
    int later = painted;
    for (int tries = 0; tries < 1_200 && later < painted + 10; tries++) {
      page.waitForTimeout(50);
      later = (Integer) page.evaluate(PAINTED);
    }
    Assertions.assertThat(later).as("columns of the bar").isGreaterThanOrEqualTo(painted + 10);
    page.setViewportSize(1440, 1000);
    shoot("running");
  }

  @Test
  void oneJobIsCancelledFromThePageAndTheOtherGoesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    TaskFunction.Of0<Boolean> wait =
        () -> {
          begun.countDown();
          return end.await(1, TimeUnit.DAYS);
        };
    TaskFuture<Boolean> first = session.delayed(wait).blocking().named("first").submit();
    TaskFuture<Boolean> second = session.delayed(wait).blocking().named("second").submit();
    begun.await();
    assertThat(rows("history")).hasCount(2);
    Locator cancel = page.getByLabel("Cancel job 1", new Page.GetByLabelOptions().setExact(true));
    List<String> questions = new ArrayList<>();
    page.onDialog(
        dialog -> {
          questions.add(dialog.message());
          dialog.accept();
        });
    page.waitForResponse("**/api/jobs/1/cancel", cancel::click);
    assertThat(rows("history").nth(1).locator("td").nth(1)).hasText("cancelled");
    assertThat(rows("history").nth(0).locator("td").nth(1)).hasText("running");
    Assertions.assertThat(questions).containsExactly("Cancel job 1?");
    Assertions.assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
    end.countDown();
    Assertions.assertThat(second.get()).isTrue();
    assertThat(rows("history").nth(0).locator("td").nth(1)).hasText("done");
    assertThat(page.locator("#history button.danger")).hasCount(0);
  }

  @Test
  void kindsOfTasksAreJoinedByArrows() {
    List<Delayed<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(session.delayed(() -> 1).named("load"));
    }
    Delayed<Integer> left = session.delayed(Integer::sum, parts.get(0), parts.get(1)).named("add");
    Delayed<Integer> right = session.delayed(Integer::sum, parts.get(2), parts.get(3)).named("add");
    Delayed<Integer> sum = session.delayed(Integer::sum, left, right).named("add");
    session.delayed(value -> "sum " + value, sum).named("tell").compute();
    assertThat(rows("history").locator("td").nth(1)).hasText("done");
    assertThat(page.locator("#graph g")).hasCount(3);
    // From load to add, from add to itself, and from add to tell.
    assertThat(page.locator("#graph .edge")).hasCount(3);
    assertThat(page.locator("#graph .edge[marker-end='url(#arrow)']")).hasCount(3);
    page.locator("#graph")
        .screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve("arrows.png")));
  }

  @Test
  void jobsAreCancelledFromThePage() {
    Semaphore gate = new Semaphore(0);
    NDArray slow =
        session
            .random(1)
            .uniform(6)
            .rechunk(ChunkSpec.of(1))
            .map(
                value -> {
                  gate.acquireUninterruptibly();
                  return value;
                });
    Job job = session.start(List.of(slow));
    assertThat(page.locator("#tile-state")).hasText("running");
    page.onDialog(dialog -> dialog.accept());
    page.waitForResponse("**/api/cancel", () -> page.locator("#cancel").click());
    gate.release(100);
    Assertions.assertThatThrownBy(job::await).isInstanceOf(CancellationException.class);
    assertThat(rows("history").locator("td").nth(1)).hasText("cancelled");
  }

  @Test
  void itFitsLightDarkAndAPhone() {
    work();
    assertThat(rows("history").locator("td").nth(1)).hasText("done");
    page.setViewportSize(1440, 1000);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String name = scheme.name().toLowerCase(Locale.ROOT);
      assertThat(page.locator("html")).hasAttribute("data-theme", name);
      shoot(name);
    }
    page.setViewportSize(390, 844);
    shoot("phone");
    Assertions.assertThat(
            page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing sticks out at the side")
        .isEqualTo(true);
  }

  private void shoot(String name) {
    // Two frames of the screen: charts have their new colours and widths.
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
