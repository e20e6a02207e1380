package dev.weft.cli.tiles;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Folders with a file for every tile of 4 elements along each axis, and one that says of what. */
public final class TilesFormat implements FileFormat {
  static final String HEADER = "array.txt";
  private static final long LENGTH = 4;

  @Override
  public String name() {
    return "tiles";
  }

  @Override
  public List<String> extensions() {
    return List.of("tiles");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return Files.exists(file.resolve(HEADER));
  }

  @Override
  public ArraySource open(ArrayName name) {
    Path file = name.alone();
    try {
      String[] words = Files.readString(file.resolve(HEADER)).strip().split(" ");
      long[] extents = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
      return new TilesSource(file, DType.valueOf(words[0]), tiles(Shape.of(extents)));
    } catch (IOException e) {
      throw new UsageException("read %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public List<ArrayEntry> list(Path file) {
    try (ArraySource source = open(ArrayName.of(file))) {
      return List.of(
          new ArrayEntry(
              "",
              source.dtype().toString(),
              true,
              source.shape(),
              source.chunks(),
              "",
              List.of(),
              Map.of()));
    }
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return new TilesTarget(name.alone());
  }

  static Chunks tiles(Shape shape) {
    long[] lengths = new long[shape.rank()];
    Arrays.fill(lengths, LENGTH);
    return Chunks.regular(shape, lengths);
  }
}
