package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it writes leaves the array absent, as it was, or complete. */
class ZarrKillTest {
  private static final int KILLS = 200;
  private static final int ELEMENTS = 1 << 16;
  private static final long CHUNK = 1 << 13;

  @TempDir Path folder;

  private static ArrayName name(Path folder, int number) {
    Path store = folder.resolve("x" + number + ".zarr");
    return new ArrayName(store, number % 2 == 0 ? "" : "group/array");
  }

  /** Writes the array over and over, each time full of the next number. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      ArrayName name = name(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      ZarrEncoding encoding = ZarrEncoding.DEFAULT.withChunk(CHUNK);
      try (HostArray array = HostArray.allocate(DType.INT64, Shape.of(ELEMENTS))) {
        for (long number = 1; ; number++) {
          for (int i = 0; i < ELEMENTS; i++) {
            array.segment().setAtIndex(ValueLayout.JAVA_LONG, i, number);
          }
          Zarr.write(Zarr.target(name, encoding), array);
          System.out.println(number);
        }
      }
    }
  }

  @Test
  @Tag("long")
  void aKilledWriterLeavesNoHalfArray() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int kills = LongSuites.part(KILLS);
    int written = 0;
    for (int kill = 0; kill < kills; kill++) {
      int number = kill % 4;
      Process writer = start(number);
      // Half of the kills hit the start, and the first write where there is no array yet.
      boolean later = kill / 4 % 2 == 0;
      if (later) {
        assertThat(writer.getInputStream().read()).isPositive();
      }
      Thread.sleep(random.nextInt(later ? 60 : 600));
      writer.destroyForcibly().waitFor();
      ArrayName name = name(folder, number);
      written += Files.exists(name.file()) ? check(name) : 0;
    }
    assertThat(written).isGreaterThanOrEqualTo(kills / 2);
    checkLeftovers();
    System.out.printf("zarr: %d writers killed, %d arrays found, all complete%n", kills, written);
  }

  private Process start(int number) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(number)))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static int check(ArrayName name) {
    try (HostArray array = Zarr.load(name)) {
      long first = array.getLong(0);
      assertThat(first).isPositive();
      assertThat(array.toLongArray()).hasSize(ELEMENTS).containsOnly(first);
      return 1;
    }
  }

  /** What is left beside the stores is not taken for one, and goes with the next write. */
  private void checkLeftovers() throws IOException {
    for (String name : names()) {
      if (!name.matches("x\\d\\.zarr")) {
        assertThat(name).matches("\\.x\\d\\.zarr\\.weft-[0-9a-z]+\\.tmp");
        assertThat(ArrayFiles.extensions()).noneMatch(name::endsWith);
      }
    }
    for (int number = 0; number < 4; number++) {
      try (HostArray array = HostArray.of(new double[] {1})) {
        Zarr.write(name(folder, number), array);
      }
    }
    assertThat(names()).hasSize(4).allMatch(name -> name.matches("x\\d\\.zarr"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
