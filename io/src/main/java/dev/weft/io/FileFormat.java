package dev.weft.io;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A format of files or folders that hold one array or several. Formats are found by {@link
 * java.util.ServiceLoader}: to add one, implement this and name the class in a file {@code
 * META-INF/services/dev.weft.io.FileFormat}; it needs a public constructor without parameters.
 */
public interface FileFormat {
  /** What people call it, such as {@code npy}. */
  String name();

  /** How names of its files end, without dots and in lower case; the usual one first. */
  List<String> extensions();

  /**
   * Whether something that exists is of this format.
   *
   * @param file where it is
   * @param begin the first bytes of a file, 1024 or what there is; none of a folder
   */
  boolean recognizes(Path file, byte[] begin);

  /** Whether its stores are folders; an array in one may be named by a path below it. */
  default boolean isFolder() {
    return false;
  }

  /**
   * Whether parts of its files are read without mapping them, so that they may lie in an object
   * store.
   */
  default boolean isRanged() {
    return false;
  }

  /**
   * Opens an array in what is of this format, by its content or by its name.
   *
   * @throws FormatException when it is damaged
   * @throws dev.weft.core.error.UsageException when it does not exist; where several arrays could
   *     be meant the message lists their names
   */
  ArraySource open(ArrayName name);

  /**
   * The arrays in a file, in its order; reads no elements.
   *
   * @throws FormatException when it is damaged
   */
  List<ArrayEntry> list(Path file);

  /**
   * A target that appears complete or not at all, in place of what is there.
   *
   * @throws dev.weft.core.error.UsageException when the place is unwritable
   */
  ArrayTarget create(ArrayName name);

  /**
   * The same, written as it is asked for.
   *
   * @throws UsageException also when files of this format do not have what is asked for
   */
  default ArrayTarget create(ArrayName name, WriteOptions options) {
    options.requireOnly(name, name(), Set.of());
    return create(name);
  }

  /**
   * Targets of one job for several arrays in one file, in the same order. Arrays of a format whose
   * stores are no folders appear together.
   *
   * @throws UsageException also when files of this format are written with one array each
   */
  default List<ArrayTarget> create(List<NewArray> arrays) {
    if (arrays.size() > 1 && !isFolder()) {
      throw new UsageException(
          "write %s: %d results go to it, but %s files are written with one array. Name another file for each, or write .nc or .zarr"
              .formatted(arrays.getFirst().name().file(), arrays.size(), name()));
    }
    return arrays.stream().map(array -> create(array.name(), array.options())).toList();
  }

  /**
   * The same; goes on with what an earlier job of the same kind has written before it was
   * interrupted.
   *
   * @throws UsageException also when files of this format cannot be gone on with
   */
  default ArrayTarget resume(ArrayName name, WriteOptions options, Resumption job) {
    throw new UsageException(
        "write %s: a file of %s that was begun cannot be gone on with, since its chunks are no files. Write to .zarr, or leave --resume away"
            .formatted(name, name()));
  }
}
