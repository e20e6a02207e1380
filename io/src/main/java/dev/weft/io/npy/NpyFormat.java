package dev.weft.io.npy;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.RangedSource;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.file.FileOperations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** npy files among the other formats. */
public final class NpyFormat implements FileFormat {
  @Override
  public String name() {
    return "npy";
  }

  @Override
  public List<String> extensions() {
    return List.of("npy");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return NpyHeader.isMagic(begin);
  }

  @Override
  public ArraySource open(ArrayName name) {
    return open(name.alone());
  }

  private static ArraySource open(Path path) {
    OpenFile file = OpenFile.open(path, FileOperations.SYSTEM);
    try {
      if (file.isMappable()) {
        return NpySource.in(file, "", 0, file.size());
      }
      NpyHeader header = header(file);
      StoredArray array = new StoredArray("", header.type(), header.shape(), Map.of());
      return new RangedSource(
          file,
          array,
          header.dataOffset(),
          MappedSource.strides(header.shape(), header.fortranOrder(), header.type().itemSize()));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static NpyHeader header(OpenFile file) {
    return NpyHeader.read(file.name(), file::read, file.size());
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      NpyHeader header = header(file);
      return List.of(
          new ArrayEntry(
              "",
              header.type().dtype().toString(),
              true,
              header.shape(),
              Optional.empty(),
              header.layout(),
              List.of(),
              Map.of()));
    }
  }

  @Override
  public boolean isRanged() {
    return true;
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return Npy.target(name.alone());
  }
}
