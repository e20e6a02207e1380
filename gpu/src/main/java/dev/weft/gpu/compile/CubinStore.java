package dev.weft.gpu.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cubins in a folder, shared by all processes of the user.
 *
 * <p>An entry appears whole or not at all; of two processes that write the same one the later wins,
 * with the same content. An entry that does not match its checksum is removed and counts as absent.
 * A folder that cannot be read or written costs time, never a job: the answers say what was wrong.
 */
final class CubinStore {
  private static final String ENDING = ".cubin";
  private static final String PART = ".part";

  /** An unfinished file of this age was left by a process that is gone. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;

  CubinStore(Path folder) {
    this.folder = folder;
  }

  /** The answer of the disk. */
  sealed interface Answer {
    /** The entry. */
    record Found(byte[] cubin) implements Answer {}

    /** There is no entry. */
    record Absent() implements Answer {}

    /** There was an entry, or the folder could not be used; why. */
    record Broken(String reason) implements Answer {}

    /** The entry was written. */
    record Written() implements Answer {}
  }

  Path file(CubinKey key) {
    // 256 folders, so that none becomes long to list.
    return folder.resolve(key.hex().substring(0, 2)).resolve(key.hex().substring(2) + ENDING);
  }

  Answer read(CubinKey key) {
    Path file = file(key);
    try {
      byte[] cubin = CubinFile.read(key, Files.readAllBytes(file));
      if (cubin != null) {
        touch(file);
        return new Answer.Found(cubin);
      }
      Files.deleteIfExists(file);
      return new Answer.Broken("%s did not match its checksum and was removed".formatted(file));
    } catch (NoSuchFileException absent) {
      return new Answer.Absent();
    } catch (IOException unreadable) {
      return new Answer.Broken("%s cannot be read: %s".formatted(file, unreadable));
    }
  }

  Answer write(CubinKey key, byte[] cubin) {
    Path file = file(key);
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "", PART);
      try {
        Files.write(part, CubinFile.write(key, cubin));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return new Answer.Written();
    } catch (IOException unwritable) {
      return new Answer.Broken("%s cannot be written: %s".formatted(file, unwritable));
    }
  }

  /** The time of last use, by which {@link #prune} chooses; a read-only cache goes without. */
  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException readOnly) {
      // Then entries are removed by the time they were written.
      return;
    }
  }

  private record Entry(Path file, long bytes, FileTime used) {}

  /**
   * Removes what was not used for longest until the rest takes at most {@code limit} bytes, and
   * unfinished files whose process is gone.
   *
   * @return the bytes left
   */
  long prune(long limit) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long total = 0;
    for (Path file : files()) {
      try {
        Entry entry = new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
        if (!file.toString().endsWith(PART)) {
          entries.add(entry);
          total += entry.bytes();
        } else if (entry.used().toInstant().isBefore(Instant.now().minus(ABANDONED))) {
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException gone) {
        // Another process prunes as well.
        continue;
      }
    }
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry entry : entries) {
      if (total <= limit) {
        break;
      }
      Files.deleteIfExists(entry.file());
      total -= entry.bytes();
    }
    return total;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder, 2)) {
      return tree.filter(f -> f.toString().endsWith(ENDING) || f.toString().endsWith(PART))
          .toList();
    }
  }
}
