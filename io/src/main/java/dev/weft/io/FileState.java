package dev.weft.io;

import dev.weft.core.error.DeviceException;
import dev.weft.io.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Names, sizes and times of files, by which it is noticed that some have changed. */
final class FileState {
  private final CRC32C sum = new CRC32C();
  private FileTime last = FileTime.fromMillis(0);
  private long bytes;
  private long count;

  private FileState() {}

  /** The state of files, and of folders with all files in them, in one line. */
  static String of(List<Path> paths) {
    FileState state = new FileState();
    try {
      for (Path path : paths) {
        try (Stream<Path> files = Files.walk(path)) {
          for (Path file : files.sorted().toList()) {
            state.add(file);
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(new IOException(e.getMessage(), e));
    }
    return "%,d bytes in %,d %s, the last of %s (%08x)"
        .formatted(
            state.bytes,
            state.count,
            state.count == 1 ? "file" : "files",
            state.last,
            (int) state.sum.getValue());
  }

  private static DeviceException unreadable(IOException e) {
    return new DeviceException(
        "the inputs cannot be looked at: %s. Check the disk and the permissions of the files"
            .formatted(AtomicFile.why(e)),
        e);
  }

  private void add(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (found.isDirectory()) {
      return;
    }
    FileTime time = found.lastModifiedTime();
    String line = "%s %d %s\n".formatted(file.toAbsolutePath().normalize(), found.size(), time);
    sum.update(line.getBytes(StandardCharsets.UTF_8));
    last = time.compareTo(last) > 0 ? time : last;
    bytes += found.size();
    count++;
  }
}
