package dev.weft.cli.tiles;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes tiles to a folder beside, which gets its name when all are there. */
final class TilesTarget implements ArrayTarget {
  private final Path folder;
  private final Path beside;
  private DType dtype = DType.BOOL;
  private Chunks tiles = TilesFormat.tiles(Shape.SCALAR);

  TilesTarget(Path folder) {
    this.folder = folder;
    this.beside = folder.resolveSibling(folder.getFileName() + ".new");
  }

  @Override
  public boolean takesRegions() {
    return true;
  }

  @Override
  public Optional<Chunks> chunks(DType dtype, Shape shape) {
    return Optional.of(TilesFormat.tiles(shape));
  }

  @Override
  public @Nullable MemorySegment open(DType dtype, Shape shape) throws IOException {
    this.dtype = dtype;
    this.tiles = TilesFormat.tiles(shape);
    Files.createDirectory(beside);
    return null;
  }

  @Override
  public void write(Region region, MemorySegment elements) throws IOException {
    for (long tile = 0; tile < tiles.count(); tile++) {
      Region part = Overlap.of(region, tiles.region(tile));
      if (part.equals(tiles.region(tile))) {
        byte[] bytes = Overlap.cut(region, elements, part, dtype.itemSize());
        Files.write(beside.resolve(Long.toString(tile)), bytes, StandardOpenOption.CREATE_NEW);
      } else if (Arrays.stream(part.extents()).allMatch(extent -> extent > 0)) {
        throw new IOException("tile " + tile + " comes in parts: " + part);
      }
    }
  }

  @Override
  public void commit() throws IOException {
    String extents =
        LongStream.of(tiles.shape().extents())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(" "));
    Files.writeString(beside.resolve(TilesFormat.HEADER), dtype.name() + " " + extents);
    Files.move(beside, folder);
  }

  @Override
  public void abort() {
    File[] files = beside.toFile().listFiles();
    try {
      for (File file : files == null ? new File[0] : files) {
        Files.delete(file.toPath());
      }
      Files.delete(beside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
