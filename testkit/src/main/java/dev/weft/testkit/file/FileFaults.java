package dev.weft.testkit.file;

import java.io.IOException;
import java.nio.file.Path;

/** Which calls of a file system fail. Asked before each call, by many threads. */
@FunctionalInterface
public interface FileFaults {
  /** No call fails. */
  FileFaults NONE = (call, file) -> {};

  /** What is done with a file. */
  enum Call {
    /** Opens a file, and creates it where it is to be written. */
    OPEN,
    /** Asks for the size. */
    SIZE,
    /** Reads bytes. */
    READ,
    /** Writes bytes, or cuts them off. */
    WRITE,
    /** Maps a file. */
    MAP,
    /** Makes content durable. */
    FORCE,
    /** Closes a file: it is closed, and the call fails. */
    CLOSE,
    /** Lists a folder, or goes on with it. */
    LIST,
    /** Asks for attributes or permissions. */
    ATTRIBUTES,
    /** Makes a folder or a link. */
    CREATE,
    /** Gives another name. */
    RENAME,
    /** Removes a file or a folder. */
    DELETE
  }

  /**
   * Lets a call pass, or throws what it is to fail with.
   *
   * @param file as the real file system has it
   */
  void before(Call call, Path file) throws IOException;
}
