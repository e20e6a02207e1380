package dev.weft.cli.options;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A picture to be written once the numbers are there. */
public record SvgFile(Path path) {
  private static final Pattern ENDING = Pattern.compile("\\.(?!(?i:svg)$)[^./]+$");

  /** The value of an option, looked at before the work begins, which may take long. */
  public static SvgFile of(String option, String name) {
    if (ENDING.matcher(name).find()) {
      throw new UsageException(
          "%s %s: the picture is an SVG file; name it %s, and convert that, as with rsvg-convert"
              .formatted(option, name, ENDING.matcher(name).replaceFirst(".svg")));
    }
    Path path = Path.of(name);
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "%s %s: the folder %s does not exist".formatted(option, name, folder));
    }
    return new SvgFile(path);
  }

  /** Writes the picture. */
  public void write(String svg) {
    try {
      Files.writeString(path, svg);
    } catch (IOException e) {
      throw new DeviceException("write the picture %s: %s".formatted(path, e), e);
    }
  }
}
