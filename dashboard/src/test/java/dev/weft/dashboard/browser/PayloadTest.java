package dev.weft.dashboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.event.JobEvent;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.place.Placement;
import dev.weft.core.watch.DashboardAddress;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.http.LiveDashboard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names and messages of the user are text on the page, whatever they look like. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PayloadTest {
  /** A session in which every text is a payload. */
  private record Hostile(List<String> payloads) implements WatchedSession {
    @Override
    public List<DeviceInfo> devices() {
      List<DeviceInfo> devices = new ArrayList<>();
      for (String text : payloads) {
        devices.add(new DeviceInfo(text, text, 1, 0, Map.of(text, text)));
      }
      return devices;
    }

    @Override
    public Map<String, MemoryUse> memory() {
      return Map.of(payloads.get(1), new MemoryUse(1, 1, 1, 1));
    }

    @Override
    public Map<String, Energy> energy() {
      return Map.of(payloads.get(2), new Energy.NotTold(payloads.get(3)));
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

  private static void happen(LiveDashboard dashboard, List<String> payloads) {
    List<JobEvent.Kind> kinds = payloads.stream().map(text -> new JobEvent.Kind(text, 3)).toList();
    dashboard.on(new JobEvent.TasksPlanned(1, System.nanoTime(), kinds, 3L * kinds.size(), 1));
    for (int i = 0; i < payloads.size(); i++) {
      String text = payloads.get(i);
      Throwable failure = new IllegalStateException(text);
      long now = System.nanoTime();
      Placement placement = new Placement(text, Placement.Cause.EARLIEST, 0, 1, text, 2);
      dashboard.on(new JobEvent.TaskStarted(1, now, i, 0, 1, text, placement));
      dashboard.on(new JobEvent.TaskFinished(1, now, i, 0, text, 1_000_000));
      dashboard.on(new JobEvent.TaskRefused(1, now, i, 1, text, failure));
      dashboard.on(new JobEvent.TaskRetried(1, now, i, 2, text, 1, failure));
      dashboard.on(new JobEvent.TaskFailed(1, now, i, 2, text, 2, failure));
      dashboard.on(
          new JobEvent.CopyFinished(1, now, i, 0, text, text, true, 8, 1_000_000, failure));
      dashboard.on(new JobEvent.DeviceLost(1, now, text, failure));
    }
    dashboard.on(
        new JobEvent.Finished(
            1, System.nanoTime(), new IllegalStateException(payloads.getFirst())));
  }

  @Test
  void noPayloadIsExecuted() {
    List<String> payloads = Payloads.all();
    assertThat(payloads).hasSize(60);
    List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    try (Browsers browsers = Browsers.open();
        LiveDashboard dashboard =
            new LiveDashboard(new Hostile(payloads), DashboardAddress.ofPort(0))) {
      Page page = browsers.browser().newPage();
      page.setDefaultTimeout(Browsers.PATIENCE_MILLIS);
      page.onPageError(complaints::add);
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onDialog(dialog -> complaints.add("a dialog: " + dialog.message()));
      page.navigate(dashboard.link().toString());
      happen(dashboard, payloads);
      assertThat(page.locator("#history tbody td").nth(1)).hasText("failed");
      assertThat(page.locator("#progress tbody tr")).hasCount(payloads.size());
      for (int i = 0; i < payloads.size(); i++) {
        Object shown =
            page.evaluate(
                "i => document.querySelector('#progress').tBodies[0].rows[i].cells[0].textContent",
                i);
        assertThat(shown).isEqualTo(payloads.get(i));
      }
      page.locator("#stream").hover();
      page.locator("#history tbody button").first().click();
      page.locator("#kernels tbody button").first().click();
      assertThat(page.locator("#source")).containsText("launches no kernel");
      Assertions.assertThat(page.evaluate("window.hit")).isNull();
      Assertions.assertThat(
              page.evaluate(
                  "document.querySelectorAll('script:not([src=\"/app.js\"]), iframe, object, embed,"
                      + " video, details, form, input, base, style, a:not(.skip)').length"))
          .as("elements that the page does not have itself")
          .isEqualTo(0);
      // The one answer of 404 is to the question for a kernel that there is none of.
      Assertions.assertThat(complaints).allMatch(text -> text.contains("404"));
    }
  }
}
