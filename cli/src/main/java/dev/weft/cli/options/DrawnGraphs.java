package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.core.picture.PictureDrawer;
import dev.weft.core.picture.PictureFormat;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.core.picture.PictureOptions.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The pictures of {@code weft explain}: one for each of {@code --svg}, {@code --png} and {@code
 * --dot}.
 */
public final class DrawnGraphs {
  private static final String VIEW = "--view";
  private static final String COLOR = "--color";

  /** The options that ask for pictures. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.value("FILE", "also draw the graphs: an SVG file", option(PictureFormat.SVG)),
          Option.value("FILE", "the same as a PNG file", option(PictureFormat.PNG)),
          Option.value("FILE", "the same as a DOT file, for Graphviz", option(PictureFormat.DOT)),
          new Option(
              List.of(VIEW),
              "VIEW",
              true,
              "what is drawn: expression, stages or tasks; may be repeated, all if left out"),
          Option.value("WHAT", "what colours tell: kind (of work) or device", COLOR));

  private final List<Path> files;
  private final PictureOptions options;

  private DrawnGraphs(List<Path> files, PictureOptions options) {
    this.files = files;
    this.options = options;
  }

  private static String option(PictureFormat format) {
    return "--" + format.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is asked for, looked at before the work begins; draws nothing where nothing is.
   *
   * @param title what stands above the graphs
   */
  public static DrawnGraphs of(Words words, String title) {
    List<Path> files = new ArrayList<>();
    for (PictureFormat format : PictureFormat.values()) {
      String option = option(format);
      if (words.has(option)) {
        files.add(file(option, words.value(option), format));
      }
    }
    if (files.isEmpty() && (words.has(VIEW) || words.has(COLOR))) {
      throw new UsageException(
          "%s says how a picture looks; ask for one with --svg FILE, --png FILE or --dot FILE"
              .formatted(words.has(VIEW) ? VIEW : COLOR));
    }
    PictureOptions options = PictureOptions.defaults().withTitle(title);
    if (words.has(COLOR)) {
      options = options.withColor(PictureOptions.parse(Color.class, COLOR, words.value(COLOR)));
    }
    if (words.has(VIEW)) {
      options =
          options.withViews(
              words.values(VIEW).stream()
                  .map(name -> PictureOptions.parse(View.class, VIEW, name))
                  .distinct()
                  .toArray(View[]::new));
    }
    return new DrawnGraphs(files, options);
  }

  private static Path file(String option, String name, PictureFormat format) {
    if (!name.toLowerCase(Locale.ROOT).endsWith(format.ending())) {
      throw new UsageException(
          "%s %s: the file's name must end in %s; other endings are for --svg, --png and --dot"
              .formatted(option, name, format.ending()));
    }
    Path file = Path.of(name);
    PictureDrawer.check(file);
    return file;
  }

  /** Draws how arrays would be computed. */
  public void draw(Session session, List<NDArray> arrays) {
    for (Path file : files) {
      session.visualize(arrays, file, options);
    }
  }
}
