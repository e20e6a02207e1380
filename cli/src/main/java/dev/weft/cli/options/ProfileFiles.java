package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.profile.JfrEvents;
import dev.weft.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code --profile} and {@code --trace}: written when the work is over, however it
 * ended.
 */
public final class ProfileFiles implements AutoCloseable {
  /** The options that ask for them. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.value(
              "FILE",
              "also write a report of what ran where, for how long and why: one HTML file",
              "--profile"),
          Option.value(
              "FILE",
              "also write what ran where and when as a trace (.json) for ui.perfetto.dev",
              "--trace"));

  private final @Nullable Path report;
  private final @Nullable Path trace;
  private final Profile profile;
  private @Nullable Session session;
  private List<NDArray> arrays = List.of();

  private ProfileFiles(@Nullable Path report, @Nullable Path trace, String title) {
    this.report = report;
    this.trace = trace;
    this.profile = new Profile(title);
  }

  /** Writes nothing where neither option was given. */
  public static ProfileFiles of(Words words, String title) {
    return new ProfileFiles(file(words, "--profile"), file(words, "--trace"), title);
  }

  /** Looked at before the work begins, which may take long. */
  private static @Nullable Path file(Words words, String option) {
    if (!words.has(option)) {
      return null;
    }
    Path path = Path.of(words.value(option));
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "%s %s: the folder %s does not exist; make it, or name a file in another"
              .formatted(option, path, folder));
    }
    if (Files.isDirectory(path)) {
      throw new UsageException("%s %s: this is a folder; name a file".formatted(option, path));
    }
    return path;
  }

  private boolean isWanted() {
    return report != null || trace != null;
  }

  /**
   * The settings of a session that is profiled. A JVM that was started with a recording of the
   * flight recorder gets its events without being asked.
   */
  public SessionConfig listen(SessionConfig config) {
    SessionConfig heard = isWanted() ? config.withListener(profile) : config;
    return FlightRecorder.isInitialized() ? heard.withListener(new JfrEvents()) : heard;
  }

  /** The session that is profiled, and what it is about to compute. */
  public void watch(Session open, List<NDArray> wanted) {
    if (isWanted()) {
      session = open;
      arrays = wanted;
      profile.watch(open);
    }
  }

  /** Writes the files; the session is open still. */
  @Override
  public void close() {
    Session open = session;
    if (open == null) {
      // Nothing was about to be computed: there is nothing to tell.
      return;
    }
    if (report != null) {
      profile.explained(plan(open));
    }
    profile.finish();
    try {
      if (report != null) {
        profile.writeReport(report);
      }
      if (trace != null) {
        profile.writeTrace(trace);
      }
    } catch (IOException e) {
      throw new DeviceException("write the profile: %s; write it elsewhere".formatted(e), e);
    }
  }

  /** After the job, so that its kernels are compiled when it runs them and not before. */
  private String plan(Session open) {
    try {
      return open.explain(arrays);
    } catch (WeftException e) {
      return "cannot be told: " + e.getMessage();
    }
  }
}
