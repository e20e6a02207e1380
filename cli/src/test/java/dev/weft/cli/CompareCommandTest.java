package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of real devices, and of devices with faults. */
class CompareCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestDevices devices;

  @BeforeEach
  void prepare() throws IOException {
    devices = new TestDevices(folder);
    double[] values = new double[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i) * 5;
    }
    Npy.write(folder.resolve("x.npy"), HostArray.of(values));
  }

  @AfterEach
  void close() {
    devices.close();
  }

  @Test
  void threadsAndVectorsAreCompared() {
    int code =
        weft("exp(x), x.sum(), argmax(x)", "--devices", "cpu,cpu:1,cpu-scalar", "--repeat", "3");
    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(out())
        .startsWith("exp(x), x.sum(), argmax(x)\nx float64 (50000,)\n")
        .containsPattern("(?m)^cpu +[0-9.]+ +[0-9.]+ +- +[0-9.]+ +- +[0-9.]+ +[0-9.]+ .* 1\\.00$")
        .containsPattern("(?m)^cpu:1 +[0-9.]+ .*[0-9.]+$")
        .containsPattern("(?m)^cpu-scalar +[0-9.]+ .*[0-9.]+$")
        // exp differs by an ulp at most between its two forms, sums and positions never.
        .containsPattern("(?m)^  cpu-scalar  float64 (to the bit|within 1 ulp.*), int64 exactly$");
  }

  @Test
  void whatCannotBeUsedIsARowWithoutNumbers() {
    assertThat(weft("x.sum()", "--devices", "cpu,absent", "--repeat", "1")).isZero();
    assertThat(out())
        .contains("\nabsent  not run: it is not plugged in. Plug it in.\n")
        .contains("warning: only cpu gave times: there is nothing to compare it with\n");
  }

  @Test
  void onlyUnusableDevicesAreAnError() {
    assertThat(weft("x.sum()", "--devices", "absent")).isEqualTo(1);
    assertThat(err())
        .isEqualTo("weft: no device can be used: absent: it is not plugged in. Plug it in.\n");
    assertThat(weft("x.sum()", "--devices", "absent,cpu+absent")).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "weft: no device can be used: absent: it is not plugged in. Plug it in.;"
                + " cpu+absent: absent: it is not plugged in. Plug it in.\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void runAndExplainSayTheSame() {
    for (String command : List.of("run", "explain")) {
      assertThat(main(command, "1 + 1", "--device", "absent")).isEqualTo(1);
      assertThat(err())
          .isEqualTo("weft: no device can be used: absent: it is not plugged in. Plug it in.\n");
    }
    assertThat(main("run", "1 + 1", "--device", "cpu-scalar:1", "-q")).isZero();
    assertThat(out()).isEqualTo("2\n");
  }

  @Test
  void wrongAnswersGetNoTimes() {
    assertThat(weft("x * 2", "--devices", "cpu,wrong", "--repeat", "1")).isEqualTo(1);
    assertThat(out())
        .contains(
            "\nwrong   different answer, so no times: (x * 2)[0] is -77.0, but 0.0 on cpu;"
                + " 1 of 50,000 elements differ\n");
  }

  @Test
  void aJobThatFailsIsARowWithItsReason() {
    assertThat(weft("x.reshape(500, 100) @ x.reshape(100, 500)", "--memory", "1M")).isEqualTo(1);
    assertThat(out()).contains("\ncpu     failed: the job needs at least ");
  }

  @Test
  void mistakesInTheExpressionAreUsageErrors() {
    assertThat(weft("mean(xx)", "--devices", "cpu")).isEqualTo(2);
    assertThat(err()).startsWith("weft: unknown name 'xx'; did you mean x?");
    assertThat(weft("1 + 1", "--devices", "cpu:1", "--repeat", "1")).isZero();
    assertThat(err()).isEqualTo("weft: the input x is not used\n");
  }

  @Test
  void jsonAndChart() throws IOException {
    Path chart = folder.resolve("chart.svg");
    int code =
        weft(
            "x.sum()",
            "--devices",
            "cpu,absent",
            "--json",
            "--svg",
            chart.toString(),
            "--repeat",
            "2");
    assertThat(code).isZero();
    assertThat(out())
        .startsWith("{\"expression\": \"x.sum()\", \"inputs\": \"x float64 (50000,)\"")
        .contains("\"host_to_device\": null", "\"speed_up\": 1.0", "\"differing\": 0")
        .contains(
            "{\"device\": \"absent\", \"status\": \"not run\", \"reason\": \"it is not plugged in\"");
    assertThat(Files.readString(chart)).startsWith("<svg ").contains("not run: it is not plugged");
  }

  private int weft(String expression, String... options) {
    return main(
        Stream.concat(
                Stream.of("compare", expression, "x=" + folder.resolve("x.npy")),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private int main(String... words) {
    out.reset();
    err.reset();
    return Main.run(
        words,
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
