package dev.weft.io.image;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.chunk.StoredChunks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image, or a stack of images that are alike; each is a chunk, which is decoded whole. */
final class ImageSource implements ArraySource {
  private final OpenFile file;
  private final String name;
  private final DType dtype;
  private final StoredChunks chunks;
  private final Decoder decoder;
  private final boolean isStack;

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
    this.decoder = decoder;
    this.isStack = count > 1;
    long[] extents = stacked(first.shape(), count).extents();
    long[] chunk = extents.clone();
    if (isStack) {
      chunk[0] = 1;
    }
    this.chunks = new StoredChunks(Shape.of(extents), chunk, dtype.itemSize());
  }

  /** The shape of so many images. */
  static Shape stacked(Shape one, int count) {
    return count == 1 ? one : one.insert(0, count);
  }

  @Override
  public Shape shape() {
    return chunks.shape();
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
    return Optional.of(chunks.cuts());
  }

  @Override
  public @Nullable Identity identity() {
    return file.identity(name);
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    file.requireOpen();
    MemorySegment dense = target.asSlice(0, region.size() * dtype.itemSize());
    long[] denseStrides = StridedCopy.dense(region.extents(), dtype.itemSize());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] image = new MemorySegment[1];
      chunks.visit(
          region,
          (position, part) -> {
            int index = isStack ? (int) position[0] : 0;
            long offset = StoredChunks.offset(part, region, denseStrides);
            if (part.size() * dtype.itemSize() == chunks.bytes()) {
              decoder.decode(index, dense.asSlice(offset, chunks.bytes()));
              return;
            }
            if (image[0] == null) {
              image[0] = arena.allocate(chunks.bytes(), Long.BYTES);
            }
            decoder.decode(index, image[0]);
            Side from = new Side(image[0], chunks.offset(position, part), chunks.strides());
            StridedCopy.copy(
                part.extents(), dtype.itemSize(), from, new Side(dense, offset, denseStrides));
          });
    }
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
