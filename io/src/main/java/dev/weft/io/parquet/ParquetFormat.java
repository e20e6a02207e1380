package dev.weft.io.parquet;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.FileOperations;
import java.nio.file.Path;
import java.util.List;

/** Columns of Parquet files among the other formats. */
public final class ParquetFormat implements FileFormat {
  @Override
  public String name() {
    return "Parquet";
  }

  @Override
  public List<String> extensions() {
    return List.of("parquet");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return ParquetFile.isMagic(begin);
  }

  @Override
  public boolean isRanged() {
    return true;
  }

  @Override
  public ArraySource open(ArrayName name) {
    OpenFile file = OpenFile.open(name.file(), FileOperations.SYSTEM);
    try {
      return new ParquetFile(file).open(name.inside());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      return new ParquetFile(file).list();
    }
  }

  /** Refuses: Parquet files are read only. */
  @Override
  public ArrayTarget create(ArrayName name) {
    throw new UsageException(
        "write %s: Parquet files are read, not written; write .npy, .zarr or .csv"
            .formatted(name.file()));
  }
}
