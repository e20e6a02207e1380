package dev.weft.io.npy;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
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
    return Npy.read(name.alone());
  }

  @Override
  public List<ArrayEntry> list(Path file) {
    try (NpySource source = Npy.read(file)) {
      return List.of(
          new ArrayEntry(
              "",
              source.dtype().toString(),
              true,
              source.shape(),
              Optional.empty(),
              source.header().layout(),
              List.of(),
              Map.of()));
    }
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return Npy.target(name.alone());
  }
}
