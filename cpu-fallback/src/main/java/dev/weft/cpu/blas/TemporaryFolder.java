package dev.weft.cpu.blas;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that only this user can read, for libraries that are loaded at once; removed with its
 * files, which stay loaded.
 */
record TemporaryFolder(Path path) implements AutoCloseable {
  static TemporaryFolder make() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("weft-native"));
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(path)) {
      for (Path version : versions) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(version)) {
          for (Path file : files) {
            Files.deleteIfExists(file);
          }
        }
        Files.deleteIfExists(version);
      }
    }
    Files.deleteIfExists(path);
  }
}
