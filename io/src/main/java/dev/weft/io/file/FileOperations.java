package dev.weft.io.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;

/** Everything that formats ask of the file system; a test puts faults between. */
public interface FileOperations {
  /** The file system itself. */
  FileOperations SYSTEM = new SystemFiles();

  /** Opens a file. */
  FileChannel open(Path file, OpenOption... options) throws IOException;

  /** Makes a file that must not exist yet, for reading and writing. */
  FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException;

  /** Bytes in the file now. */
  long size(FileChannel channel) throws IOException;

  /** What tells one file from another, and when it was written. */
  default BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  /** Fills {@code target} from {@code position}; a file that ends before is an error. */
  void read(FileChannel channel, ByteBuffer target, long position) throws IOException;

  /** Writes all of {@code bytes} at {@code position}. */
  void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;

  /**
   * Makes the file {@code size} bytes long, of zeros, with its space taken from the disk: a write
   * to a mapped page that the disk has no room for would otherwise end the JVM.
   *
   * @param file the path under which {@code channel} is open
   */
  void reserve(Path file, FileChannel channel, long size) throws IOException;

  /** Maps a part of the file until {@code arena} is closed. */
  MemorySegment map(FileChannel channel, MapMode mode, long offset, long size, Arena arena)
      throws IOException;

  /** Makes what was written to mapped memory durable. */
  void force(MemorySegment mapped) throws IOException;

  /** Makes content and length of the file durable. */
  void force(FileChannel channel) throws IOException;

  /** Makes the names in a directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** Closes a file. */
  void close(FileChannel channel) throws IOException;

  /** Closes a file of which nothing more is wanted. */
  default void release(FileChannel channel) {
    try {
      close(channel);
    } catch (IOException e) {
      try {
        close(channel);
      } catch (IOException again) {
        // What was read from it is there, and what failed to be written has been reported.
        return;
      }
    }
  }

  /** Uses a file, and closes it whatever comes of that. */
  default void closing(FileChannel channel, Use use) throws IOException {
    try {
      use.on(channel);
      close(channel);
    } catch (IOException | RuntimeException | Error e) {
      release(channel);
      throw e;
    }
  }

  /** What is done with an open file. */
  @FunctionalInterface
  interface Use {
    /** Does it. */
    void on(FileChannel channel) throws IOException;
  }

  /** Gives {@code from} the name {@code to} in one step, in place of a file of that name. */
  void rename(Path from, Path to) throws IOException;

  /** Removes the file, or the empty folder, if it exists. */
  void delete(Path file) throws IOException;

  /** Makes a folder that must not exist yet, in one that does. */
  void createFolder(Path folder) throws IOException;

  /**
   * Two files or folders take each other's names in one step; false where the system cannot do
   * that.
   */
  boolean exchange(Path one, Path other) throws IOException;
}
