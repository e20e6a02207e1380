package dev.weft.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
  @TempDir Path directory;

  private FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reservationTakesDiskBlocks() throws IOException {
    Path file = directory.resolve("reserved ä");
    try (FileChannel channel = create(file)) {
      FileOperations.SYSTEM.reserve(file, channel, 1 << 20);
      assertThat(channel.size()).isEqualTo(1 << 20);
    }
    assertThat(Files.readAllBytes(file)).containsOnly(0);
  }

  @Test
  void whereNothingCanBeReservedZerosAreWritten() throws IOException {
    Path file = directory.resolve("zeros");
    try (FileChannel channel = create(file)) {
      // Under a name that is not there the system call fails.
      FileOperations.SYSTEM.reserve(directory.resolve("elsewhere"), channel, (1 << 20) + 7);
    }
    assertThat(Files.readAllBytes(file)).hasSize((1 << 20) + 7).containsOnly(0);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reservationBeyondTheDiskIsRefused() throws IOException {
    Path file = directory.resolve("huge");
    try (FileChannel channel = create(file)) {
      assertThatThrownBy(() -> FileOperations.SYSTEM.reserve(file, channel, 1L << 50))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void readingPastTheEndIsAnError() throws IOException {
    Path file = Files.write(directory.resolve("short"), new byte[3]);
    try (FileChannel channel = FileOperations.SYSTEM.open(file, StandardOpenOption.READ)) {
      assertThatThrownBy(() -> FileOperations.SYSTEM.read(channel, ByteBuffer.allocate(4), 0))
          .isInstanceOf(EOFException.class)
          .hasMessage("the file ends at 3");
    }
  }
}
