package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.NpySource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFilesTest {
  @TempDir Path directory;

  @Test
  void theExtensionNamesTheFormat() throws Exception {
    Path file = directory.resolve("x.NPY");
    var target = ArrayFiles.target(file);
    target.open(DType.INT8, Shape.of(3));
    target.commit();
    var source = ArrayFiles.source(file);
    assertThat(source.shape()).isEqualTo(Shape.of(3));
    ((NpySource) source).close();
  }

  @Test
  void unknownExtensionsNameTheSupportedOnes() throws IOException {
    assertThatThrownBy(() -> ArrayFiles.source(Path.of("x.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessage("read x.csv: no format has this extension; use one of .npy");
    assertThatThrownBy(() -> ArrayFiles.target(Path.of("npy")))
        .isInstanceOf(UsageException.class)
        .hasMessage("write npy: no format has this extension; use one of .npy");
  }
}
