package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.cli.output.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft run --profile --trace}: files that agree with the job's own report. */
class ProfileCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int weft(String... words) {
    return Main.run(
        words,
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void bothFilesTellOfAllTasks() throws Exception {
    String expression = "sum(sqrt(arange(100000)))";
    int code =
        weft(
            "run",
            expression,
            "--json",
            "--chunks",
            "1000",
            "--profile",
            file("p.html"),
            "--trace",
            file("t.json"));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    double tasks = (Double) map(JsonReader.read(out.toString(StandardCharsets.UTF_8))).get("tasks");
    double traced = 0;
    for (Object event : events()) {
      if ("task".equals(map(event).get("cat"))) {
        traced += (Double) map(map(event).get("args")).get("tasks");
      }
    }
    assertThat(traced).isEqualTo(tasks);
    assertThat(folder.resolve("p.html"))
        .content()
        .contains("\"title\":\"" + expression + "\"", "planned in", "\"kernels\":[{");
  }

  @Test
  void aJobThatFailsHasItsFailureInBoth() throws Exception {
    int code =
        weft(
            "run",
            "ones((2000, 2000)) @ ones((2000, 2000))",
            "--memory",
            "1M",
            "--profile",
            file("p.html"),
            "--trace",
            file("t.json"));
    assertThat(code).isEqualTo(1);
    assertThat(folder.resolve("p.html")).content().contains("\"failure\":\"failed: ");
    assertThat(events()).anyMatch(event -> "failed".equals(map(event).get("name")));
  }

  @Test
  void aJobThatIsNeverBegunLeavesNoFile() {
    assertThat(weft("run", "sum(x)", "x=" + file("none.npy"), "--profile", file("p.html")))
        .isEqualTo(2);
    assertThat(Files.exists(folder.resolve("p.html"))).isFalse();
  }

  @Test
  void foldersAreLookedAtBeforeTheWork() {
    assertThat(weft("run", "1", "--trace", file("none/t.json"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("weft: --trace ")
        .contains("none does not exist; make it, or name a file in another");
    assertThat(weft("run", "1", "--profile", folder.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("this is a folder; name a file");
  }

  @Test
  void formsOfProgressAreThree() {
    assertThat(weft("run", "1", "--progress", "loud")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("weft: --progress is 'loud'; use auto, plain or none\n");
    assertThat(weft("run", "1", "--progress=none")).isZero();
  }

  private List<?> events() throws Exception {
    Object trace = JsonReader.read(Files.readString(folder.resolve("t.json")));
    return (List<?>) map(trace).get("traceEvents");
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }
}
