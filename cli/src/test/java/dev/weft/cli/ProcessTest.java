package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.cli.output.Interruption;
import dev.weft.cli.output.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a process of its own: signals and descriptors, as shells give them. */
@EnabledOnOs(OS.LINUX)
class ProcessTest {
  private static final String GREETING = "WARNING: Using incubator modules: jdk.incubator.vector\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 2", "TERM, 15", "HUP, 1"})
  void aSignalEndsItAtOnceAndLeavesNoFile(String signal, int number) throws Exception {
    assumeFalse(isIgnored(number), "the tests run where SIG" + signal + " is ignored");
    // A product of many seconds: the temporary file appears before it begins.
    Process weft = shell("exec $JAVA $WEFT run 'ones((8000,8000)) @ ones((8000,8000))' -o r.npy");
    while (files(".r.npy").isEmpty() && weft.isAlive()) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(weft.pid())).start().waitFor();
    assertThat(weft.waitFor()).isEqualTo(128 + number);
    assertThat(read("err")).isEqualTo("weft: interrupted; unfinished files are removed\n");
    assertThat(read("vm")).isEqualTo(GREETING);
    assertThat(read("out")).isEmpty();
    assertThat(files("")).containsExactlyInAnyOrder("err", "out", "vm");
  }

  /** A program on a disk that hangs: what is removed at the end never comes to an end. */
  static final class Hanging {
    private Hanging() {}

    public static void main(String[] arguments) throws IOException {
      Interruption interruption = Interruption.watch(Messages.ofProcess(), false, false);
      Semaphore never = new Semaphore(0);
      Runtime.getRuntime().addShutdownHook(new Thread(never::acquireUninterruptibly));
      Files.createFile(Path.of("started"));
      never.acquireUninterruptibly();
      interruption.expected();
    }
  }

  @Test
  void aSecondSignalDoesNotWaitForWhatIsRemoved() throws Exception {
    assumeFalse(isIgnored(2), "the tests run where SIGINT is ignored");
    Process weft = shell("exec $JAVA -Dweft.stderr=3 '%s'".formatted(Hanging.class.getName()));
    while (files("started").isEmpty() && weft.isAlive()) {
      Thread.sleep(20);
    }
    List<String> interrupt = List.of("kill", "-INT", Long.toString(weft.pid()));
    new ProcessBuilder(interrupt).start().waitFor();
    while (read("err").isEmpty() && weft.isAlive()) {
      Thread.sleep(20);
    }
    assertThat(weft.isAlive()).as("it waits for what is removed").isTrue();
    new ProcessBuilder(interrupt).start().waitFor();
    assertThat(weft.waitFor(2, TimeUnit.MINUTES)).as("it has ended").isTrue();
    assertThat(weft.exitValue()).isEqualTo(130);
  }

  /** As with nohup, or behind & in a script: programs that are started inherit it. */
  private static boolean isIgnored(int signal) throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) >> (signal - 1) & 1) == 1;
  }

  @Test
  void messagesStandAmongThoseOfOthersInTheOrderOfTime() throws Exception {
    String weft = "$JAVA $WEFT run 'ones(3) + y' y=y.npy";
    Process shell = shell("{ echo a; %s; echo b; %s; echo c; } >&3".formatted(weft, weft));
    assertThat(shell.waitFor()).isZero();
    String message = "weft: input y: the file y.npy does not exist";
    List<String> lines = read("err").lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("a");
    assertThat(lines.get(1)).startsWith(message);
    assertThat(lines.get(2)).isEqualTo("b");
    assertThat(lines.get(3)).startsWith(message);
    assertThat(lines.get(4)).isEqualTo("c");
  }

  @Test
  void resultsAndMessagesShareAFile() throws Exception {
    String weft = "$JAVA $WEFT run 'ones(2)' unused=y.npy";
    assertThat(shell("{ echo a; %s; echo b; } >&3 3>&3".formatted(weft)).waitFor()).isZero();
    assertThat(read("err"))
        .isEqualTo("a\nweft: the input unused is not used\n[1. 1.]\nfloat64 (2,)\nb\n");
  }

  @Test
  void aFullDeviceIsAnError() throws Exception {
    assertThat(shell("$JAVA $WEFT ops >/dev/full").waitFor()).isEqualTo(1);
    assertThat(read("err"))
        .isEqualTo(
            "weft: write to standard output: No space left on device. Free space, or write elsewhere\n");
  }

  @Test
  void aReaderThatHasGoneIsNone() throws Exception {
    Process shell = shell("set -o pipefail; $JAVA $WEFT explain '%s' | true".formatted("ones(3)"));
    assertThat(shell.waitFor()).isIn(0, 141);
    assertThat(read("err")).isEmpty();
  }

  @Test
  void aNameThatTheLocaleCannotWriteIsWrongUse() throws Exception {
    assertThat(shell("LC_ALL=C $JAVA $WEFT run x x=$'\\303\\274'.npy").waitFor()).isEqualTo(2);
    assertThat(read("err"))
        .startsWith("weft: the file name '")
        .contains("set LC_ALL to a locale of UTF-8");
  }

  /**
   * Runs a line of bash whose standard error is as with the launcher: the JVM's in a file of its
   * own, the program's as descriptor 3, which is not opened for appending.
   */
  private Process shell(String line) throws IOException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", "{ " + line + "; } 3>err >out 2>vm");
    bash.directory(folder.toFile());
    bash.environment().put("LC_ALL", "C.UTF-8");
    bash.environment()
        .put(
            "JAVA",
            Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 --add-modules jdk.incubator.vector"
                + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow");
    bash.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    bash.environment().put("WEFT", "-Dweft.stderr=3 " + Main.class.getName());
    return bash.start();
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  private List<String> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .toList();
    }
  }
}
