package dev.weft.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written; bench/interop reads such with h5py. */
class Hdf5WritingTest {
  @TempDir Path directory;

  private static void write(Path file, HostArray array) throws IOException {
    ArrayTarget target = ArrayFiles.target(file);
    MemorySegment memory = target.open(array.dtype(), array.shape());
    memory.copyFrom(array.segment());
    target.commit();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeIsReadAgain(DType dtype) throws IOException {
    Path file = directory.resolve("x.h5");
    Path expected = directory.resolve("x.npy");
    try (HostArray array = HostArray.allocate(dtype, Shape.of(2, 3, 4))) {
      for (long i = 0; i < array.segment().byteSize(); i++) {
        byte value = (byte) (dtype == DType.BOOL ? i & 1 : 37 * i);
        array.segment().set(ValueLayout.JAVA_BYTE, i, value);
      }
      Npy.write(expected, array);
      write(file, array);
    }
    try (ArraySource source = ArrayFiles.source(file)) {
      Fixtures.check(source, expected);
    }
    assertThat(names()).containsExactlyInAnyOrder("x.h5", "x.npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "group/x", "/a/longer/path/to/x"})
  void datasetsHaveTheirNames(String name) throws IOException {
    Path file = directory.resolve("x.h5");
    write(Path.of(file + "#" + name), HostArray.of(new double[] {1, 2, 3}));
    assertThat(ArrayFiles.list(file).getFirst().name()).isEqualTo(name.replaceAll("^/", ""));
    try (ArraySource source = ArrayFiles.source(Path.of(file + "#" + name));
        HostArray read = HostArray.allocate(DType.FLOAT64, Shape.of(3))) {
      source.read(Region.all(source.shape()), read.segment());
      assertThat(read.toDoubleArray()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void scalarsAndEmptyArraysAreWritten() throws IOException {
    for (Shape shape : List.of(Shape.SCALAR, Shape.of(0), Shape.of(3, 0, 2))) {
      Path file = directory.resolve("x.h5");
      try (HostArray array = HostArray.allocate(DType.INT32, shape)) {
        write(file, array);
      }
      try (ArraySource source = ArrayFiles.source(file)) {
        assertThat(source.shape()).isEqualTo(shape);
      }
    }
  }

  @Test
  void anAbortedJobLeavesWhatWasThere() throws IOException {
    Path file = directory.resolve("x.h5");
    write(file, HostArray.of(new double[] {1}));
    ArrayTarget target = ArrayFiles.target(file);
    target.open(DType.FLOAT64, Shape.of(1000));
    assertThat(names()).hasSize(2);
    target.abort();
    assertThat(names()).containsExactly("x.h5");
    try (ArraySource source = ArrayFiles.source(file)) {
      assertThat(source.shape()).isEqualTo(Shape.of(1));
    }
  }

  @Test
  void whatHdf5DoesNotHaveIsRefused() {
    ArrayTarget target = ArrayFiles.target(directory.resolve("x.h5"));
    assertThatThrownBy(() -> target.open(DType.INT8, Shape.of(new long[33])))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("33 axes are more than the 32 of HDF5");
    assertThatThrownBy(() -> ArrayFiles.target(directory.resolve("x.h5#" + "n".repeat(256))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is no name of HDF5");
  }
}
