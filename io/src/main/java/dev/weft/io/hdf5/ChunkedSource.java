package dev.weft.io.hdf5;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.AttributeValue;
import dev.weft.io.AttributedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.chunk.StoredChunks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A dataset in chunks, of which only those are read that are asked for. */
final class ChunkedSource implements AttributedSource {
  private final OpenFile file;
  private final GuardedStorage storage;
  private final StoredArray array;
  private final StoredChunks chunks;
  private final ChunkTable table;
  private final ChunkFilters filters;
  private final MemorySegment fill;

  /** One for each thread that has read: as many as read at the same time. */
  private final Queue<ChunkBytes> unused = new ConcurrentLinkedQueue<>();

  /**
   * A dataset of an open file, which is closed with it.
   *
   * @param fill an element that was not written, as it lies in the file
   */
  ChunkedSource(
      OpenFile file,
      GuardedStorage storage,
      StoredArray array,
      StoredChunks chunks,
      ChunkTable table,
      ChunkFilters filters,
      byte[] fill) {
    this.file = file;
    this.storage = storage;
    this.array = array;
    this.chunks = chunks;
    this.table = table;
    this.filters = filters;
    this.fill = MemorySegment.ofArray(fill.clone());
    array.type().makeNative(this.fill);
  }

  @Override
  public Shape shape() {
    return array.shape();
  }

  @Override
  public DType dtype() {
    return array.type().dtype();
  }

  @Override
  public String description() {
    return array.description(file);
  }

  @Override
  public Map<String, AttributeValue> attributes() {
    return array.attributes();
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(chunks.cuts());
  }

  @Override
  public @Nullable Identity identity() {
    return file.identity(array.name());
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    file.requireOpen();
    int itemSize = array.type().itemSize();
    MemorySegment dense = target.asSlice(0, region.size() * itemSize);
    long[] denseStrides = StridedCopy.dense(region.extents(), itemSize);
    ChunkBytes free = unused.poll();
    ChunkBytes bytes = free == null ? new ChunkBytes() : free;
    chunks.visit(
        region,
        (position, part) -> {
          ChunkTable.Place place = table.find(position);
          Side from = place == null ? nothing() : elements(place, position, part, bytes);
          long offset = StoredChunks.offset(part, region, denseStrides);
          StridedCopy.copy(part.extents(), itemSize, from, new Side(dense, offset, denseStrides));
        });
    unused.add(bytes);
  }

  /** One element that stands for all. */
  private Side nothing() {
    return new Side(fill, 0, new long[array.shape().rank()]);
  }

  private Side elements(ChunkTable.Place place, long[] position, Region part, ChunkBytes bytes) {
    int count = Math.toIntExact(chunks.bytes());
    storage.readData(place.address(), place.bytes(), bytes.room(place.bytes()));
    bytes.take(place.bytes());
    filters.undo(bytes, place, count);
    MemorySegment data = MemorySegment.ofArray(bytes.bytes()).asSlice(0, count);
    array.type().makeNative(data);
    return new Side(data, chunks.offset(position, part), chunks.strides());
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
