package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it writes leaves the file absent, as it was, or complete. */
class NpyKillTest {
  private static final int KILLS = 20;
  private static final int ELEMENTS = 1 << 18;

  @TempDir Path directory;

  /** Writes the file over and over, each time full of the next number. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[0]);
      try (HostArray array = HostArray.allocate(DType.INT64, Shape.of(ELEMENTS))) {
        for (long number = 1; ; number++) {
          for (int i = 0; i < ELEMENTS; i++) {
            array.segment().setAtIndex(ValueLayout.JAVA_LONG, i, number);
          }
          Npy.write(file, array);
          System.out.println(number);
        }
      }
    }
  }

  @Test
  void aKilledWriterLeavesNoHalfFile() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int written = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path file = directory.resolve("x" + kill % 4 + ".npy");
      Process writer = start(file);
      // Half of the kills hit the start, and the first write where there is no file yet.
      if (kill % 2 == 0) {
        assertThat(writer.getInputStream().read()).isPositive();
      }
      Thread.sleep(random.nextInt(kill % 2 == 0 ? 60 : 400));
      writer.destroyForcibly().waitFor();
      written += Files.exists(file) ? check(file) : 0;
    }
    assertThat(written).isGreaterThanOrEqualTo(KILLS / 2);
    checkLeftovers();
  }

  private Process start(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString()))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static int check(Path file) {
    try (HostArray array = Npy.load(file)) {
      long first = array.getLong(0);
      assertThat(first).isPositive();
      assertThat(array.toLongArray()).hasSize(ELEMENTS).containsOnly(first);
      return 1;
    }
  }

  /** What is left beside the files is not taken for data. */
  private void checkLeftovers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.matches("x\\d\\.npy")) {
          assertThat(name).matches("\\.x\\d\\.npy\\.weft-[0-9a-z]+\\.tmp");
          assertThat(ArrayFiles.extensions()).noneMatch(extension -> name.endsWith(extension));
        }
      }
    }
  }
}
