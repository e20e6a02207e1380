package dev.weft.cli.bundle;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Java made of just the modules needed, by {@code jlink}. */
final class JavaImage {
  /**
   * What Weft, its libraries, ND4J among them, and its tests use: found by running them, since
   * jdeps sees neither services nor reflection.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.sql",
          "java.xml",
          "jdk.charsets",
          "jdk.httpserver",
          "jdk.incubator.vector",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.unsupported",
          "jdk.zipfs");

  private JavaImage() {}

  /**
   * The {@code jlink} of a JDK.
   *
   * @throws DeviceException when there is none
   */
  static Path jlink(Path javaHome) {
    for (String name : List.of("jlink", "jlink.exe")) {
      Path jlink = javaHome.resolve("bin").resolve(name);
      if (Files.isExecutable(jlink)) {
        return jlink;
      }
    }
    throw new DeviceException(
        "bundle: the Java in %s has no bin/jlink: it is no JDK, or one without its tools. Run weft with a complete JDK 25, for instance Eclipse Temurin 25 by WEFT_JAVA_HOME"
            .formatted(javaHome));
  }

  /** Makes the image: the folder {@code java} in {@code root}, with {@code bin/java}. */
  static void make(Path javaHome, Path root) throws IOException {
    Path target = root.resolve("java");
    run(
        "jlink",
        List.of(
            jlink(javaHome).toString(),
            "--add-modules",
            String.join(",", MODULES),
            "--include-locales=en",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            // Not compressed: xz does it better, and the JVM starts sooner.
            "--compress=zip-0",
            "--generate-cds-archive",
            "--output",
            target.toString()),
        root);
    // For heaps beyond 32 GB, which start without an archive then; it is half of what they take.
    Files.deleteIfExists(target.resolve("lib/server/classes_nocoops.jsa"));
  }

  /** Runs a program to its end; what it prints is the message if it fails. */
  static void run(String what, List<String> command, Path folder) throws IOException {
    Path log = Files.createTempFile(folder, what, ".log");
    try {
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (status != 0) {
        String output = Files.readString(log, StandardCharsets.UTF_8).strip();
        throw new DeviceException(
            "bundle: %s failed with exit code %d: %s".formatted(what, status, output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + what + " ran", e);
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
