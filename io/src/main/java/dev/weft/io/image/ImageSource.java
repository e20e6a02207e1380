package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.chunk.ChunkReader;
import dev.weft.io.chunk.StoredChunks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image, or a stack of images that are alike; each is a chunk, which is decoded whole. */
final class ImageSource implements VersionedSource {
  private final OpenFile file;
  private final String name;
  private final DType dtype;
  private final ChunkReader reader;

  /** Decodes images. */
  @FunctionalInterface
  interface Decoder {
    /**
     * One image.
     *
     * @param index its number in the stack
     * @param target for its elements, dense and in C order
     */
    void decode(int index, MemorySegment target) throws IOException;
  }

  /**
   * Images of an open file, which is closed with them.
   *
   * @param name of the array in the file, empty where it has none
   * @param count of images; they are the first axis where there are several
   */
  ImageSource(OpenFile file, String name, Picture first, int count, Decoder decoder) {
    this.file = file;
    this.name = name;
    this.dtype = first.dtype();
    boolean isStack = count > 1;
    long[] extents = stacked(first.shape(), count).extents();
    long[] chunk = extents.clone();
    if (isStack) {
      chunk[0] = 1;
    }
    this.reader =
        new ChunkReader(
            new StoredChunks(Shape.of(extents), chunk, dtype.itemSize()),
            MemorySegment.NULL,
            (position, room, scratch) -> {
              MemorySegment elements = room.get();
              decoder.decode(isStack ? (int) position[0] : 0, elements);
              return elements;
            },
            1);
  }

  /** The shape of so many images. */
  static Shape stacked(Shape one, int count) {
    return count == 1 ? one : one.insert(0, count);
  }

  @Override
  public Shape shape() {
    return reader.chunks().shape();
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public String description() {
    return name.isEmpty() ? file.name() : file.name() + "#" + name;
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(reader.chunks().cuts());
  }

  @Override
  public SourceVersion version() {
    return file.version();
  }

  @Override
  public @Nullable Identity identity() {
    return file.identity(name);
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    file.requireOpen();
    reader.read(region, target);
  }

  @Override
  public Runnable lease() {
    return file.lease();
  }

  @Override
  public void close() {
    file.close();
  }
}
