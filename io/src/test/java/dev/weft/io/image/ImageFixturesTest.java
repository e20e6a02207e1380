package dev.weft.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that Pillow and tifffile wrote, against the arrays that those read from them. */
@Tag("desktop")
class ImageFixturesTest {
  @TempDir Path folder;

  private static Path file(String name) {
    return Fixtures.folder("image").resolve(name);
  }

  static List<Path> expected() {
    return Fixtures.files("image/expected", ".npy");
  }

  @ParameterizedTest
  @MethodSource("expected")
  void imagesAreTheArraysThatOthersRead(Path expected) throws IOException {
    String name = expected.getFileName().toString().replace(".npy", "");
    try (ArraySource source = ArrayFiles.source(file(name))) {
      Fixtures.check(source, expected);
    }
  }

  @Test
  void imagesOfAStackAreItsChunks() {
    try (ArraySource source = ArrayFiles.source(file("stack-rgb.tif"))) {
      assertThat(source.shape()).isEqualTo(Shape.of(3, 19, 23, 3));
      assertThat(source.chunks().orElseThrow().toString()).startsWith("[3*1 x 19 x 23 x 3]");
    }
  }

  @Test
  void imagesThatAreNotAlikeHaveNumbers() {
    assertThat(ArrayFiles.list(file("pages.tif")))
        .extracting(ArrayEntry::name, ArrayEntry::type, entry -> entry.shape().toString())
        .map(Object::toString)
        .containsExactly("(\"0\", \"uint8\", \"(4, 5)\")", "(\"1\", \"uint16\", \"(3, 2)\")");
    try (ArraySource source = ArrayFiles.source(file("pages.tif#1"))) {
      assertThat(source.dtype()).isEqualTo(DType.UINT16);
    }
    assertThatThrownBy(() -> ArrayFiles.source(file("pages.tif")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it holds 2 images")
        .hasMessageContaining("pages.tif#0");
  }

  @Test
  void whatIsNotReadIsRefused() {
    assertThatThrownBy(() -> ArrayFiles.source(file("jpeg.tif")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("jpeg.tif: offset ")
        .hasMessageContaining("imageio.v3.imread");
    assertThatThrownBy(() -> ArrayFiles.source(file("differences.tif")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("differences of 16 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey", "grey16", "rgb", "rgb16", "rgba", "rgba16"})
  void imagesGoRound(String name) throws IOException {
    Path expected = file("expected/" + name + ".png.npy");
    Path written = folder.resolve("x.png");
    try (var array = Npy.load(expected)) {
      ArrayTarget target = ArrayFiles.target(written);
      target.open(array.dtype(), array.shape()).copyFrom(array.segment());
      target.commit();
    }
    try (ArraySource source = ArrayFiles.source(written)) {
      Fixtures.check(source, expected);
    }
  }

  @Test
  void whatIsNoImageIsNotWritten() {
    ArrayTarget target = ArrayFiles.target(folder.resolve("x.png"));
    assertThatThrownBy(() -> target.open(DType.FLOAT64, Shape.of(2, 3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("PNG has no float64, but uint8 and uint16");
    assertThatThrownBy(() -> target.open(DType.UINT8, Shape.of(2, 3, 5)))
        .hasMessageContaining("an array of shape (2, 3, 5) is no image");
    assertThatThrownBy(() -> ArrayFiles.target(folder.resolve("x.tif")))
        .hasMessageContaining("TIFF files are read, not written");
    assertThat(folder).isEmptyDirectory();
  }

  /** A header that asks for 4 GiB, in a file of a few bytes; and one of what is read at most. */
  @Test
  void bombsAreRefusedBeforeMemoryIsTaken() throws IOException {
    assertThatThrownBy(() -> ArrayFiles.source(header(65_535, 65_535)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("an image of 65,535 x 65,535 pixels has more than the 1,073,741,824");
    assertThatThrownBy(() -> ArrayFiles.source(header(10_000, 10_000)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("offset 16: an image of 10,000 x 10,000 pixels cannot be in ");
    assertThatThrownBy(() -> ArrayFiles.source(header(0, 10)))
        .hasMessageContaining("it has no pixels");
  }

  private Path header(int width, int height) throws IOException {
    byte[] bytes = Files.readAllBytes(file("grey.png"));
    ByteBuffer.wrap(bytes).putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
    return Files.write(folder.resolve("bomb.png"), bytes);
  }

  @Test
  void chunksWithAnotherChecksumAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file("grey.png"));
    bytes[60] ^= 1;
    try (ArraySource source = ArrayFiles.source(Files.write(folder.resolve("x.png"), bytes));
        Arena arena = Arena.ofConfined()) {
      MemorySegment room = arena.allocate(source.shape().size());
      assertThatThrownBy(() -> source.read(Region.all(source.shape()), room))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("a chunk has another checksum than it says");
    }
  }
}
