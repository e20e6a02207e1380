package dev.weft.core.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder for the files of one session, readable by its user alone. It is made when the first file
 * is wanted. A locked file says that its process is alive: folders of others that nobody holds are
 * removed then.
 */
final class SpillFolder implements AutoCloseable {
  static final String PREFIX = "weft-spill-";
  private static final String LOCK = "lock";
  private static final int TRIES = 3;

  private final Path parent;
  private final AtomicLong numbers = new AtomicLong();
  private @Nullable Path folder;
  private @Nullable FileChannel lock;

  /** Will make a folder in {@code parent}. */
  SpillFolder(Path parent) {
    this.parent = parent;
  }

  /** Where folders are made. */
  Path parent() {
    return parent;
  }

  /** A path for a new file. */
  synchronized Path next() throws IOException {
    Path here = folder;
    if (here == null) {
      Files.createDirectories(parent);
      removeAbandoned();
      here = Files.createTempDirectory(parent, own(), permissions("rwx------"));
      folder = here;
      // The file gets its name when it is locked, so that nobody finds it free; the lock is held
      // until the channel is closed.
      Path fresh = here.resolve(LOCK + ".new");
      lock = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = lock.lock();
      if (held.isValid()) {
        Files.move(fresh, here.resolve(LOCK));
      }
    }
    return here.resolve(numbers.incrementAndGet() + ".chunk");
  }

  private static String own() {
    return PREFIX + ProcessHandle.current().pid() + "-";
  }

  /** Permissions of a new file, where the file system has them. */
  static FileAttribute<?>[] permissions(String text) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  private void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : others) {
        // To close a file that this process has locked elsewhere would end that lock.
        if (!String.valueOf(other.getFileName()).startsWith(own()) && isAbandoned(other)) {
          remove(other);
        }
      }
    }
  }

  /** Whether a folder is this user's and no process holds it. */
  private static boolean isAbandoned(Path folder) {
    Path file = folder.resolve(LOCK);
    if (!Files.isWritable(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (IOException held) {
      return false;
    }
  }

  /** Removes a folder and its files; what cannot be removed is left to the next session. */
  private static void remove(Path folder) {
    for (int tries = 0; tries < TRIES; tries++) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
        return;
      } catch (NoSuchFileException gone) {
        return;
      } catch (IOException | DirectoryIteratorException kept) {
        // Another session may be removing it too.
        continue;
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    Path made = folder;
    FileChannel held = lock;
    folder = null;
    lock = null;
    try {
      if (held != null) {
        held.close();
      }
    } finally {
      if (made != null) {
        remove(made);
      }
    }
  }
}
