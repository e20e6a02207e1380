package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.cli.output.ResultStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes nothing: a full disk, a closed descriptor, a reader that has gone. */
class OutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Fails with what the system says. */
  private static final class Broken extends OutputStream {
    private final String reason;

    Broken(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run ones(3)",
        "run ones(3) --json",
        "run ones(3) --explain",
        "run ones(3) -q",
        "explain ones(3)",
        "compare ones(3) --devices=cpu --repeat=1",
        "ops",
        "ops sqrt",
        "info",
        "devices",
        "devices --json",
        "demo",
        "completion",
        "help",
        "help run",
        "run --help",
        "--help",
        "--version"
      })
  void nothingIsLostInSilence(String arguments) {
    assertThat(weft(new ResultStream(new Broken("No space left on device")), arguments))
        .isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "weft: write to standard output: No space left on device. Free space, or write elsewhere\n");
    assertThat(weft(new ResultStream(new Broken("Broken pipe")), arguments)).isEqualTo(141);
    assertThat(err()).isEmpty();
  }

  @Test
  void aClosedOutputIsNamed() {
    assertThat(weft(new ResultStream(new Broken("Bad file descriptor")), "run ones(3)"))
        .isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "weft: write to standard output: it is closed. Leave it open, or write the result to a file with -o\n");
  }

  @Test
  void aStreamThatKeepsItsFailuresIsAsked() {
    assertThat(weft(new Broken("any"), "run ones(3)")).isEqualTo(1);
    assertThat(err()).startsWith("weft: write to standard output: it failed.");
  }

  private int weft(OutputStream out, String arguments) {
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(arguments.split(" "), console);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
