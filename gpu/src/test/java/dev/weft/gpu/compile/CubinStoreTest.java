package dev.weft.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries on disk come back as they were, or not at all. */
class CubinStoreTest {
  private static final CompilerVersion VERSION = new CompilerVersion(12, 9);

  @TempDir private Path folder;

  private static CubinKey key(String source) {
    return CubinKey.of(FakeNvrtc.request(source), VERSION);
  }

  private static byte[] code(int length) {
    byte[] code = new byte[length];
    new Random(length).nextBytes(code);
    return code;
  }

  private static byte[] found(CubinStore.Answer answer) {
    assertThat(answer).isInstanceOf(CubinStore.Answer.Found.class);
    return ((CubinStore.Answer.Found) answer).cubin();
  }

  @Test
  void entriesComeBack() throws IOException {
    CubinStore store = new CubinStore(folder);
    for (int length : new int[] {0, 1, 100_000}) {
      CubinKey key = key("length " + length);
      assertThat(store.read(key)).isInstanceOf(CubinStore.Answer.Absent.class);
      assertThat(store.write(key, code(length))).isInstanceOf(CubinStore.Answer.Written.class);
      assertThat(found(new CubinStore(folder).read(key))).isEqualTo(code(length));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  @Test
  void everyTruncationAndEveryChangedByteIsFound() throws IOException {
    CubinStore store = new CubinStore(folder);
    CubinKey key = key("x");
    store.write(key, code(50));
    byte[] whole = Files.readAllBytes(store.file(key));
    for (int length = 0; length < whole.length; length++) {
      Files.write(store.file(key), Arrays.copyOf(whole, length));
      assertBroken(store, key);
    }
    Files.write(store.file(key), Arrays.copyOf(whole, whole.length + 1));
    assertBroken(store, key);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(store.file(key), changed);
      assertBroken(store, key);
    }
    Files.write(store.file(key), whole);
    assertThat(found(store.read(key))).isEqualTo(code(50));
  }

  private static void assertBroken(CubinStore store, CubinKey key) {
    CubinStore.Answer answer = store.read(key);
    assertThat(answer).isInstanceOf(CubinStore.Answer.Broken.class);
    assertThat(((CubinStore.Answer.Broken) answer).reason()).contains("checksum", "removed");
    assertThat(store.file(key)).doesNotExist();
  }

  @Test
  void anEntryUnderAnotherNameIsNotUsed() throws IOException {
    CubinStore store = new CubinStore(folder);
    store.write(key("x"), code(50));
    Path other = store.file(key("y"));
    Files.createDirectories(other.getParent());
    Files.copy(store.file(key("x")), other);
    assertBroken(store, key("y"));
  }

  @Test
  void aFolderThatCannotBeUsedIsAnAnswer() throws IOException {
    CubinStore store = new CubinStore(Files.writeString(folder.resolve("file"), ""));
    assertThat(store.write(key("x"), code(5))).isInstanceOf(CubinStore.Answer.Broken.class);
    assertThat(store.read(key("x"))).isNotInstanceOf(CubinStore.Answer.Found.class);
  }

  @Test
  void pruningRemovesWhatWasNotUsedForLongest() throws IOException {
    CubinStore store = new CubinStore(folder);
    for (int i = 0; i < 4; i++) {
      store.write(key("x" + i), code(1000));
      Files.setLastModifiedTime(store.file(key("x" + i)), FileTime.fromMillis(1000L * i));
    }
    found(store.read(key("x0")));
    Path parts = Files.createDirectories(folder.resolve("ab"));
    Path abandoned = Files.writeString(parts.resolve("1.part"), "");
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path unfinished = Files.writeString(parts.resolve("2.part"), "");

    long left = store.prune(2500);

    assertThat(left).isBetween(2000L, 2500L);
    assertThat(store.file(key("x0"))).exists();
    assertThat(store.file(key("x1"))).doesNotExist();
    assertThat(store.file(key("x2"))).doesNotExist();
    assertThat(store.file(key("x3"))).exists();
    assertThat(abandoned).doesNotExist();
    assertThat(unfinished).exists();
    assertThat(new CubinStore(folder.resolve("none")).prune(1)).isZero();
  }
}
