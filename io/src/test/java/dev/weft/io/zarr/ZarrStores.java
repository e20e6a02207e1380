package dev.weft.io.zarr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The stores that zarr-python and tensorstore wrote. */
final class ZarrStores {
  private ZarrStores() {}

  /** Unpacks all of them to a folder. */
  static Path unpack(Path folder) {
    try {
      for (String archive : List.of("v2.zip", "v3.zip")) {
        unpack(archive, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(String archive, Path folder) throws IOException {
    try (InputStream in = ZarrStores.class.getResourceAsStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  /** The names of those whose elements are told in an npy file. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".npy"))
          .map(name -> name.substring(0, name.length() - ".npy".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
