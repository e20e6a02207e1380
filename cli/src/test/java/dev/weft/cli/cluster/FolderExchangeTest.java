package dev.weft.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderExchangeTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  @TempDir Path folder;

  private static byte[] get(FolderExchange exchange, long chunk) throws IOException {
    MemorySegment target = MemorySegment.ofArray(new byte[BYTES.length]);
    exchange.get(2, chunk, target);
    return target.toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void whatOneLeavesTheOtherFinds() throws IOException {
    FolderExchange one = new FolderExchange(folder.resolve("chunks"));
    FolderExchange other = new FolderExchange(folder.resolve("chunks"));
    for (long chunk : new long[] {0, 4095, 4096, 9000}) {
      assertThat(other.has(2, chunk)).isFalse();
      one.put(2, chunk, MemorySegment.ofArray(BYTES));
      assertThat(one.has(2, chunk)).isTrue();
      assertThat(other.has(2, chunk)).isFalse();
      other.look(2, 10_000);
      assertThat(other.has(2, chunk)).isTrue();
      assertThat(get(other, chunk)).isEqualTo(BYTES);
    }
    assertThat(other.has(2, 1)).isFalse();
    one.put(2, 7, MemorySegment.ofArray(new byte[0]));
    other.get(2, 7, MemorySegment.ofArray(new byte[0]));
  }

  @Test
  void oneThatIsThereStays() throws IOException {
    FolderExchange exchange = new FolderExchange(folder);
    exchange.put(2, 0, MemorySegment.ofArray(BYTES));
    exchange.put(2, 0, MemorySegment.ofArray(new byte[] {9, 9, 9, 9, 9}));
    assertThat(get(exchange, 0)).isEqualTo(BYTES);
    try (var files = Files.list(folder.resolve("array-2").resolve("0"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void damagedChunksAreRemovedAndMissed() throws IOException {
    FolderExchange exchange = new FolderExchange(folder);
    Path file = folder.resolve("array-2").resolve("0").resolve("3");
    exchange.put(2, 3, MemorySegment.ofArray(BYTES));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      requireRemoved(exchange, file, damaged);
      requireRemoved(exchange, file, java.util.Arrays.copyOf(whole, i));
    }
    requireRemoved(exchange, file, java.util.Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> get(exchange, 3)).isInstanceOf(NoSuchFileException.class);
  }

  private static void requireRemoved(FolderExchange exchange, Path file, byte[] bytes)
      throws IOException {
    Files.write(file, bytes);
    exchange.look(2, 10);
    assertThatThrownBy(() -> get(exchange, 3))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("it was damaged, and is removed");
    assertThat(file).doesNotExist();
    assertThat(exchange.has(2, 3)).isFalse();
  }

  @Test
  void whenTheJobIsDoneNothingIsLeftAndNothingComes() throws IOException {
    FolderExchange exchange = new FolderExchange(folder);
    exchange.put(2, 0, MemorySegment.ofArray(BYTES));
    assertThat(exchange.isFinished()).isFalse();
    exchange.finish();
    assertThat(exchange.isFinished()).isTrue();
    exchange.put(2, 1, MemorySegment.ofArray(BYTES));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("finished"));
    }
  }

  @Test
  void aFolderThatIsNoneIsTold() throws IOException {
    Files.createDirectories(folder.resolve("array-2"));
    Files.writeString(folder.resolve("array-2").resolve("0"), "");
    assertThatThrownBy(() -> new FolderExchange(folder).look(2, 10))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("where the slices of the job meet: ")
        .hasMessageEndingWith(". Check the folder and the network");
  }
}
