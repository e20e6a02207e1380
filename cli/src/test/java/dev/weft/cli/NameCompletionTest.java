package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for shells, in bash, with a weft that lists three arrays. */
class NameCompletionTest {
  private static final String WEFT =
      """

      weft() {
        [ "$*" = "ls climate.nc" ] || return 2
        printf 'NAME      TYPE     SHAPE\\ntas       float32  (3,)\\nlat       float64  (2,)\\ntas bnds  float64  (2,)\\n'
      }
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_weft_names
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;

  private String complete(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("complete.sh");
    Files.writeString(script, Help.completion() + WEFT);
    List<String> command = new java.util.ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void namesInFilesAreCompleted() throws Exception {
    assertThat(complete("weft", "run", "t", "t", "=", "climate.nc#"))
        .isEqualTo("climate.nc#tas\nclimate.nc#lat\nclimate.nc#tas bnds\n");
    assertThat(complete("weft", "run", "t", "t", "=", "climate.nc#l"))
        .isEqualTo("climate.nc#lat\n");
    assertThat(complete("weft", "run", "t", "t=climate.nc#l")).isEqualTo("t=climate.nc#lat\n");
    assertThat(complete("weft", "run", "t", "t", "=", "none.nc#")).isEqualTo("\n");
    assertThat(complete("weft", "comp")).contains("completion");
  }
}
