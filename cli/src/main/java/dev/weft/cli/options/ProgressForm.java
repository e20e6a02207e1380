package dev.weft.cli.options;

import dev.weft.cli.job.ProgressLine;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.error.UsageException;

/** The value of {@code --progress}. */
public final class ProgressForm {
  /** The option. */
  public static final Option OPTION =
      Option.value(
          "FORM",
          "how progress is told: auto (a line on a terminal), plain (a line now and then, for logs), none",
          "--progress");

  private ProgressForm() {}

  /** What is asked for; {@code auto} where nothing is. */
  public static ProgressLine.Form of(Words words) {
    String value = words.has("--progress") ? words.value("--progress") : "auto";
    return switch (value) {
      case "auto" -> ProgressLine.Form.AUTO;
      case "plain" -> ProgressLine.Form.PLAIN;
      case "none" -> ProgressLine.Form.NONE;
      default ->
          throw new UsageException("--progress is '%s'; use auto, plain or none".formatted(value));
    };
  }
}
