package dev.weft.io.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.io.ArrayFiles;
import dev.weft.io.file.FileOperations;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it writes leaves an array absent, as it was, or complete. */
class KilledWritersTest {
  private static final int KILLS = 200;
  private static final int FOLDERS = 4;
  private static final int ELEMENTS = 1 << 15;

  @TempDir Path folder;

  /** Writes an array of each format over and over, all formats at the same time. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      Path into = Path.of(arguments[0]);
      for (WrittenFormat format : WrittenFormat.values()) {
        Thread.ofPlatform().start(() -> write(format, into));
      }
    }

    private static void write(WrittenFormat format, Path into) {
      try {
        for (long number = 1; ; number++) {
          format.write(into, FileOperations.SYSTEM, ELEMENTS, number);
          if (number == 1) {
            System.out.println(format);
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException("cannot write " + format, e);
      }
    }
  }

  @Test
  @Tag("long")
  void aKilledWriterLeavesNoHalfArray() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int kills = LongSuites.part(KILLS);
    Map<WrittenFormat, Integer> found = new EnumMap<>(WrittenFormat.class);
    for (int kill = 0; kill < kills; kill++) {
      Path into = folder.resolve("folder" + kill % FOLDERS);
      Files.createDirectories(into);
      // Half of the kills hit the start, and the first write where there is no array yet.
      kill(into, kill / FOLDERS % 2 == 0, random);
      for (WrittenFormat format : WrittenFormat.values()) {
        found.merge(format, format.read(into, ELEMENTS) > 0 ? 1 : 0, Integer::sum);
      }
      checkLeftovers(into);
    }
    for (Path into : list(folder)) {
      checkAgain(into);
    }
    found.forEach(
        (format, count) ->
            System.out.printf(
                "kill -9, %s: %d writers killed, %d times complete, %d times absent%n",
                format, kills, count, kills - count));
    assertThat(found.values()).allMatch(count -> count > 0);
  }

  private void kill(Path into, boolean later, SplittableRandom random) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process writer =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    into.toString()))
            .redirectError(Redirect.INHERIT)
            .start();
    for (int written = 0; later && written < WrittenFormat.values().length; written++) {
      assertThat(writer.inputReader().readLine()).isNotNull();
    }
    Thread.sleep(random.nextInt(later ? 150 : 1500));
    writer.destroyForcibly().waitFor();
  }

  /** What is left beside the arrays is not taken for one. */
  private static void checkLeftovers(Path into) throws IOException {
    for (String name : names(into)) {
      if (Arrays.stream(WrittenFormat.values()).noneMatch(each -> each.file().equals(name))) {
        assertThat(name).matches("\\.[xgrs]\\.[a-z0-9]+\\.weft-[0-9a-z-]+\\.tmp");
        assertThat(ArrayFiles.extensions()).noneMatch(name::endsWith);
      }
    }
  }

  /** Writing again succeeds, and removes what the killed ones have left. */
  private static void checkAgain(Path into) throws IOException {
    for (WrittenFormat format : WrittenFormat.values()) {
      format.write(into, FileOperations.SYSTEM, ELEMENTS, 9);
      assertThat(format.read(into, ELEMENTS)).isEqualTo(9);
    }
    assertThat(names(into))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(WrittenFormat.values()).map(WrittenFormat::file).toList());
  }

  private static List<String> names(Path into) throws IOException {
    return list(into).stream().map(file -> file.getFileName().toString()).toList();
  }

  private static List<Path> list(Path into) throws IOException {
    try (Stream<Path> files = Files.list(into)) {
      return files.toList();
    }
  }
}
