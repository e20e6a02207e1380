package dev.weft.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.expr.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileVersionTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void make() throws IOException {
    file = folder.resolve("x.npy");
    write(file, "12345678", 100);
  }

  private static void write(Path file, String content, int secondsAgo) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  private FileVersion open() throws IOException {
    return new FileVersion(file, FileOperations.SYSTEM).opened();
  }

  private @Nullable Identity identity() throws IOException {
    return open().identity();
  }

  @Test
  void aFileThatIsLeftAloneIsTheSame() throws IOException {
    Identity first = identity();
    assertThat(first).isNotNull().isEqualTo(identity());
    assertThat(first.mark()).isEqualTo(first);
  }

  @Test
  void whoeverWritesMakesAnotherOneOfIt() throws IOException {
    FileVersion held = open();
    Identity first = held.identity();
    write(file, "87654321", 50);
    assertThat(held.identity()).isNotNull().isNotEqualTo(first);
    write(file, "876543210", 100);
    assertThat(held.identity()).isNotNull().isNotEqualTo(first);
  }

  @Test
  void aFileThatWasWrittenJustNowMayBeWrittenAgain() throws IOException {
    FileVersion held = open();
    write(file, "12345678", 0);
    assertThat(held.identity()).isNull();
    write(file, "12345678", -1000);
    assertThat(held.identity()).isNull();
  }

  @Test
  void anotherFileInItsPlaceIsNotTheOneThatIsOpen() throws IOException {
    FileVersion held = open();
    FileVersion early = new FileVersion(file, FileOperations.SYSTEM);
    Path other = folder.resolve("y.npy");
    write(other, "12345678", 100);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(held.identity()).isNull();
    assertThat(early.opened().identity()).isNull();
    assertThat(identity()).isNotNull();
    Files.delete(file);
    assertThatThrownBy(this::open).isInstanceOf(NoSuchFileException.class);
  }
}
