package dev.weft.io.image;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.FileOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** TIFF images among the other formats; those of BigTIFF are not read. */
public final class TiffFormat implements FileFormat {
  private static final byte[] LITTLE = {'I', 'I', 42, 0};
  private static final byte[] BIG = {'M', 'M', 0, 42};

  @Override
  public String name() {
    return "TIFF";
  }

  @Override
  public List<String> extensions() {
    return List.of("tif", "tiff");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return PngFormat.startsWith(begin, LITTLE) || PngFormat.startsWith(begin, BIG);
  }

  private static TiffImages images(OpenFile file) {
    ByteBuffer begin = ByteBuffer.allocate((int) Math.min(BIG.length, file.size()));
    file.read(begin, 0);
    boolean isBig = PngFormat.startsWith(begin.array(), BIG);
    if (!isBig && !PngFormat.startsWith(begin.array(), LITTLE)) {
      throw new FormatException(
          file.name(), 0, "this is no TIFF file. Give it the name of what it is");
    }
    return new TiffImages(file, isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public ArraySource open(ArrayName name) {
    OpenFile file = OpenFile.open(name.file(), FileOperations.SYSTEM);
    try {
      return images(file).source(name.inside());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      return images(file).list();
    }
  }

  /** Refuses: TIFF files are read only. */
  @Override
  public ArrayTarget create(ArrayName name) {
    throw new UsageException(
        "write %s: TIFF files are read, not written; write .png, .npy or .zarr"
            .formatted(name.file()));
  }
}
