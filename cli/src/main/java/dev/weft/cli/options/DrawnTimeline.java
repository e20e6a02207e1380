package dev.weft.cli.options;

import dev.weft.core.SessionConfig;
import dev.weft.timeline.Timeline;
import org.jspecify.annotations.Nullable;

/** The picture of {@code --timeline}: drawn when the work is over, however it ended. */
public final class DrawnTimeline implements AutoCloseable {
  private static final String OPTION = "--timeline";

  private final @Nullable SvgFile file;
  private final String title;
  private final @Nullable Timeline timeline;

  private DrawnTimeline(@Nullable SvgFile file, String title) {
    this.file = file;
    this.title = title;
    this.timeline = file == null ? null : new Timeline();
  }

  /** Draws nothing where the option was not given. */
  public static DrawnTimeline of(Words words, String title) {
    return new DrawnTimeline(
        words.has(OPTION) ? SvgFile.of(OPTION, words.value(OPTION)) : null, title);
  }

  /** The settings of a session that is drawn. */
  public SessionConfig listen(SessionConfig config) {
    return timeline == null ? config : config.withListener(timeline);
  }

  @Override
  public void close() {
    if (timeline != null && file != null) {
      file.write(timeline.toSvg(title));
    }
  }
}
