package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files as one input, and what files hold. */
class FilesCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() {
    for (int i = 1; i <= 3; i++) {
      Npy.write(folder.resolve("run-" + i + ".npy"), HostArray.of(new double[] {i, 10 * i}));
    }
  }

  private int run(String... arguments) {
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(arguments, console);
  }

  @Test
  void filesOfAPatternAreStackedOrJoined() {
    String pattern = "t=" + folder.resolve("run-*.npy");
    assertThat(run("run", "-q", "mean(t, axis=0)", pattern)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("[ 2. 20.]");
    out.reset();
    assertThat(run("run", "-q", "t", pattern, "--concat=0")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1. 10.  2. 20.  3. 30.");
    assertThat(run("run", "t", "t=" + folder.resolve("none-*.npy"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no file has a name like this");
  }

  @Test
  void filesAreListedAndDescribed() {
    String file = folder.resolve("run-1.npy").toString();
    assertThat(run("ls", file)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("NAME  TYPE     SHAPE  CHUNKS  KEPT AS")
        .contains("-     float64  (2,)   -       C order, little-endian");
    out.reset();
    assertThat(run("info", file)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  shape         (2,)");
    out.reset();
    assertThat(run("ls", "--json", file)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"type\": \"float64\", \"readable\": true, \"shape\": [2]");
    assertThat(run("ls", folder.resolve("none.npy").toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no such file");
  }
}
