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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands, in this process. */
class MainTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeInputs() {
    Npy.write(file("x.npy"), HostArray.of(new double[][] {{3, 0, 5}, {8, 1, 7}}));
    Npy.write(file("y.npy"), HostArray.of(new double[][] {{4, 2, 12}, {6, 1, 24}}));
    Npy.write(file("z.npy"), HostArray.of(new double[] {1, 2}));
  }

  @Test
  void printsTheMeanOfHypotenuses() {
    int code = weft("run", "mean(sqrt(x**2 + y**2), axis=0)", "x=x.npy", "y=y.npy");
    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(out()).isEqualTo("[ 7.5         1.70710678 19.        ]\nfloat64 (3,)\n");
  }

  @Test
  void printsNumbersAndSeveralValues() {
    assertThat(weft("run", "x.sum(), x.shape", "x=x.npy", "--quiet")).isZero();
    assertThat(out()).isEqualTo("24.0\n[2 3]\n");
  }

  @Test
  void valuesOfTupleHaveTheirText() {
    assertThat(weft("run", "max(x), x[0]", "x=x.npy")).isZero();
    assertThat(out()).isEqualTo("max(x):\n8.0\nfloat64 ()\nx[0]:\n[3. 0. 5.]\nfloat64 (3,)\n");
  }

  @Test
  void writesAFile() {
    assertThat(weft("run", "x * 2", "x=x.npy", "-o", "r.npy")).isZero();
    assertThat(out()).startsWith("wrote ").contains("r.npy: float64 (2, 3), 48 bytes");
    try (HostArray result = Npy.load(file("r.npy"))) {
      assertThat(result.toDoubleArray()).containsExactly(6, 0, 10, 16, 2, 14);
    }
  }

  @Test
  void computesTheOutputsOfAJobTogether() throws IOException {
    Files.writeString(
        file("job.weft"), "# both\nm = x.mean(axis=0)\nd = x - m   # deviations\nmax(d)\n");
    int code =
        weft("run", file("job.weft").toString(), "x=x.npy", "--out", "m=m.npy", "--out", "d=d.npy");
    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    try (HostArray m = Npy.load(file("m.npy"));
        HostArray d = Npy.load(file("d.npy"))) {
      assertThat(m.toDoubleArray()).containsExactly(5.5, 0.5, 6);
      assertThat(d.toDoubleArray()).containsExactly(-2.5, -0.5, -1, 2.5, 0.5, 1);
    }
    assertThat(out()).contains("max(d):\n2.5\n");
  }

  @Test
  void outputsThatAreOneArrayAreAllWritten() throws IOException {
    List<String> jobs =
        List.of(
            "a = x * 2\nb = x * 2",
            "a = x * 2\nb = a",
            "y = x * 2\na = y\nb = flip(flip(y))",
            "y = x * 2\na = y.T.T\nb = y[::]",
            "y = x * 2\na = y * 1\nb = y.reshape(2, 3)",
            "a = x + x\nb = float64(x + x)");
    for (String job : jobs) {
      Files.writeString(file("job.weft"), job);
      String path = file("job.weft").toString();
      assertThat(weft("run", path, "x=x.npy", "--out", "a=a.npy", "--out", "b=b.npy")).isZero();
      assertThat(err()).isEmpty();
      for (String name : List.of("a.npy", "b.npy")) {
        try (HostArray result = Npy.load(file(name))) {
          assertThat(result.toDoubleArray()).as(job).containsExactly(6, 0, 10, 16, 2, 14);
        }
        Files.delete(file(name));
      }
    }
  }

  @Test
  void reductionsThatAreOneArrayAreAllWritten() throws IOException {
    Files.writeString(file("job.weft"), "a = mean(z, axis=0)\nb = mean(z)\nc = nansum(z)");
    String path = file("job.weft").toString();
    int code =
        weft("run", path, "z=z.npy", "--out", "a=a.npy", "--out", "b=b.npy", "--out", "c=c.npy");
    assertThat(code).isZero();
    try (HostArray a = Npy.load(file("a.npy"));
        HostArray b = Npy.load(file("b.npy"));
        HostArray c = Npy.load(file("c.npy"))) {
      assertThat(List.of(a.item(), b.item(), c.item())).containsExactly(1.5, 1.5, 3.0);
    }
  }

  @Test
  void oneValueIsWrittenTwiceAndPrintedToo() throws IOException {
    Files.writeString(file("job.weft"), "a = x * 2\nx * 2");
    String path = file("job.weft").toString();
    assertThat(weft("run", path, "x=x.npy", "--out", "a=a.npy", "--out", "a=b.npy")).isZero();
    assertThat(out()).contains("x * 2:\n[[ 6.  0. 10.]\n [16.  2. 14.]]\n");
    assertThat(Files.readAllBytes(file("b.npy"))).isEqualTo(Files.readAllBytes(file("a.npy")));
    try (HostArray result = Npy.load(file("a.npy"))) {
      assertThat(result.toDoubleArray()).containsExactly(6, 0, 10, 16, 2, 14);
    }
  }

  @Test
  void aJobWithoutExpressionPrintsItsLastValue() throws IOException {
    Files.writeString(file("job.weft"), "a = x + 1\nb = a.sum()");
    assertThat(weft("run", file("job.weft").toString(), "x=x.npy", "-q")).isZero();
    assertThat(out()).isEqualTo("30.0\n");
  }

  @Test
  void jsonGivesAllDigitsOfIntegers() {
    assertThat(weft("run", "18446744073709551615, array([9007199254740993])", "--json")).isZero();
    assertThat(out()).contains("\"value\": 18446744073709551615", "\"values\": [9007199254740993]");
  }

  @Test
  void jsonDescribesResultsAndCosts() {
    assertThat(weft("run", "x.sum(), x[0] > 2", "x=x.npy", "--json")).isZero();
    assertThat(out())
        .startsWith(
            "{\"results\": [{\"name\": \"x.sum()\", \"dtype\": \"float64\", \"shape\": [],"
                + " \"value\": 24.0}, {\"name\": \"x[0] > 2\", \"dtype\": \"bool\", \"shape\": [3],"
                + " \"values\": [true, false, true]}], \"seconds\": {\"prepare\": ")
        .contains("\"bytes_read\": ", "\"bytes_written\": 0", "\"bytes_spilled\": 0")
        .containsPattern("\"memory\": \\{\"limit\": [0-9]+, \"peak\": [0-9]+}, \"tasks\": ");
  }

  @Test
  void settingsAreTaken() {
    int code =
        weft(
            "run",
            "x.sum() + z.sum()",
            "x=x.npy",
            "z=z.npy",
            "--chunks",
            "x=1,2",
            "--chunks",
            "1",
            "--threads",
            "2",
            "--memory",
            "64M",
            "-q");
    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(out()).isEqualTo("27.0\n");
    weft("explain", "x.sum()", "x=x.npy", "--chunks", "x=1,2");
    assertThat(out()).contains("chunks [2*1 x ");
  }

  @Test
  void explainShowsThePlan() {
    assertThat(weft("explain", "mean(sqrt(x**2 + y**2))", "x=x.npy", "y=y.npy")).isZero();
    assertThat(out()).contains("sqrt");
  }

  @Test
  void explainDrawsThePlan() throws IOException {
    List<String> words =
        new ArrayList<>(List.of("explain", "mean(sqrt(x**2 + y**2))", "x=x.npy", "y=y.npy"));
    for (String option : List.of("--svg", "--png", "--dot")) {
      words.add(option);
      words.add(file("graph." + option.substring(2)).toString());
    }
    assertThat(weft(words.toArray(String[]::new))).isZero();
    assertThat(out()).contains("plan\n");
    assertThat(Files.readString(file("graph.svg")))
        .startsWith("<svg ")
        .contains("mean(sqrt(x**2 + y**2))", "Expression", "Stages", "Tasks", "x.npy");
    assertThat(Files.readString(file("graph.dot"))).startsWith("digraph weft {");
    assertThat(Files.readAllBytes(file("graph.png"))).startsWith(0x89, 'P', 'N', 'G');

    String stages = file("stages.svg").toString();
    assertThat(weft("explain", "x + 1", "x=x.npy", "--svg", stages, "--view", "stages")).isZero();
    assertThat(Files.readString(Path.of(stages))).contains("Stages").doesNotContain("Expression");
  }

  @Test
  void wrongNamesExitWith2() {
    assertThat(weft("run", "mean(xx)", "x=x.npy")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            """
            weft: unknown name 'xx'; did you mean x? (known here: x)
              mean(xx)
                   ^^
            """);
    assertThat(out()).isEmpty();
  }

  @Test
  void wrongShapesExitWith2() {
    assertThat(weft("run", "x + z", "x=x.npy", "z=z.npy")).isEqualTo(2);
    assertThat(err())
        .startsWith("weft: add: shapes (2, 3) and (2,) do not broadcast: axis 1 is 3 and 2\n");
  }

  @Test
  void missingFilesExitWith2() {
    assertThat(weft("run", "mean(x)", "x=nothing.npy")).isEqualTo(2);
    assertThat(err()).startsWith("weft: input x: the file ").contains("nothing.npy does not exist");
    assertThat(weft("run", "missing.weft", "x=x.npy")).isEqualTo(2);
    assertThat(err()).contains("the job file missing.weft does not exist");
  }

  @Test
  void brokenFilesSayWhatIsWrong() throws IOException {
    Files.writeString(file("broken.npy"), "this is no npy file at all");
    assertThat(weft("run", "mean(x)", "x=broken.npy")).isEqualTo(2);
    assertThat(err()).startsWith("weft: ").contains("broken.npy").doesNotContain("\tat ");
  }

  @Test
  void unwritableOutputLeavesNothing() throws IOException {
    assertThat(weft("run", "x + 1", "x=x.npy", "-o", "no/such/folder/r.npy")).isNotZero();
    assertThat(err()).contains("r.npy");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void unusedInputsAreMentioned() {
    assertThat(weft("run", "x.sum()", "x=x.npy", "y=y.npy")).isZero();
    assertThat(err()).isEqualTo("weft: the input y is not used\n");
  }

  @Test
  void debugShowsTheTrace() {
    assertThat(weft("run", "mean(xx)", "x=x.npy", "--debug")).isEqualTo(2);
    assertThat(err()).contains("LanguageException", "\tat ");
  }

  /** Files are named relative to the folder of the test. */
  private int weft(String... words) {
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      arguments.add(
          word.endsWith(".npy")
              ? word.substring(0, equals + 1) + file(word.substring(equals + 1))
              : word);
    }
    out.reset();
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(arguments.toArray(String[]::new), console);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
