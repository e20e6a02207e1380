package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cli.job.InputFiles;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.cli.options.Reading;
import dev.weft.cli.output.Console;
import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.io.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's numbers are NumPy's. */
class DemoTest {
  @Test
  void theJobAgreesWithNumPy() throws IOException {
    try (DemoData data = DemoData.temporary();
        Session session = Session.open();
        InputFiles inputs =
            new InputFiles(
                session,
                new Reading(
                    name -> name.equals("p") ? ChunkSpec.of(50, 100) : ChunkSpec.auto(),
                    name -> ReadOptions.PLAIN),
                Map.of(
                    "p", data.file("precipitation_2016.npy"),
                    "latitude", data.file("latitude.npy")))) {
      Evaluator.Outputs outputs =
          Evaluator.evaluate(session, Parser.job(new SourceText("demo.weft", data.job())), inputs);
      for (String[] line : fixtures().toList()) {
        double[] expected =
            Stream.of(line[1].split(",")).mapToDouble(Double::parseDouble).toArray();
        try (HostArray value = outputs.value(line[0]).compute()) {
          // The data is float32, and so are most of the results.
          for (int i = 0; i < expected.length; i++) {
            assertThat(value.toDoubleArray()[i])
                .as("%s[%d]", line[0], i)
                .isCloseTo(expected[i], within(Math.abs(expected[i]) * 1e-5));
          }
          assertThat(value.size()).isEqualTo(expected.length);
        }
      }
    }
  }

  @Test
  void theDataCanBeSavedAndUsed(@TempDir Path folder) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = Console.of(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
    assertThat(Main.run(new String[] {"demo", "--save", folder.toString()}, console)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("weft run");
    out.reset();
    String file = "p=" + folder.resolve("precipitation_2016.npy");
    assertThat(Main.run(new String[] {"run", "p.shape", file, "-q"}, console)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[168 360]\n");
  }

  private static Stream<String[]> fixtures() throws IOException {
    try (var file =
        Objects.requireNonNull(DemoTest.class.getResourceAsStream("demo-fixtures.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1));
    }
  }
}
