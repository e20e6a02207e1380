package dev.weft.io.npy;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.FileFormat;
import java.nio.file.Path;
import java.util.List;

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
  public ArraySource open(Path file) {
    return Npy.read(file);
  }

  @Override
  public ArrayTarget create(Path file) {
    return Npy.target(file);
  }
}
