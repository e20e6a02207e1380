package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file of the tree, or rewrites it when run with {@code -Dgolden.update=true}. */
final class GoldenText {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private GoldenText() {}

  static void check(String file, String text) throws IOException {
    Path path = FOLDER.resolve(file);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
    assertThat(text)
        .as("%s; after a wanted change run with -Dgolden.update=true and review", file)
        .isEqualTo(Files.exists(path) ? Files.readString(path) : "(no such file)");
  }
}
