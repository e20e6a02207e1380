package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in Chromium and compares what the page shows with the events behind it. */
class ReportInBrowserTest {
  private static final Pattern ROW = Pattern.compile("<tr>(<td.*?)</tr>", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("data-value=\"([0-9.]+)\"");

  @TempDir private Path folder;

  @Test
  void aRealJobIsShownAsItRan() throws Exception {
    Profile profile = new Profile("sqrt(x).sum()");
    List<JobEvent> events = new ArrayList<>();
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withListener(profile)
            .withListener(
                event -> {
                  synchronized (events) {
                    events.add(event);
                  }
                });
    try (Session session = Session.open(config)) {
      profile.watch(session);
      var sum = session.arange(4000).rechunk(100).sqrt().sum();
      sum.compute().close();
      profile.explained(session.explain(List.of(sum)));
      profile.finish();
    }
    String dom = show(profile);
    long tasks = ((JobEvent.Planned) events.getFirst()).tasks();
    assertThat(text(dom, "facts")).contains(tasks + " tasks done");
    long shown = 0;
    double nanos = 0;
    for (String row : rows(dom, "stages")) {
      List<Double> numbers = numbers(row);
      nanos += numbers.get(0);
      shown += numbers.get(2).longValue();
    }
    assertThat(shown).isEqualTo(tasks);
    long took =
        events.stream()
            .filter(JobEvent.TaskFinished.class::isInstance)
            .mapToLong(event -> ((JobEvent.TaskFinished) event).took())
            .sum();
    // A task that waited less than it is told to have taken begins no earlier than it was started.
    assertThat(nanos).isPositive().isLessThanOrEqualTo(took);
    assertThat(text(dom, "kernels")).contains("generated for reference");
    assertThat(text(dom, "plan")).contains("planned in");
    assertThat(text(dom, "memory")).contains("reference");
    assertThat(dom).contains("aria-label=\"Task stream with ");
    assertThat(dom).contains("<section id=\"problems\" hidden");
  }

  @Test
  void failuresAreShownAndHostileNamesAreText() throws Exception {
    String name =
        "<img src=x onerror=\"document.title='owned'\"></script><script>alert(1)</script>";
    Profile profile = new Profile(name);
    Events.ofTwoJobs().forEach(profile::on);
    profile.explained("<b id=planted>plan</b>");
    String dom = show(profile);
    assertThat(text(dom, "problems"))
        .contains("cuda:0 refused a task: too &lt;b&gt;large&lt;/b&gt;")
        .contains("failed at the 2. attempt: java.lang.IllegalStateException: no &lt;i&gt;number")
        .contains("failed: &lt;img src=x onerror=alert(1)&gt;");
    assertThat(rows(dom, "problems")).hasSize(5);
    assertThat(text(dom, "title")).contains("&lt;img src=x");
    assertThat(text(dom, "legend"))
        .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; (job 2)");
    assertThat(dom).doesNotContain("<img", "<b id=", "<title>owned");
    assertThat(dom.split("<script", -1)).hasSize(3);
    assertThat(numbers(rows(dom, "bytes").get(2))).containsExactly(16.0, 16.0);
  }

  private String show(Profile profile) throws Exception {
    Optional<Chromium> browser = Chromium.find();
    assumeTrue(browser.isPresent(), "not run: there is no Chromium; apt-get install chromium");
    Path page = folder.resolve("report.html");
    profile.writeReport(page);
    return browser.get().dom(page, folder);
  }

  /** The markup of an element with an id, up to the next section. */
  private static String element(String dom, String id) {
    int begin = dom.indexOf(" id=\"" + id + "\"");
    assertThat(begin).as("the page has " + id).isPositive();
    int end = dom.indexOf("<section", begin);
    return dom.substring(begin, end < 0 ? dom.indexOf("</main>", begin) : end);
  }

  private static String text(String dom, String id) {
    return element(dom, id).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }

  private static List<String> rows(String dom, String id) {
    return ROW.matcher(element(dom, id)).results().map(MatchResult::group).toList();
  }

  private static List<Double> numbers(String row) {
    return NUMBER.matcher(row).results().map(match -> Double.valueOf(match.group(1))).toList();
  }
}
