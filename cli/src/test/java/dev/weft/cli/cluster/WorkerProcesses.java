package dev.weft.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code weft} in processes of their own, in one folder. */
record WorkerProcesses(Path folder) {
  Process start(String log, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weft.cli.Main"));
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve(log + ".out").toFile())
        .redirectError(folder.resolve(log + ".err").toFile())
        .start();
  }

  void run(String... words) throws Exception {
    assertThat(start("run", words).waitFor()).as(said("run")).isZero();
  }

  String said(String log) throws IOException {
    return Files.readString(folder.resolve(log + ".err"));
  }

  /** Chunks that are there. */
  long chunks() {
    return files().stream().filter(file -> !file.toString().endsWith(".tmp")).count();
  }

  List<Path> files() {
    try (Stream<Path> files = Files.walk(folder.resolve("plan.weft.chunks"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      // Nothing is there yet, or nothing is any more.
      return List.of();
    }
  }

  /** The elements of a file, whatever its format. */
  byte[] elements(String file) {
    SessionConfig config = SessionConfig.defaults().withMemoryLimit(1L << 30);
    try (Session session = Session.open(config);
        HostArray array = session.load(folder.resolve(file)).compute()) {
      return array.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
