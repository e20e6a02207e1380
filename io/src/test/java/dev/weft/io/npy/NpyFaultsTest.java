package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.FaultyFiles;
import dev.weft.io.file.MappedTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file operation fails once; files shrink; disks are full. */
class NpyFaultsTest {
  @TempDir Path directory;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static double[] read(Path file) {
    try (HostArray array = Npy.load(file)) {
      return array.toDoubleArray();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFaultInAnyCallOfAWriteLeavesTheOldFileOrTheNewOne(boolean replacing) throws IOException {
    double[] before = {1, 2, 3};
    double[] after = {4, 5};
    int call = 0;
    FaultyFiles files;
    do {
      files = new FaultyFiles(call++);
      Path file = directory.resolve("x.npy");
      Files.deleteIfExists(file);
      if (replacing) {
        Npy.write(file, HostArray.of(before));
      }
      FaultyFiles faulty = files;
      boolean failed = false;
      try {
        Npy.write(Npy.target(file, faulty), HostArray.of(after));
      } catch (DeviceException e) {
        failed = true;
        assertThat(e)
            .hasMessageContaining("write " + file)
            .hasRootCauseMessage("injected fault in " + faulty.calls().get(call - 1));
      }
      assertThat(failed).isEqualTo(files.calls().size() >= call);
      assertThat(files.allClosed()).isTrue();
      boolean renamed = !failed || files.calls().getLast().equals("force directory");
      assertThat(files())
          .containsExactlyElementsOf(renamed || replacing ? List.of(file) : List.of());
      if (renamed || replacing) {
        assertThat(read(file)).containsExactly(renamed ? after : before);
      }
    } while (files.calls().size() >= call);
    assertThat(files.calls())
        .containsExactly(
            "create",
            "reserve",
            "map",
            "force mapped",
            "write",
            "force",
            "close",
            "rename",
            "force directory");
  }

  @Test
  void aFaultWhileAbortingIsTriedAgain() throws IOException {
    Path file = directory.resolve("x.npy");
    for (int call = 3; call < 6; call++) {
      FaultyFiles files = new FaultyFiles(call);
      MappedTarget target = Npy.target(file, files);
      target.open(DType.FLOAT64, Shape.of(2));
      target.abort();
      target.abort();
      assertThat(files.calls()).startsWith("create", "reserve", "map", "close", "delete");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFaultInAnyCallOfAReadIsReported() throws IOException {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(new double[] {1, 2}));
    for (int call = 0; call < 5; call++) {
      FaultyFiles files = new FaultyFiles(call);
      assertThatThrownBy(() -> NpySource.open(file, files))
          .isInstanceOf(DeviceException.class)
          .hasMessage(
              "read %s: injected fault in %s. Check the disk and the permissions of the file"
                  .formatted(file, List.of("open", "size", "read", "read", "map").get(call)));
      assertThat(files.calls().stream().filter("close"::equals)).hasSize(call == 0 ? 0 : 1);
      assertThat(files.allClosed()).isTrue();
    }
  }

  @Test
  void aFullDiskIsToldBeforeTheJobStarts() throws IOException {
    MappedTarget target = Npy.target(directory.resolve("x.npy"));
    assertThatThrownBy(() -> target.open(DType.FLOAT64, Shape.of(1L << 47)))
        .isInstanceOf(DeviceException.class)
        .hasMessageMatching(
            "write .*x.npy: [0-9,]+ bytes cannot be reserved: .+ \\([0-9,]+ bytes are free\\)\\."
                + " Free space or write elsewhere");
    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> target.open(DType.FLOAT64, Shape.of(1L << 60)))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("x.npy: float64 (1152921504606846976,) has more than 2^63-1 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 128, 4096, 1_000_000})
  void aFileThatShrinksIsNoticed(long size) throws IOException {
    Path file = directory.resolve("x.npy");
    try (HostArray array = HostArray.allocate(DType.FLOAT64, Shape.of(1 << 18))) {
      Npy.write(file, array);
      try (NpySource source = Npy.read(file);
          FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(() -> source.read(Region.all(source.shape()), array.segment()))
              .isInstanceOf(DeviceException.class)
              .hasMessageContaining(
                  "read %s: the file was shortened while it was in use: it had 2,097,280 bytes and has %,d now, its time was "
                      .formatted(file, size))
              .hasMessageContaining("write new versions under other names");
        }
      }
    }
  }
}
