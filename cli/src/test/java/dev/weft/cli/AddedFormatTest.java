package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.output.Console;
import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format that a package and a line in META-INF/services have added: {@code tiles}. */
class AddedFormatTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int weft(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(
        arguments,
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theCommandLineReadsAndWritesIt() throws IOException {
    assertThat(weft("run", "arange(30).reshape(5, 6) * 2", "-o", file("r.tiles"))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(names(folder)).containsExactly("r.tiles");
    assertThat(names(folder.resolve("r.tiles"))).containsExactly("0", "1", "2", "3", "array.txt");
    assertThat(weft("run", "r[4], r.sum()", "r=" + file("r.tiles"), "-q")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[48 50 52 54 56 58]\n870\n");
    assertThat(weft("run", "r / 2", "r=" + file("r.tiles"), "-o", file("half.npy"))).isZero();
    try (HostArray half = Npy.load(folder.resolve("half.npy"))) {
      assertThat(half.getDouble(4, 5)).isEqualTo(29);
    }
  }

  @Test
  void errorsNameIt() {
    assertThat(weft("run", "arange(3)", "-o", file("r.dat"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no format has this extension; use one of ")
        .contains(".npy")
        .contains(".tiles");
    assertThat(weft("run", "x", "x=" + folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("this is a directory, and none that holds an array; Weft reads: ");
  }

  @Test
  void sessionsLoadAndSaveIt() throws IOException {
    SessionConfig config = SessionConfig.defaults().withDevice("reference").withChunkBytes(1);
    try (Session session = Session.open(config)) {
      NDArray x = session.arange(100_000).reshape(50, 2000).multiply(3L);
      x.save(folder.resolve("x.tiles"));
      NDArray back = session.load(folder.resolve("x.tiles"));
      // 4,096 elements are the least: 256 tiles of 16 along the last axis.
      assertThat(back.chunks()).hasToString("[13*4 x 2*1024]");
      assertThat(back.notEqual(x).sum().toDouble()).isZero();
      NDArray rows = session.load(folder.resolve("x.tiles"), ChunkSpec.of(7, -1));
      assertThat(rows.chunks()).hasToString("[8*7 x 2000]");
      rows.save(folder.resolve("x.npy"));
      assertThat(session.load(folder.resolve("x.npy")).notEqual(x).sum().toDouble()).isZero();
    }
  }

  @Test
  void aJobThatFailsLeavesNothing() throws IOException {
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      NDArray failing =
          session
              .arange(100)
              .rechunk(4)
              .map(
                  value -> {
                    if (value == 77) {
                      throw new IllegalStateException("no 77");
                    }
                    return value;
                  });
      assertThatThrownBy(() -> failing.save(folder.resolve("x.tiles")))
          .isInstanceOf(JobFailedException.class);
      assertThat(names(folder)).isEmpty();
      assertThatThrownBy(() -> session.load(folder.resolve("x.tiles")))
          .isInstanceOf(UsageException.class);
    }
  }
}
