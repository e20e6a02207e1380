package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Jobs that can be watched say where, and compute what they would compute. */
class DashboardCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int weft(String... words) {
    return Main.run(
        words,
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  @Test
  void aJobThatIsWatchedPrintsTheLinkBesideItsResult() {
    assertThat(weft("run", "sum(arange(10))", "--dashboard=0", "-q")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("45\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches("weft: watch it at http://127\\.0\\.0\\.1:\\d+/\\?token=[\\w-]{32}\n");
  }

  @Test
  void theDemoRunsItsJobsAndEnds() {
    assertThat(weft("dashboard", "--demo", "--seconds", "0", "--dashboard=0")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("/?token=", "Ctrl-C ends them");
  }

  @Test
  void anAddressThatThisMachineDoesNotHaveIsWrongUse() {
    int code = weft("run", "1", "--dashboard=0", "--dashboard-address", "192.0.2.1");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("192.0.2.1");
  }
}
