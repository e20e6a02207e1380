package dev.weft.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.error.DeviceException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.OtherJvm;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Java without the module java.desktop, as that of bundles is. */
class WithoutDesktopTest {
  /** Tells what becomes of an image, and of an npy file. */
  public static void main(String[] arguments) throws IOException {
    Path image = Path.of(arguments[0]);
    System.out.println(ArrayFiles.list(image).getFirst().shape());
    try (ArraySource source = ArrayFiles.source(image);
        Arena arena = Arena.ofConfined()) {
      source.read(Region.all(source.shape()), arena.allocate(source.shape().size()));
    } catch (DeviceException e) {
      System.out.println(e.getMessage());
    }
    try (var array = Npy.load(Path.of(arguments[1]))) {
      System.out.println(array.shape());
    }
  }

  @Test
  void imagesAreListedAndNotDecoded() throws Exception {
    Path folder = Fixtures.folder("image");
    String output =
        OtherJvm.run(
            List.of("--limit-modules=java.base,java.logging,jdk.unsupported"),
            WithoutDesktopTest.class,
            folder.resolve("rgb.png").toString(),
            folder.resolve("expected/rgb.png.npy").toString());
    assertThat(output.lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("(19, 23, 3)"),
            line ->
                assertThat(line)
                    .contains("rgb.png: this Java cannot decode or encode images")
                    .contains("use one with the module java.desktop"),
            line -> assertThat(line).isEqualTo("(19, 23, 3)"));
  }
}
