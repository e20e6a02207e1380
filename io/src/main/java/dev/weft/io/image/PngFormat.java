package dev.weft.io.image;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.WholeTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PNG images among the other formats. */
public final class PngFormat implements FileFormat {
  private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  @Override
  public String name() {
    return "PNG";
  }

  @Override
  public List<String> extensions() {
    return List.of("png");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return startsWith(begin, MAGIC);
  }

  static boolean startsWith(byte[] begin, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (begin.length <= i || begin[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public ArraySource open(ArrayName name) {
    OpenFile file = OpenFile.open(name.alone(), FileOperations.SYSTEM);
    try {
      return new PngImage(file).source();
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      Picture picture = new PngImage(file).picture();
      return List.of(entry("", picture, 1));
    }
  }

  static ArrayEntry entry(String name, Picture picture, int count) {
    return new ArrayEntry(
        name,
        picture.dtype().toString(),
        true,
        ImageSource.stacked(picture.shape(), count),
        Optional.empty(),
        picture.encoding(),
        List.of(),
        Map.of());
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return new WholeTarget(
        AtomicFile.at(name.alone(), FileOperations.SYSTEM, "result.png"),
        FileOperations.SYSTEM,
        new PngEncoding());
  }
}
