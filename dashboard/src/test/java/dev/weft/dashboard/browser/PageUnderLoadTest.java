package dev.weft.dashboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.event.JobEvent;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.watch.DashboardAddress;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.http.LiveDashboard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page that is told of a thousand events a second answers, loses nothing, and stays small. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageUnderLoadTest {
  private static final int EVENTS_PER_SECOND = 1_000;
  private static final int SECONDS = 6;
  private static final int TASKS_OF_A_JOB = 50;
  private static final int JOBS = EVENTS_PER_SECOND * SECONDS / 2 / TASKS_OF_A_JOB;

  /** Each has a name of its own, as far as a job has so many. */
  private static final int KINDS = 5;

  private static final int MOST_NODES = 6_000;
  private static final int CLICKS = 5;

  /** Counts frames of the screen, and measures from a click to the frame that shows what it did. */
  private static final String WATCH =
      """
      () => {
        window.took = [];
        window.frames = 0;
        const count = () => { window.frames++; requestAnimationFrame(count); };
        requestAnimationFrame(count);
        document.getElementById('pause').addEventListener('click', (event) => {
          const before = event.currentTarget.textContent;
          requestAnimationFrame(() => {
            const done = document.getElementById('pause').textContent !== before;
            window.took.push(done ? performance.now() - event.timeStamp : Infinity);
          });
        }, { capture: true });
      }
      """;

  /** A session of two cores of which nothing is asked. */
  private record Quiet() implements WatchedSession {
    @Override
    public List<DeviceInfo> devices() {
      return List.of(new DeviceInfo("cpu", "two cores", 2, 0, Map.of()));
    }

    @Override
    public Map<String, MemoryUse> memory() {
      return Map.of("cpu", new MemoryUse(1, 1, 1, 1 << 20));
    }

    @Override
    public Map<String, Energy> energy() {
      return Map.of();
    }

    @Override
    public Map<String, String> code(Kernel kernel) {
      return Map.of();
    }

    @Override
    public boolean cancel(long job) {
      return false;
    }

    @Override
    public void cancelAll() {}
  }

  /** Jobs of short tasks, one after the other; each tenth task is tried twice. */
  private static void feed(LiveDashboard dashboard) {
    long pause = TimeUnit.SECONDS.toNanos(2) / EVENTS_PER_SECOND;
    long next = System.nanoTime();
    for (int job = 1; job <= JOBS; job++) {
      List<JobEvent.Kind> kinds = new ArrayList<>();
      for (int kind = 0; kind < KINDS; kind++) {
        kinds.add(new JobEvent.Kind("kind " + (kind + KINDS * job), TASKS_OF_A_JOB / KINDS));
      }
      dashboard.on(new JobEvent.TasksPlanned(job, System.nanoTime(), kinds, TASKS_OF_A_JOB, 1));
      for (int task = 0; task < TASKS_OF_A_JOB; task++) {
        int kind = task % KINDS;
        long chunk = task / KINDS;
        long begun = System.nanoTime();
        dashboard.on(new JobEvent.TaskStarted(job, begun, kind, chunk, "cpu"));
        if (task % 10 == 0) {
          Throwable reason = new IllegalStateException("no answer from " + job + " " + task);
          dashboard.on(
              new JobEvent.TaskRetried(job, System.nanoTime(), kind, chunk, "cpu", 1, reason));
        }
        // What was slept too long is made up for.
        next += pause;
        while (System.nanoTime() < next) {
          LockSupport.parkNanos(next - System.nanoTime());
        }
        long now = System.nanoTime();
        dashboard.on(new JobEvent.TaskFinished(job, now, kind, chunk, "cpu", now - begun));
      }
      dashboard.on(new JobEvent.Finished(job, System.nanoTime(), null));
    }
  }

  @Test
  void itAnswersLosesNothingAndStaysSmall() throws InterruptedException {
    List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    try (Browsers browsers = Browsers.open();
        LiveDashboard dashboard = new LiveDashboard(new Quiet(), DashboardAddress.ofPort(0))) {
      Page page = browsers.browser().newPage();
      page.setDefaultTimeout(Browsers.PATIENCE_MILLIS);
      page.onPageError(complaints::add);
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.navigate(dashboard.link().toString());
      page.evaluate(WATCH);
      Thread feeder = Thread.ofPlatform().daemon().start(() -> feed(dashboard));
      assertThat(page.locator("#tile-state")).hasText("running");
      for (int click = 0; click < CLICKS; click++) {
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasText("Go on");
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasText("Pause");
      }
      while ((Integer) page.evaluate("window.took.length") < 2 * CLICKS) {
        page.waitForTimeout(50);
      }
      List<?> took = (List<?>) page.evaluate("window.took");
      System.out.printf(
          "%,d events a second: from a click to its frame %s ms, %s frames%n",
          EVENTS_PER_SECOND, took, page.evaluate("window.frames"));
      // A busy machine may hold up any of them; a page that does not answer holds up all.
      assertThat(
              took.stream().mapToDouble(each -> ((Number) each).doubleValue()).min().orElseThrow())
          .as("milliseconds from a click to the frame that shows what it did")
          .isLessThan(1_000);
      feeder.join();
      long tasks = (long) JOBS * TASKS_OF_A_JOB;
      String all = String.format(Locale.ROOT, "%,d", tasks);
      assertThat(page.locator("#tile-tasks")).hasText(all);
      assertThat(page.locator("#tile-running")).hasText("0");
      assertThat(page.locator("#tile-jobs")).hasText(String.valueOf(JOBS));
      long marks = tasks / 10;
      assertThat(page.locator("#tile-troubles")).hasText(String.format(Locale.ROOT, "%,d", marks));
      // Those that are drawn and those that were left out.
      while (pieces(page) < tasks + marks) {
        page.waitForTimeout(50);
      }
      assertThat(pieces(page)).isEqualTo(tasks + marks);
      Object nodes = page.evaluate("document.getElementsByTagName('*').length");
      System.out.println(nodes + " elements of the page at the end");
      assertThat((Integer) nodes).isLessThan(MOST_NODES);
    }
    assertThat(complaints).as("errors of the page").isEmpty();
  }

  /** What the stream says that it holds, and what it says that was left out. */
  private static long pieces(Page page) {
    String label = page.locator("#stream").getAttribute("aria-label");
    Matcher numbers = Pattern.compile("([0-9,]+) (?=pieces of work|left out)").matcher(label);
    return numbers
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1).replace(",", "")))
        .sum();
  }

  @Test
  void theStreamForgetsTheOldestPieces() {
    try (Browsers browsers = Browsers.open();
        LiveDashboard dashboard = new LiveDashboard(new Quiet(), DashboardAddress.ofPort(0))) {
      Page page = browsers.browser().newPage();
      page.setDefaultTimeout(Browsers.PATIENCE_MILLIS);
      page.navigate(dashboard.link().toString());
      Object most =
          page.evaluate(
              """
              async () => {
                const { Stream } = await import('/stream.js');
                const stream = new Stream();
                let most = 0;
                for (let batch = 0; batch < 200; batch++) {
                  const spans = Array.from({ length: 1000 }, (_, i) =>
                    [batch * 1000 + i + 1, 1, 0, i, 1, 0, 0, batch * 1000 + i, 1, 0, false, null]);
                  stream.add({ last: 0, missed: 0, spans });
                  most = Math.max(most, stream.spans.length);
                }
                return most;
              }
              """);
      assertThat((Integer) most).isBetween(30_000, 36_000);
    }
  }
}
