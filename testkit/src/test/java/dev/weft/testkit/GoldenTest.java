package dev.weft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenTest {
  @TempDir Path folder;

  @Test
  void updateWritesTheFileThatTheCheckThenAccepts() throws IOException {
    Path file = folder.resolve("new/kernel.txt");
    assertThatThrownBy(() -> Golden.check(file, "a\nb\n", false))
        .hasMessageContaining("does not exist")
        .hasMessageContaining("-Dgolden.update=true");
    Golden.check(file, "a\nb\n", true);
    Golden.check(file, "a\nb\n", false);
    assertThat(Files.readString(file)).isEqualTo("a\nb\n");
  }

  @Test
  void aDifferenceIsShownByItsFirstLine() {
    Path file = folder.resolve("kernel.txt");
    Golden.check(file, "a\nb\nc\n", true);
    assertThatThrownBy(() -> Golden.check(file, "a\nx\nc\n", false))
        .hasMessageContaining("differs at line 2")
        .hasMessageContaining("accepted: b")
        .hasMessageContaining("now:      x");
  }
}
