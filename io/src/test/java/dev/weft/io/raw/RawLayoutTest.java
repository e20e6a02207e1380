package dev.weft.io.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import dev.weft.io.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files without a header: npy files that are read as if their header were none. */
class RawLayoutTest {
  @TempDir Path folder;

  private static ArraySource open(Path file, String layout) {
    return ArrayFiles.source(file, ReadOptions.PLAIN.raw(RawLayout.parse(layout)));
  }

  /** The images' arrays as NumPy wrote them, behind headers of 128 bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rgb.png    | uint8:19,23,3:offset=128
          rgb.png    | uint8:19,-1,3:offset=128:order=C
          grey16.png | uint16:(19, 23):offset=128:endian=little
          float.tif  | float32:-1,23:offset=128
          """)
  void elementsBehindAnOffsetAreRead(String name, String layout) throws IOException {
    Path npy = Fixtures.folder("image").resolve("expected/" + name + ".npy");
    try (ArraySource source = open(npy, layout)) {
      assertThat(source.memory()).as("mapped").isNotNull();
      Fixtures.check(source, npy);
    }
  }

  @Test
  void filesOfPatternsAreStacked() throws IOException {
    for (String name : new String[] {"a.dat", "b.dat"}) {
      Files.write(folder.resolve(name), new byte[24]);
    }
    try (ArraySource source = open(folder.resolve("*.dat"), "int64:3")) {
      assertThat(source.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(source.dtype()).isEqualTo(DType.INT64);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int32:5             | offset 0: int32 of shape (5) takes 20 bytes from here on, and the file has 24.
          int32:7             | int32 of shape (7) takes 28 bytes from here on, and the file has 24.
          int64:4,-1          | int64 of shape (4, -1) takes a multiple of 32 bytes from here on, and the file has 24.
          int8:0,-1           | takes a multiple of 0 bytes
          int8:1:offset=99    | offset 24: int8 of shape (1) takes 1 bytes from here on, and the file has 0.
          int64:4294967296,4294967296 | takes more than 2^63 bytes
          """)
  void otherSizesAreRefused(String layout, String message) throws IOException {
    Path file = Files.write(folder.resolve("x.bin"), new byte[24]);
    assertThatThrownBy(() -> open(file, layout))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": offset ")
        .hasMessageContaining(message)
        .hasMessageEndingWith("Correct dtype, shape or offset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          float32                | 'float32' has no shape; write DTYPE:SHAPE, such as float32:100,200
          float31:3              | dtype 'float31' is unknown; use one of
          int8:2,x               | 'x' in 'int8:2,x' is no whole number
          int8:2,,3              | '' in 'int8:2,,3' is no whole number
          int8:-1,-1             | the shape is [-1, -1]; extents are 0 or more, and one may be -1
          int8:-2                | the shape is [-2]
          int8:2:offset=-1       | the offset is -1; it must be 0 or more
          int8:2:order=K         | 'order=K' is not known
          """)
  void otherTextsAreRefused(String text, String message) {
    assertThatThrownBy(() -> RawLayout.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void extentsAreCopied() {
    long[] extents = {2, 3};
    RawLayout layout = new RawLayout(DType.INT8, extents);
    Arrays.fill(extents, 9);
    assertThat(layout.extents()).containsExactly(2, 3);
  }
}
