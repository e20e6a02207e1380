package dev.weft.cli.tiles;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** An array in tiles. */
record TilesSource(Path folder, DType dtype, Chunks tiles) implements ArraySource {
  @Override
  public Shape shape() {
    return tiles.shape();
  }

  @Override
  public String description() {
    return folder.toString();
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(tiles);
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    for (long tile = 0; tile < tiles.count(); tile++) {
      Region held = tiles.region(tile);
      Region part = Overlap.of(region, held);
      if (Arrays.stream(part.extents()).allMatch(extent -> extent > 0)) {
        MemorySegment elements =
            MemorySegment.ofArray(Files.readAllBytes(folder.resolve(Long.toString(tile))));
        byte[] bytes = Overlap.cut(held, elements, part, dtype.itemSize());
        Overlap.paste(bytes, part, region, target, dtype.itemSize());
      }
    }
  }
}
