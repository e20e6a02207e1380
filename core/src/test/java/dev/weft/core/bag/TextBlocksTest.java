package dev.weft.core.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TextBlocksTest {
  @TempDir private Path folder;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "text", ".txt"), text);
  }

  private List<String> read(Path file, long blockBytes) {
    return session.readText(List.of(file), blockBytes).compute();
  }

  @Test
  void everyBlockLengthGivesTheSameLines() throws IOException {
    String text = "first\n\nthird är länger\r\n\n\r\nlast without an end €";
    List<String> lines = text.lines().toList();
    Path file = file(text);
    for (long bytes = 1; bytes < 60; bytes++) {
      assertThat(read(file, bytes)).as("blocks of %d bytes", bytes).isEqualTo(lines);
    }
    assertThat(read(file(text + "\n"), 7)).isEqualTo(lines);
  }

  /** Beside {@link Files#readAllLines}. */
  @Test
  void randomFilesGiveTheirLines() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(300); i > 0; i--) {
        text.append(random.nextInt(4) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
      }
      Path file = file(text.toString());
      assertThat(read(file, random.nextInt(1, 400)))
          .as("seed %d", seed)
          .isEqualTo(Files.readAllLines(file));
    }
  }

  @Test
  void emptyFilesHaveNoLines() throws IOException {
    Path empty = file("");
    assertThat(read(empty, 10)).isEmpty();
    Bag<String> several = session.readText(List.of(empty, file("a\nb"), file("c\n")), 100);
    assertThat(several.partitions()).isEqualTo(3);
    assertThat(several.compute()).containsExactly("a", "b", "c");
  }

  @Test
  void wordsAreCounted() throws IOException {
    Path file = file("to be or not to be\nthat is the question\nto be\n");
    assertThat(
            session
                .readText(List.of(file), 8)
                .flatMap(line -> Stream.of(line.split(" ")))
                .frequencies()
                .compute())
        .containsEntry("to", 3L)
        .containsEntry("be", 3L)
        .containsEntry("question", 1L)
        .hasSize(8);
  }

  @Test
  void linesAreWrittenAndReadBack() throws IOException {
    Bag<Integer> bag = session.bag(List.of(1, 2, 3, 4, 5), 2);
    List<Path> files = bag.map(x -> "line " + x).toText(folder.resolve("new/out")).compute();
    assertThat(files)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("part-00000.txt", "part-00001.txt");
    assertThat(session.readText(files, 1 << 20).compute())
        .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
    try (Stream<Path> all = Files.list(folder.resolve("new/out"))) {
      assertThat(all).hasSize(2);
    }
  }

  @Test
  void aFailedPartitionLeavesNoFile() throws IOException {
    Bag<Integer> bag =
        session
            .bag(List.of(1, 2), 1)
            .map(
                x -> {
                  if (x == 2) {
                    throw new IOException("two");
                  }
                  return x;
                });
    Path out = folder.resolve("failed");
    assertThatThrownBy(() -> bag.toText(out).compute()).hasMessageContaining("two");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    assertThatThrownBy(() -> session.readText(List.of(folder.resolve("none.txt")), 10))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.txt cannot be read");
    assertThatThrownBy(() -> session.readText(List.of(file("a")), 0))
        .hasMessageContaining("blocks of 0 bytes; give at least 1");
    Path latin =
        Files.write(folder.resolve("latin1.txt"), new byte[] {'a', '\n', (byte) 0xE4, 'b'});
    assertThatThrownBy(() -> read(latin, 100))
        .hasMessageContaining("latin1.txt: the line at byte 2 is not UTF-8; convert the file");
    List<Path> both = new ArrayList<>(List.of(latin));
    assertThat(session.readText(both, 2).take(1)).containsExactly("a");
  }
}
