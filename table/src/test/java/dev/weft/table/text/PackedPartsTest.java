package dev.weft.table.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.io.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files are cut into parts that begin with rows, while they are unpacked once. */
class PackedPartsTest {
  @TempDir private Path folder;

  private TextFile file(String name, String text) throws IOException {
    return TextFile.of(PackedFiles.write(folder.resolve(name), text));
  }

  private static String lines(int count) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(3);
    for (int i = 0; i < count; i++) {
      text.append(i).append(' ').append(random.nextLong()).append('\n');
    }
    return text.toString();
  }

  private static String text(TextPieces pieces, int part) throws IOException {
    TextPieces.Piece piece = pieces.open(part);
    try (var bytes = piece.bytes()) {
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(piece.part().to()).isGreaterThanOrEqualTo(piece.part().from());
      return text;
    }
  }

  /** The begin, then in any order, of which the file is gone: nothing is unpacked again. */
  @ParameterizedTest
  @ValueSource(strings = {"data.csv.gz", "data.csv.zst"})
  void theFileIsUnpackedOnce(String name) throws IOException {
    String text = lines(100_000);
    TextParts parts = TextParts.lines(file(name, text), 200_000);
    assertThat(parts.count()).isGreaterThan(8);
    String[] got = new String[parts.count()];
    try (TextPieces pieces = parts.pieces()) {
      got[0] = text(pieces, 0);
      Files.delete(folder.resolve(name));
      for (int part : new int[] {1, 4, 3, 2}) {
        got[part] = text(pieces, part);
      }
      for (int part = 5; part < got.length; part++) {
        got[part] = text(pieces, part);
      }
    }
    assertThat(String.join("", got)).isEqualTo(text);
    for (int part = 0; part < got.length - 1; part++) {
      assertThat(got[part]).endsWith("\n").hasSizeBetween(199_900, 200_100);
    }
  }

  @Test
  void partsAreTheSameInAnyOrderOfManyThreads() throws Exception {
    String text = lines(50_000);
    TextParts parts = TextParts.lines(file("data.csv.gz", text), 50_000);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < parts.count(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(1));
    String[] got = new String[parts.count()];
    try (TextPieces pieces = parts.pieces();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> reads =
          order.stream().map(i -> threads.submit(() -> text(pieces, i))).toList();
      for (int i = 0; i < reads.size(); i++) {
        got[order.get(i)] = reads.get(i).get();
      }
      // A part that was read is unpacked again.
      assertThat(text(pieces, 1)).isEqualTo(got[1]);
      assertThat(text(pieces, parts.count() - 1)).isEqualTo(got[parts.count() - 1]);
    }
    assertThat(String.join("", got)).isEqualTo(text);
  }

  /** The number of parts is guessed by the begin; what is behind the guess is in the last. */
  @Test
  void textThatIsPackedUnevenly() throws IOException {
    String zeros = "0\n".repeat(1_000_000);
    String text = lines(60_000);
    for (String all : List.of(zeros + text, text + zeros, text + zeros + text)) {
      TextParts parts = TextParts.lines(file("data.csv.gz", all), 100_000);
      StringBuilder got = new StringBuilder();
      try (TextPieces pieces = parts.pieces()) {
        for (int part = 0; part < parts.count(); part++) {
          got.append(text(pieces, part));
        }
      }
      assertThat(got.toString()).isEqualTo(all);
    }
  }

  @Test
  void smallFilesAreOnePart() throws IOException {
    assertThat(TextParts.lines(file("data.csv.gz", lines(100)), 1 << 20).count()).isOne();
    assertThat(TextParts.quoting(file("data.csv.zst", ""), ',', true, 10).count()).isOne();
  }

  @Test
  void whatIsDamagedOrClosed() throws IOException {
    TextFile file = file("data.csv.gz", lines(200_000));
    TextParts parts = TextParts.lines(file, 300_000);
    TextPieces pieces = parts.pieces();
    text(pieces, 0);
    pieces.close();
    pieces.close();
    assertThatThrownBy(() -> pieces.open(1))
        .isInstanceOf(IOException.class)
        .hasMessage(file.name() + ": no more of it is wanted");
    byte[] bytes = Files.readAllBytes(file.path());
    Files.write(file.path(), Arrays.copyOf(bytes, bytes.length / 2 + 100_000));
    TextParts cut = TextParts.lines(TextFile.of(file.path()), 300_000);
    try (TextPieces some = cut.pieces()) {
      assertThatThrownBy(
              () -> {
                for (int part = 0; part < cut.count(); part++) {
                  text(some, part);
                }
              })
          .satisfiesAnyOf(
              e -> assertThat(e).isInstanceOf(FormatException.class),
              e -> assertThat(e).isInstanceOf(java.io.EOFException.class));
      text(some, 0);
    }
  }
}
