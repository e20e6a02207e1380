package dev.weft.profile;

import dev.weft.core.Session;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.timeline.Recording;
import dev.weft.timeline.Timeline;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Records what a session does, to write it as a report or as a trace.
 *
 * <pre>{@code
 * Profile profile = new Profile("a mean");
 * try (Session session = Session.open(SessionConfig.defaults().withListener(profile))) {
 *   profile.watch(session);
 *   ...
 *   profile.finish();
 * }
 * profile.writeReport(Path.of("report.html"));
 * profile.writeTrace(Path.of("trace.json"));
 * }</pre>
 *
 * <p>Keeps some 100 bytes for each task. Safe for many threads.
 */
public final class Profile implements EventListener {
  private final String title;
  private final Timeline timeline = new Timeline();
  private final MemorySamples memory = new MemorySamples();
  private volatile @Nullable Session session;
  private String plan = "";
  private List<KernelText> kernels = List.of();

  /**
   * A profile of nothing yet.
   *
   * @param title what is computed, for people
   */
  public Profile(String title) {
    this.title = title;
  }

  /** From now on samples the memory of a session, the one that it listens to. */
  public void watch(Session open) {
    session = open;
    sample(System.nanoTime(), true);
  }

  /** Keeps the text of {@link Session#explain}, which the report shows as the plan. */
  public synchronized void explained(String text) {
    plan = text;
  }

  @Override
  public void on(JobEvent event) {
    timeline.on(event);
    sample(event.nanos(), event instanceof JobEvent.Finished);
  }

  /**
   * Reads the kernels' code from the session, and samples no more: called before the session is
   * closed. A profile that was never finished has no code of kernels.
   */
  public void finish() {
    Session open = session;
    if (open != null) {
      sample(System.nanoTime(), true);
      List<KernelText> texts = KernelText.of(timeline.events(), open);
      synchronized (this) {
        kernels = texts;
      }
      session = null;
    }
  }

  private void sample(long nanos, boolean always) {
    Session open = session;
    if (open == null) {
      return;
    }
    synchronized (memory) {
      if (always || memory.isDue(nanos)) {
        memory.add(nanos, open.inspect().memory());
      }
    }
  }

  private List<MemorySamples.Sample> samples() {
    synchronized (memory) {
      return memory.all();
    }
  }

  /**
   * Writes a trace in the Chrome trace event format, which Perfetto and chrome://tracing open.
   *
   * @throws IOException when the file cannot be written
   */
  public void writeTrace(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      new ChromeTrace(title, Recording.of(timeline.events()), samples()).write(out);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Writes the report: one HTML file that needs nothing else and opens without a network.
   *
   * @throws IOException when the file cannot be written
   */
  public void writeReport(Path file) throws IOException {
    Files.writeString(file, toHtml());
  }

  /** The text of the report. */
  public synchronized String toHtml() {
    Recording recording = Recording.of(timeline.events());
    return ReportPage.of(ReportData.of(title, recording, samples(), kernels, plan));
  }
}
