package dev.weft.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
  @TempDir Path folder;

  private Path tree(String name) throws IOException {
    Path root = Files.createDirectory(folder.resolve(name));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), name);
    return root;
  }

  @Test
  void removesAllButWhatLinksPointTo() throws IOException {
    Path kept = tree("kept");
    Path gone = tree("gone");
    Files.createSymbolicLink(gone.resolve("a/link"), kept);
    Trees.delete(gone, FileOperations.SYSTEM);
    assertThat(gone).doesNotExist();
    assertThat(kept.resolve("a/b/file")).hasContent("kept");
    Trees.delete(gone, FileOperations.SYSTEM);
    Trees.delete(kept.resolve("a/b/file"), FileOperations.SYSTEM);
    assertThat(kept.resolve("a/b")).isEmptyDirectory();
  }

  @Test
  void makesEachFileAndFolderDurable() throws IOException {
    FaultyFiles files = new FaultyFiles(-1);
    Trees.force(tree("x"), files);
    assertThat(files.calls())
        .containsExactly(
            "open", "force", "close", "force directory", "force directory", "force directory");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void twoFoldersTakeEachOthersNames() throws IOException {
    Path one = tree("one");
    Path other = tree("other");
    assertThat(FileOperations.SYSTEM.exchange(one, other)).isTrue();
    assertThat(one.resolve("a/b/file")).hasContent("other");
    assertThat(other.resolve("a/b/file")).hasContent("one");
    assertThatThrownBy(() -> FileOperations.SYSTEM.exchange(one, folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
