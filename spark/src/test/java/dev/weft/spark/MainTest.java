package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program for spark-submit, with executors in this process. */
class MainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int run(String... words) {
    said.reset();
    return Main.run(List.of(words), new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aJobIsRunAndItsResultWritten() throws Exception {
    double[] values = new double[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i);
    }
    try (HostArray array = HostArray.of(values)) {
      Npy.write(folder.resolve("x.npy"), array);
    }
    String input = "x=" + folder.resolve("x.npy");
    String result = folder.resolve("r.npy").toString();
    String whole = folder.resolve("w.npy").toString();
    String job = "(x - x.mean()).cumsum(0).reshape(100, 1000).var(0)";
    assertThat(
            run(
                "run",
                job,
                input,
                "--chunks=5000",
                "--to",
                result,
                "--on=local[2]",
                "--memory=256M",
                "--spill=" + folder))
        .as(said())
        .isZero();
    assertThat(said()).isEmpty();
    Console console = Console.of(System.out, System.err);
    String[] alone = {"run", "-q", job, input, "--chunks=5000", "-o", whole};
    assertThat(dev.weft.cli.Main.run(alone, console)).isZero();
    assertThat(Files.mismatch(Path.of(result), Path.of(whole))).isEqualTo(-1);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void wrongWordsAreToldBeforeSparkStarts() {
    assertThat(run("go")).isEqualTo(2);
    assertThat(said())
        .isEqualTo("weft: the words are [go]; write: run EXPR|FILE.weft NAME=FILE... --to FILE\n");
    assertThat(run("run", "1 + 1", "--on=local[2]")).isEqualTo(2);
    assertThat(said()).startsWith("weft: a plan writes all its results to files: add --to FILE");
    assertThat(run("run", "x", "x=none.npy", "--to=r.npy")).isEqualTo(2);
    assertThat(said()).contains("none.npy");
  }
}
