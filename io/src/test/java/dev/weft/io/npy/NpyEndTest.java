package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a file whose writer ends in the middle. */
@EnabledOnOs(OS.LINUX)
class NpyEndTest {
  @TempDir Path directory;

  /** Opens a target and writes to its memory until somebody stops it. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      var memory = Npy.target(Path.of(arguments[0])).open(DType.INT64, Shape.of(1 << 16));
      System.out.println("open");
      for (long number = 0; ; number++) {
        memory.setAtIndex(ValueLayout.JAVA_LONG, number & 0xffff, number);
      }
    }
  }

  @Test
  void aWriterThatIsToldToStopLeavesNothing() throws Exception {
    Process writer = start("x.npy");
    assertThat(files()).hasSize(1);
    writer.destroy();
    // 128 + SIGTERM: the JVM has not crashed on its way out.
    assertThat(writer.waitFor()).isEqualTo(143);
    assertThat(files()).isEmpty();
  }

  @Test
  void whatAKilledWriterLeavesIsRemovedByTheNextOne() throws Exception {
    start("x.npy").destroyForcibly().waitFor();
    start("y.npy").destroyForcibly().waitFor();
    Process running = start("x.npy");
    assertThat(files()).hasSize(2);
    Path foreign = Files.createFile(directory.resolve(".x.npy.weft-0a1b2c3d.tmp"));
    Path own = directory.resolve("x.npy");
    Npy.write(own, HostArray.of(1));
    List<Path> left = files();
    assertThat(left).hasSize(4).contains(own, foreign);
    assertThat(left.stream().filter(path -> path.getFileName().toString().startsWith(".y.npy")))
        .hasSize(1);
    running.destroyForcibly().waitFor();
    Npy.write(own, HostArray.of(2));
    assertThat(files()).hasSize(3).contains(own, foreign);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private Process start(String name) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process writer =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    directory.resolve(name).toString()))
            .redirectError(Redirect.INHERIT)
            .start();
    assertThat(writer.getInputStream().read()).isPositive();
    return writer;
  }
}
