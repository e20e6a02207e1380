package dev.weft.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.Fixtures;
import dev.weft.io.WriteOptions;
import dev.weft.io.file.FaultyFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fail while HDF5 files are read and written. */
class Hdf5FaultsTest {
  @TempDir Path directory;

  private static ArrayName name(String inside) {
    return new ArrayName(Fixtures.folder("hdf5").resolve("layouts.h5"), inside);
  }

  private static void read(ArrayName name, FaultyFiles files) throws IOException {
    try (ArraySource source = Hdf5Format.open(name, files);
        Arena arena = Arena.ofConfined()) {
      source.read(Region.all(source.shape()), arena.allocate(7 * 5 * 3 * 8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "compact", "one-plain-chunk"})
  void aFaultInAnyCallOfAReadIsReported(String inside) throws IOException {
    int call = 0;
    FaultyFiles files;
    do {
      files = new FaultyFiles(call);
      FaultyFiles faulty = files;
      if (call == 0) {
        assertThatThrownBy(() -> read(name(inside), faulty)).isInstanceOf(DeviceException.class);
      } else {
        try {
          read(name(inside), faulty);
        } catch (DeviceException e) {
          assertThat(e)
              .hasMessageContaining("read " + name(inside).file())
              .hasRootCauseMessage("injected fault in " + faulty.calls().get(call));
        }
      }
      // A close that fails leaves the file of this file system open.
      boolean isClose = files.calls().size() > call && files.calls().get(call).equals("close");
      assertThat(files.allClosed()).isEqualTo(!isClose);
      call++;
    } while (files.calls().size() >= call);
    assertThat(call).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultInAnyCallOfAWriteLeavesTheOldFileOrTheNewOne(boolean inChunks) throws IOException {
    WriteOptions options = inChunks ? WriteOptions.PLAIN.withChunk(4) : WriteOptions.PLAIN;
    Path file = directory.resolve("x.h5");
    int call = 0;
    FaultyFiles files;
    do {
      files = new FaultyFiles(call++);
      Files.writeString(file, "old");
      FaultyFiles faulty = files;
      ArrayTarget target = Hdf5Format.create(ArrayName.of(file), options, faulty);
      try {
        target.open(DType.FLOAT64, Shape.of(10));
        if (inChunks) {
          target.write(Region.all(Shape.of(10)), MemorySegment.ofArray(new double[10]));
        }
        target.commit();
      } catch (DeviceException e) {
        assertThat(e).hasMessageContaining("write " + file);
        target.abort();
      }
      assertThat(files.allClosed()).isTrue();
      try (Stream<Path> names = Files.list(directory)) {
        assertThat(names).containsExactly(file);
      }
    } while (files.calls().size() >= call);
    assertThat(Files.size(file)).isGreaterThan(80);
  }

  @Test
  void aFileThatShrinksIsNoticed() throws IOException {
    Path file = Files.copy(name("").file(), directory.resolve("x.h5"));
    try (ArraySource source = Hdf5Format.open(new ArrayName(file, "gzip"), new FaultyFiles(-1));
        Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(100);
      assertThatThrownBy(
              () -> source.read(Region.all(source.shape()), arena.allocate(7 * 5 * 3 * 4)))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("the file was shortened while it was in use");
    }
  }

  @Test
  void aClosedSourceIsRefused() throws IOException {
    ArraySource source = Hdf5Format.open(name("gzip"), new FaultyFiles(-1));
    Runnable lease = source.lease();
    source.close();
    try (Arena arena = Arena.ofConfined()) {
      source.read(Region.all(source.shape()), arena.allocate(7 * 5 * 3 * 4));
      lease.run();
      assertThatThrownBy(
              () -> source.read(Region.all(source.shape()), arena.allocate(7 * 5 * 3 * 4)))
          .hasMessageContaining("the source is closed");
    }
  }
}
