package dev.weft.core.picture;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Lays graphs out and draws them. Found by {@link ServiceLoader}; {@code weft-pictures} brings the
 * one that there is.
 */
public interface PictureDrawer {
  /**
   * The drawer on the class path.
   *
   * @throws UsageException when there is none
   */
  static PictureDrawer installed() {
    return ServiceLoader.load(PictureDrawer.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "graphs cannot be drawn: no drawer is on the class path. Add weft-pictures to it"));
  }

  /**
   * Checks, before a graph is made, that it can be drawn into a file.
   *
   * @return the format
   * @throws UsageException when its name says no format, its folder is not there, or nothing draws
   */
  static PictureFormat check(Path file) {
    PictureFormat format = PictureFormat.of(file);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "the picture %s: the folder %s does not exist; make it first".formatted(file, folder));
    }
    installed();
    return format;
  }

  /**
   * Draws into a file, in the format that its name says; a file that is there is replaced.
   *
   * @throws UsageException as {@link #check} does
   * @throws DeviceException when the file cannot be written
   */
  static void draw(Picture picture, Path file, PictureOptions options) {
    byte[] bytes = installed().draw(picture, check(file), options);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new DeviceException("write the picture %s: %s".formatted(file, e), e);
    }
  }

  /**
   * The bytes of a picture's file.
   *
   * @throws DeviceException when this machine cannot draw the format
   */
  byte[] draw(Picture picture, PictureFormat format, PictureOptions options);
}
