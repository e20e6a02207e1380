package dev.weft.core.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks on disk: they come back as they were or not at all, and nothing stays behind. */
class SpillFileTest {
  private static final int DAMAGES = 1000;

  @TempDir Path parent;

  private static MemorySegment random(Arena arena, long bytes, long seed) {
    MemorySegment memory = arena.allocate(Math.max(1, bytes));
    Random random = new Random(seed);
    for (long i = 0; i < bytes; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    return memory.asSlice(0, bytes);
  }

  private static Path path(SpillFile file) {
    return Objects.requireNonNull(file.path());
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    try (SpillFolder folder = new SpillFolder(parent);
        Arena arena = Arena.ofConfined()) {
      for (long bytes : new long[] {0, 1, 1000, (1 << 20) - 1, 1 << 20, (3 << 20) + 17}) {
        SpillFile file = new SpillFile(folder, bytes);
        MemorySegment from = random(arena, bytes, bytes);
        file.write(from);
        MemorySegment to = random(arena, bytes, bytes + 1);
        file.read(to);
        assertThat(from.mismatch(to)).isEqualTo(-1);
        file.close();
        assertThat(path(file)).doesNotExist();
      }
    }
  }

  @Test
  void everyDamageIsFound() throws IOException {
    try (SpillFolder folder = new SpillFolder(parent);
        Arena arena = Arena.ofConfined()) {
      MemorySegment from = random(arena, 4000, 1);
      MemorySegment to = arena.allocate(4000);
      Random random = new Random(7);
      int found = 0;
      for (int i = 0; i < DAMAGES; i++) {
        SpillFile file = new SpillFile(folder, 4000);
        file.write(from);
        damage(path(file), random);
        try {
          file.read(to);
        } catch (DeviceException e) {
          assertThat(e).hasMessageContaining("cannot be read back").hasMessageContaining(".chunk");
          found++;
        }
        file.close();
      }
      System.out.printf("%d of %d damaged files were found out%n", found, DAMAGES);
      assertThat(found).isEqualTo(DAMAGES);
    }
  }

  /** Flips a few bits, cuts, adds, or exchanges bytes. */
  private static void damage(Path path, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
      case 2 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
      default -> {
        for (int i = at; i < Math.min(bytes.length, at + 100); i++) {
          bytes[i] ^= (byte) (1 + random.nextInt(255));
        }
      }
    }
    Files.write(path, bytes);
  }

  @Test
  void filesAreTheUsersAloneAndGoneAtTheEnd() throws IOException {
    Path file;
    try (SpillFolder folder = new SpillFolder(parent);
        Arena arena = Arena.ofConfined()) {
      assertThat(parent).isEmptyDirectory();
      SpillFile spilled = new SpillFile(folder, 10);
      spilled.write(random(arena, 10, 1));
      file = path(spilled);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Path dead = Files.createDirectory(parent.resolve(SpillFolder.PREFIX + "1-dead"));
    Files.writeString(dead.resolve("1.chunk"), "left");
    Files.createFile(dead.resolve("lock"));
    try (SpillFolder folder = new SpillFolder(parent)) {
      folder.next();
      assertThat(dead).doesNotExist();
    }
  }

  /** Another process holds the lock of a folder: it stays. */
  @Test
  void whatALiveProcessHoldsStays() throws Exception {
    Path other = Files.createDirectory(parent.resolve(SpillFolder.PREFIX + "1-alive"));
    Path lock = Files.createFile(other.resolve("lock"));
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (SpillFolder folder = new SpillFolder(parent)) {
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      folder.next();
      assertThat(other).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (SpillFolder folder = new SpillFolder(parent)) {
      folder.next();
      assertThat(other).doesNotExist();
    }
  }

  /** Holds a lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] files) throws Exception {
      try (FileChannel channel = FileChannel.open(Path.of(files[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.print(lock.isValid() ? 'h' : 'n');
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void aFullDiskSaysWhatToDo() {
    Path missing = parent.resolve("file");
    assertThatThrownBy(
            () -> {
              Files.createFile(missing);
              try (SpillFolder folder = new SpillFolder(missing);
                  Arena arena = Arena.ofConfined()) {
                new SpillFile(folder, 10).write(random(arena, 10, 1));
              }
            })
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("10 bytes cannot be kept on disk below")
        .hasMessageContaining("name another folder, or raise the memory limit");
  }

  @Test
  void sessionsOfOneProcessDoNotDisturbEachOther() throws IOException {
    try (SpillFolder one = new SpillFolder(parent)) {
      Path first = one.next();
      try (SpillFolder two = new SpillFolder(parent)) {
        two.next();
      }
      assertThat(first.getParent()).exists();
      try (Stream<Path> folders = Files.list(parent)) {
        assertThat(folders).containsExactly(first.getParent());
      }
    }
  }
}
