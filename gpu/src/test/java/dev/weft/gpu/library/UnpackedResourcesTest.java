package dev.weft.gpu.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources become whole files, whoever asks for them at the same time. */
class UnpackedResourcesTest {
  @TempDir private Path folder;

  private URLClassLoader resources(byte[] content) throws IOException {
    Path file = folder.resolve("jar/lib/liba.so");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, null);
  }

  @Test
  void noThreadSeesHalfAFile() throws Exception {
    byte[] content = new byte[4 << 20];
    new Random(1).nextBytes(content);
    try (URLClassLoader loader = resources(content);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<byte[]>> readers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        readers.add(
            () ->
                Files.readAllBytes(
                    UnpackedResources.unpack(
                            loader, "lib", List.of("liba.so"), folder.resolve("cache"))
                        .resolve("liba.so")));
      }
      for (Future<byte[]> read : threads.invokeAll(readers)) {
        assertThat(read.get()).isEqualTo(content);
      }
    }
    try (Stream<Path> left = Files.walk(folder.resolve("cache"))) {
      assertThat(left.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void anotherContentGoesToAnotherFolder() throws IOException {
    Path cache = folder.resolve("cache");
    try (URLClassLoader loader = resources(new byte[10])) {
      Path first =
          UnpackedResources.unpack(loader, "lib", List.of("liba.so"), cache).resolve("liba.so");
      Files.write(folder.resolve("jar/lib/liba.so"), new byte[11]);
      Files.setLastModifiedTime(folder.resolve("jar/lib/liba.so"), FileTime.fromMillis(1000));
      Path second =
          UnpackedResources.unpack(loader, "lib", List.of("liba.so"), cache).resolve("liba.so");
      assertThat(second).isNotEqualTo(first);
      assertThat(first).hasSize(10);
      assertThat(second).hasSize(11);
    }
  }

  @Test
  void aMissingResourceIsNamed() throws IOException {
    try (URLClassLoader loader = resources(new byte[1])) {
      assertThatThrownBy(() -> UnpackedResources.unpack(loader, "lib", List.of("libb.so"), folder))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("lib/libb.so");
    }
  }
}
