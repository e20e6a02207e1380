package dev.weft.io.image;

import dev.weft.io.Fixtures;
import dev.weft.io.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read or refused, without hanging and in bounded memory. */
@Tag("long")
@Tag("desktop")
class ImageMutationsTest {
  @TempDir Path directory;

  @Test
  void everyPngIsReadOrRefused() throws IOException {
    Mutations.check(
        new PngFormat(),
        Fixtures.files("image", ".png"),
        directory.resolve("x.png"),
        10_000,
        ImageMutationsTest::summed);
  }

  /** Chunks with the checksums that they should have. */
  private static byte[] summed(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    for (int at = 8; at + 12 <= png.length; ) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(png, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) sum.getValue());
      at += length + 12;
    }
    return png;
  }

  @Test
  void everyTiffIsReadOrRefused() throws IOException {
    Mutations.check(
        new TiffFormat(), Fixtures.files("image", ".tif"), directory.resolve("x.tif"), 10_000);
  }
}
