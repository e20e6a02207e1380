package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the start script of bundles gives to Java; in place of Java stands a script. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "LC_ALL=${LC_ALL-}"
      [[ " $* " != *" -Dweft.stderr=3 "* ]] || echo 'message' >&3
      echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
      read -r line && echo "read $line"
      """;

  @TempDir private Path root;

  @BeforeEach
  void makesABundleOfOneScript() throws IOException {
    executable("java/bin/java", JAVA);
    Files.createDirectory(root.resolve("lib"));
    Files.writeString(root.resolve("lib/classpath"), "");
    try (InputStream script =
        Objects.requireNonNull(Main.class.getResourceAsStream("/dev/weft/bundle/weft"))) {
      executable("bin/weft", new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void executable(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', UTF-8",
    "C, UTF-8",
    "POSIX, UTF-8",
    "en_US.UTF-8, UTF-8",
    "not_INSTALLED.UTF-8, UTF-8",
    "de_DE.ISO-8859-1, ISO-8859-1"
  })
  void javaCanWriteEveryName(String locale, String characters) throws Exception {
    assumeTrue(
        run("export LC_ALL=C.UTF-8; [[ $(locale charmap) == UTF-8 ]] && echo yes").contains("yes"),
        "no locale C.UTF-8 here");
    assertThat(run("LC_ALL=%s bin/weft </dev/null".formatted(locale)))
        .contains("LC_ALL=")
        .containsPattern("LC_ALL=\\S*" + characters + "\n")
        .doesNotContain("cannot change locale (C");
  }

  @Test
  void messagesAreOnDescriptorThreeAndTheGreetingIsNot() throws Exception {
    assertThat(run("bin/weft </dev/null 2>&1 | cat")).contains("message").doesNotContain("WARN");
  }

  @Test
  void closedDescriptorsAreErrorsAtTheirUse() throws Exception {
    assertThat(run("bin/weft <<<x")).contains("read x");
    assertThat(run("bin/weft <&- 2>/dev/null")).contains("LC_ALL=").doesNotContain("read");
    assertThat(run("bin/weft >&- </dev/null"))
        .contains("message", "Bad file descriptor")
        .doesNotContain("LC_ALL=");
    assertThat(run("bin/weft 2>&- </dev/null")).contains("LC_ALL=").doesNotContain("message");
  }

  /** What the line and everything it has started say, the filter behind the script included. */
  private String run(String line) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", line)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return output;
  }
}
