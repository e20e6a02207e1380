package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code weft devices}, on whatever this machine has. */
class DevicesCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyDeviceHasALine() {
    assertThat(weft("devices", "--memory", "64M", "--threads", "2")).isZero();
    assertThat(err()).isEmpty();
    assertThat(out().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "cpu +usable: 2 threads, vectors .+, \\d+ cores, 0\\.1 GiB for buffers,"
                            + " memory \\d+\\.\\d GB/s \\(±\\d+ %\\), \\d+\\.\\d G additions/s \\(±\\d+ %\\),"
                            + " launch \\d+\\.\\d us, products by .+"))
        .anySatisfy(line -> assertThat(line).matches("cuda(:\\d+)? +not usable: .+\\. .+\\."))
        .anySatisfy(line -> assertThat(line).matches("reference +usable: .+"))
        .allSatisfy(line -> assertThat(line).matches("\\S+ +(not )?usable: .+"));
  }

  @Test
  void jsonHasTheSameAndMore() {
    assertThat(weft("devices", "--memory", "64M", "--json")).isZero();
    assertThat(out().strip())
        .startsWith("{\"devices\": [{\"name\": \"cpu\", \"usable\": true, ")
        .contains(
            "\"memory_limit\": 67108864",
            "\"additions_per_second\": ",
            "\"memory_spread\": ",
            "\"launch_seconds\": ",
            "\"matrix products\": ",
            "\"usable\": false, \"reason\": \"",
            "\"remedy\": \"",
            "\"NVRTC\": ")
        .containsPattern("\"memory_bytes_per_second\": \\d+")
        .endsWith("}]}")
        .doesNotContain("\n");
  }

  @Test
  void aDeviceThatCannotBeUsedIsRefusedInTheSameWords() {
    weft("devices", "--memory", "64M");
    String line = out().lines().filter(l -> l.startsWith("cuda")).findFirst().orElseThrow();
    assertThat(weft("run", "1 + 1", "--device", "cuda")).isEqualTo(1);
    assertThat(err()).startsWith("weft: no device can be used: cuda: ");
    if (line.startsWith("cuda ")) {
      assertThat(err()).contains(line.substring(line.indexOf("usable: ") + "usable: ".length()));
    }
  }

  @Test
  void ratesAreMeasuredOnDemand() {
    assertThat(weft("devices", "--memory", "64M", "--json")).isZero();
    String kept = out();
    assertThat(weft("devices", "--memory", "64M", "--json")).isZero();
    assertThat(out()).isEqualTo(kept);
    assertThat(weft("devices", "--memory", "64M", "--json", "--measure")).isZero();
    assertThat(out()).isNotEqualTo(kept);
  }

  private int weft(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(
        arguments,
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
