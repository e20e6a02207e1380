package dev.weft.io.npz;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.MappedTarget;
import java.nio.file.Path;
import java.util.List;

/** npz files among the other formats. */
public final class NpzFormat implements FileFormat {
  /** The name of an array that has none, as of {@code np.savez}. */
  private static final String UNNAMED = "arr_0";

  @Override
  public String name() {
    return "npz";
  }

  @Override
  public List<String> extensions() {
    return List.of("npz");
  }

  /** Archives of other kinds begin in the same way. */
  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return begin.length > 3
        && begin[0] == 'P'
        && begin[1] == 'K'
        && (begin[2] == 3 && begin[3] == 4 || begin[2] == 5 && begin[3] == 6)
        && String.valueOf(file.getFileName()).endsWith(".npz");
  }

  @Override
  public ArraySource open(ArrayName name) {
    return open(name, FileOperations.SYSTEM);
  }

  static ArraySource open(ArrayName name, FileOperations operations) {
    OpenFile file = OpenFile.open(name.file(), operations);
    try {
      return new NpzFile(file).open(name.inside());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      return new NpzFile(file).list();
    }
  }

  /** A file of one array, stored, {@code arr_0} where it is not named. */
  @Override
  public ArrayTarget create(ArrayName name) {
    return create(name, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static ArrayTarget create(ArrayName name, FileOperations operations) {
    String inside = name.inside().isEmpty() ? UNNAMED : name.inside();
    return new MappedTarget(
        AtomicFile.at(name.file(), operations, "result.npz"),
        operations,
        new NpzFrame(name.file(), inside));
  }
}
