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
import dev.weft.io.codec.Scratch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
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
    Side all = new Side(dense, 0, StridedCopy.dense(region.extents(), itemSize));
    chunks.visit(region, (position, part) -> read(position, part, region, all));
  }

  private void read(long[] position, Region part, Region region, Side all) {
    int itemSize = array.type().itemSize();
    long[] strides = all.strides();
    long start = StoredChunks.offset(part, region, strides);
    Side to = new Side(all.memory(), start, strides);
    ChunkTable.Place place = table.find(position);
    if (place == null) {
      // One element stands for all.
      StridedCopy.copy(part.extents(), itemSize, new Side(fill, 0, new long[strides.length]), to);
      return;
    }
    try (Scratch.Use scratch = Scratch.begin()) {
      if (all.memory().isNative() && chunks.isWhole(part, strides)) {
        decode(place, all.memory().asSlice(start, chunks.bytes()), scratch);
        return;
      }
      MemorySegment decoded = scratch.take(chunks.bytes());
      decode(place, decoded, scratch);
      long from = chunks.offset(position, part);
      StridedCopy.copy(part.extents(), itemSize, new Side(decoded, from, chunks.strides()), to);
    }
  }

  private void decode(ChunkTable.Place place, MemorySegment elements, Scratch.Use scratch) {
    boolean plain = filters.isPlain(place) && place.bytes() == elements.byteSize();
    MemorySegment stored = plain ? elements : scratch.take(place.bytes());
    storage.readData(place.address(), stored);
    if (!plain) {
      filters.undo(stored, place, elements, scratch);
    }
    array.type().makeNative(elements);
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
