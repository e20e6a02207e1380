package dev.weft.gpu.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about the link on which a device is plugged in. */
public final class PciLink {
  private PciLink() {}

  /**
   * The speed and the number of lanes, now and at most: an idle GPU slows its link down.
   *
   * @param root the root of the file system
   * @param bus such as {@code 0000:3b:00.0}
   */
  public static String describe(Path root, String bus) {
    Path folder = root.resolve("sys/bus/pci/devices").resolve(bus);
    try {
      return "PCIe %s x%s, at most %s x%s"
          .formatted(
              speed(folder, "current_link_speed"),
              text(folder, "current_link_width"),
              speed(folder, "max_link_speed"),
              text(folder, "max_link_width"));
    } catch (IOException unknown) {
      return "not known: %s has no link speed".formatted(folder);
    }
  }

  private static String speed(Path folder, String name) throws IOException {
    return text(folder, name).replace(" PCIe", "");
  }

  private static String text(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name)).strip();
  }
}
