package dev.weft.cli.bundle;

import dev.weft.core.device.MachineLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs a folder as {@code .tar.xz}. Times of files are kept: the archive of classes names those of
 * the jars. Owners are not.
 */
final class TarXz {
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private TarXz() {}

  /**
   * Writes the archive.
   *
   * @param folder what is packed, under its own name
   * @param progress is told what share of the bytes has been read
   */
  static void pack(Path folder, Path archive, DoubleConsumer progress) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted().toList();
    }
    double all = Math.max(1, size(folder));
    long packed = 0;
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new BufferedOutputStream(
                new ParallelXz(
                    Files.newOutputStream(archive), MachineLimits.ofThisProcess().cores()),
                1 << 16))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Path path : paths) {
        String name = folder.resolveSibling("").relativize(path).toString().replace('\\', '/');
        packed += add(tar, path, name);
        progress.accept(packed / all);
      }
    }
  }

  private static long add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    if (Files.isSymbolicLink(path)) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      return 0;
    }
    boolean directory = Files.isDirectory(path);
    TarArchiveEntry entry = new TarArchiveEntry(directory ? name + "/" : name);
    entry.setLastModifiedTime(Files.getLastModifiedTime(path));
    entry.setMode(directory || Files.isExecutable(path) ? EXECUTABLE : PLAIN);
    long size = directory ? 0 : Files.size(path);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    if (!directory) {
      Files.copy(path, tar);
    }
    tar.closeArchiveEntry();
    return size;
  }

  /** Bytes of all files below a folder. */
  static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        size += Files.isSymbolicLink(path) ? 0 : Files.size(path);
      }
    }
    return size;
  }
}
