package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.MappedTarget;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a written file keeps of the one before it, as np.save does, which writes into the file. */
class NpyReplacingTest {
  @TempDir Path directory;

  @BeforeEach
  void needsPermissions() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  private static Set<PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }

  private static double value(Path file) {
    try (HostArray array = Npy.load(file)) {
      return array.item();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x---", "rw-r--r--"})
  void theModeStays(String mode) throws IOException {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(1));
    Files.setPosixFilePermissions(file, mode(mode));
    Npy.write(file, HostArray.of(2));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(mode(mode));
    assertThat(value(file)).isEqualTo(2);
  }

  @Test
  void noOtherMayReadWhatIsBeingWritten() throws IOException {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(1));
    Files.setPosixFilePermissions(file, mode("rw-------"));
    MappedTarget target = Npy.target(file);
    target.open(DType.INT8, Shape.of(1));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> both = files.toList();
      assertThat(both).hasSize(2);
      for (Path path : both) {
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(mode("rw-------"));
      }
    }
    target.abort();
  }

  @Test
  void aNewFileHasTheUsualMode() throws IOException {
    Path usual = Files.createFile(directory.resolve("usual"));
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(1));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void linksAreFollowedEvenToWhatIsNotThere() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path file = folder.resolve("x.npy");
    Path first = Files.createSymbolicLink(directory.resolve("first.npy"), Path.of("folder/x.npy"));
    Path second = Files.createSymbolicLink(directory.resolve("second.npy"), Path.of("first.npy"));
    Npy.write(second, HostArray.of(1));
    assertThat(value(file)).isEqualTo(1);
    Npy.write(first, HostArray.of(2));
    assertThat(value(file)).isEqualTo(2);
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aCircleOfLinksIsRefused() throws IOException {
    Path link = directory.resolve("a.npy");
    Files.createSymbolicLink(link, Path.of("b.npy"));
    Files.createSymbolicLink(directory.resolve("b.npy"), Path.of("a.npy"));
    assertThatThrownBy(() -> Npy.target(link))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("write " + link + ": the link cannot be followed: ");
  }
}
