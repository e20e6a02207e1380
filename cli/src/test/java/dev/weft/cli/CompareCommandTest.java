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

  @Test
  void aDeviceWithMemoryOfItsOwnIsShownBothWays() {
    assertThat(weft("sqrt(x) + x", "--devices", "cpu,far", "--repeat", "2", "--memory", "64M"))
        .isZero();
    assertThat(err()).isEmpty();
    assertThat(out())
        .containsPattern("(?m)^device +inputs +cold ")
        .containsPattern("(?m)^cpu +host +")
        // From the host with copies in and out; there without any.
        .containsPattern("(?m)^far +host +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +- ")
        .containsPattern("(?m)^far +there +[0-9.]+ +[0-9.]+ +- +[0-9.]+ +- +- ")
        .contains("  far, inputs there  float64 ")
        .contains("energy: not told: far:0: far:0 has no counter of energy\n");
  }

  @Test
  void residentInputsAreOnTheDeviceBeforeTheRuns() {
    assertThat(
            weft(
                "x.sum(), x.max()",
                "--devices",
                "cpu,far",
                "--resident",
                "--repeat",
                "2",
                "--memory",
                "64M"))
        .isZero();
    assertThat(out())
        .containsPattern("(?m)^cpu +there +")
        .containsPattern("(?m)^far +there +[0-9.]+ +[0-9.]+ +- ")
        .doesNotContainPattern("(?m)^(cpu|far) +host ")
        .contains("there: inputs lie on the device before a run");
  }

  @Test
  void energyIsToldWhereThereIsACounter() {
    assertThat(weft("x * 2", "--devices", "counted", "--repeat", "2", "--memory", "64M")).isZero();
    assertThat(out())
        .containsPattern("(?m)^device .* J  speed-up$")
        .contains("J: joules a run, on reference of the test\n");
    assertThat(weft("x * 2", "--devices", "cpu", "--repeat", "2", "--memory", "64M")).isZero();
    assertThat(out()).containsPattern("(J: joules a run, on cpu of|energy: not told: cpu: ).+\n");
  }

  @Test
  void productsAreComparedWithTheBestProduct() {
    String square = "x[:40000].reshape(200, 200)";
    assertThat(weft(square + " @ " + square, "--devices", "cpu", "--repeat", "2")).isZero();
    assertThat(out())
        .containsPattern("(?m)^device .* memory  products  speed-up$")
        .containsPattern("products: share of the Gflop/s of the best product: cpu [0-9.]+\n");
  }

  @Test
  void aSavedComparisonIsShownBesideTheNewOne() throws IOException {
    assertThat(weft("x.sum()", "--devices", "cpu:1", "--repeat", "3", "--json")).isZero();
    Path saved = Files.writeString(folder.resolve("saved.json"), out());
    assertThat(
            weft(
                "x.sum()",
                "--devices",
                "cpu:1,cpu-scalar",
                "--repeat",
                "3",
                "--against",
                saved.toString()))
        .isZero();
    assertThat(out())
        .contains("\nagainst saved.json; faster or slower: medians differ by more than ")
        .containsPattern(
            "(?m)^  cpu:1       .+ \\(.+\\), was .+\\): (within noise|.* times as (fast|slow))$")
        .contains("\n  cpu-scalar  not there\n");
    assertThat(weft("x.sum()", "--devices", "cpu:1", "--json", "--against", saved.toString()))
        .isZero();
    assertThat(out()).contains("\"against\": {\"file\": \"saved.json\"", "\"verdict\": \"");
    assertThat(weft("x.max()", "--devices", "cpu:1", "--against", saved.toString())).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: --against %s: its workloads are not these: 'x.sum()' and 'x.max()'; give the output of 'weft compare --json' for the same expression and inputs\n"
                .formatted(saved));
    Npy.write(folder.resolve("x.npy"), HostArray.of(new double[7]));
    assertThat(weft("x.sum()", "--devices", "cpu:1", "--against", saved.toString())).isEqualTo(2);
    assertThat(err())
        .contains("its inputs are not these: 'x float64 (50000,)' and 'x float64 (7,)'");
  }

  @Test
  void aSweepFindsFromWhereADevicePays() throws IOException {
    Path chart = folder.resolve("sweep.svg");
    String[] sweep = {
      "compare", "sum(sqrt(x) + y)", "--devices", "cpu:1,cpu-scalar", "--sweep", "1e2..1e4"
    };
    assertThat(main(with(sweep, "--repeat", "2", "--svg", chart.toString()))).isZero();
    assertThat(err()).isEmpty();
    assertThat(out())
        .startsWith("sum(sqrt(x) + y)\nx, y float64, 100 to 10,000 elements\n")
        .containsPattern("(?m)^elements +cpu:1 +cpu-scalar$")
        .containsPattern("(?m)^ +316 +[0-9.]+ +[0-9.]+ \\([0-9.]+\\)$")
        .containsPattern(
            "(?m)^cpu-scalar pays against cpu:1 (at no size up to|at all sizes from|from about) ");
    assertThat(Files.readString(chart))
        .startsWith("<svg ")
        .contains("baseline: cpu:1", "<polyline ", "cpu-scalar pays against cpu:1 ");
    assertThat(main(with(sweep, "--repeat", "2", "--json"))).isZero();
    assertThat(out()).contains("\"sweep\": [{\"elements\": 100, ", "\"pays_from_elements\": ");
    Path saved = Files.writeString(folder.resolve("saved.json"), out());
    assertThat(main(with(sweep, "--repeat", "2", "--against", saved.toString()))).isZero();
    assertThat(out()).containsPattern("(?m)^  10,000 cpu-scalar +.+, was .+: ");
    String[] once = {"compare", "sum(sqrt(x) + y)", "--devices", "cpu:1", "--against"};
    assertThat(main(with(once, saved.toString()))).isEqualTo(2);
    assertThat(err()).contains(": it was made with --sweep; give the output of");
  }

  @Test
  void aSweepOverMatrices() {
    assertThat(
            main(
                "compare",
                "x @ y",
                "--devices",
                "cpu:1",
                "--sweep",
                "100..1000",
                "--square",
                "--repeat",
                "2"))
        .isZero();
    assertThat(out()).contains("x, y float64, 100 to 1,000 elements, as many rows as columns\n");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
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
