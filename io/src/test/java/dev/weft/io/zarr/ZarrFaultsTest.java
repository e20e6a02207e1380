package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.file.FaultyFiles;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file operation fails once. */
class ZarrFaultsTest {
  private static final ZarrEncoding ENCODING = ZarrEncoding.DEFAULT.withChunk(2L);

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static double[] read(ArrayName name) {
    try (HostArray array = Zarr.load(name)) {
      return array.toDoubleArray();
    }
  }

  private static void write(ArrayName name, FileOperations operations, double... values) {
    try (HostArray array = HostArray.of(values)) {
      Zarr.write(ZarrTarget.at(name, ENCODING, operations), array);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, true",
    "'', true, true",
    "'', true, false",
    "a/b, false, true",
    "a/b, true, true",
    "a/b, true, false"
  })
  void aFaultInAnyCallOfAWriteLeavesTheOldArrayOrTheNewOne(
      String inside, boolean replacing, boolean exchanges) throws IOException {
    ArrayName name = new ArrayName(folder.resolve("x.zarr"), inside);
    double[] before = {1, 2, 3};
    double[] after = {4, 5, 6, 7, 8};
    int call = 0;
    FaultyFiles files;
    do {
      Trees.delete(name.file(), FileOperations.SYSTEM);
      if (replacing) {
        write(name, FileOperations.SYSTEM, before);
      }
      files = new FaultyFiles(call++, exchanges);
      boolean failed = false;
      try {
        write(name, files, after);
      } catch (DeviceException e) {
        failed = true;
        assertThat(e)
            .hasMessageContaining("write " + name)
            .hasRootCauseMessage("injected fault in " + files.calls().get(call - 1));
      } catch (UsageException e) {
        // The place was looked at before anything was written.
        failed = true;
        assertThat(e).hasMessageContaining("cannot be read: injected fault");
      }
      assertThat(files.allClosed()).isTrue();
      boolean seen = Files.exists(name.file());
      assertThat(names()).containsExactlyElementsOf(seen ? List.of("x.zarr") : List.of());
      assertThat(seen || !replacing).isTrue();
      if (seen) {
        double[] found = read(name);
        assertThat(found).isIn(failed && replacing ? before : after, after);
      }
    } while (files.calls().size() >= call);
    assertThat(files.calls())
        .contains("create folder", "create", "write", "open", "force", "close", "force directory")
        .contains(replacing ? "exchange" : "rename");
  }

  @Test
  void aFaultWhileAbortingIsTriedAgain() throws IOException {
    ArrayName name = ArrayName.of(folder.resolve("x.zarr"));
    for (int call = 0; ; call++) {
      FaultyFiles files = new FaultyFiles(call);
      ZarrTarget target = ZarrTarget.at(name, ENCODING, files);
      try {
        target.open(DType.FLOAT64, Shape.of(2));
        target.write(Region.all(Shape.of(2)), MemorySegment.ofArray(new double[] {1, 2}));
      } catch (DeviceException e) {
        assertThat(call).isLessThan(4);
      }
      target.abort();
      target.abort();
      assertThat(names()).isEmpty();
      if (files.calls().size() <= call) {
        return;
      }
    }
  }

  @Test
  void aFaultInAnyCallOfAReadIsReported() {
    ArrayName name = ArrayName.of(folder.resolve("x.zarr"));
    write(name, FileOperations.SYSTEM, 1, 2, 3);
    for (int call = 0; ; call++) {
      FaultyFiles files = new FaultyFiles(call);
      try (ZarrSource source = Zarr.read(name, files)) {
        source.read(Region.all(source.shape()), MemorySegment.ofArray(new double[3]));
        if (call >= files.calls().size()) {
          assertThat(files.calls()).contains("open", "size", "read", "close");
          return;
        }
        assertThat(files.calls().get(call)).isEqualTo("close");
      } catch (DeviceException e) {
        assertThat(e)
            .hasMessage(
                "read %s: injected fault in %s. Check the disk and the permissions of the files"
                    .formatted(name, files.calls().get(call)));
      } catch (IOException e) {
        throw new AssertionError("unexpected", e);
      }
    }
  }

  @Test
  void aChunkThatShrinksIsNoticed() throws IOException {
    ArrayName name = ArrayName.of(folder.resolve("x.zarr"));
    write(name, FileOperations.SYSTEM, 1, 2, 3);
    try (ZarrSource source = Zarr.read(name)) {
      Path chunk = name.file().resolve("c.0");
      byte[] bytes = Files.readAllBytes(chunk);
      Files.write(chunk, java.util.Arrays.copyOf(bytes, 10));
      assertThatThrownBy(
              () -> source.read(Region.all(source.shape()), MemorySegment.ofArray(new double[3])))
          .hasMessageContaining(
              chunk
                  + ": the chunk is damaged: zstd: 16 bytes are expected, but 10 compressed ones");
    }
  }
}
