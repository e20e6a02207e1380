package dev.weft.io.hdf5;

import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.io.binary.OpenArray;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.chunk.ChunkReader;
import dev.weft.io.chunk.StoredChunks;
import dev.weft.io.codec.Scratch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A dataset in chunks, of which only those are read that are asked for. */
final class ChunkedSource extends OpenArray {
  private final GuardedStorage storage;
  private final ChunkTable table;
  private final ChunkFilters filters;
  private final ChunkReader reader;

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
    super(file, array);
    this.storage = storage;
    this.table = table;
    this.filters = filters;
    MemorySegment still = MemorySegment.ofArray(fill.clone());
    array().type().makeNative(still);
    this.reader = new ChunkReader(chunks, still, this::decode, 1);
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(reader.chunks().cuts());
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    file().requireOpen();
    reader.read(region, target);
  }

  private @Nullable MemorySegment decode(
      long[] position, Supplier<MemorySegment> room, Scratch.Use scratch) {
    ChunkTable.Place place = table.find(position);
    if (place == null) {
      return null;
    }
    MemorySegment elements = room.get();
    boolean plain = filters.isPlain(place) && place.bytes() == elements.byteSize();
    MemorySegment stored = plain ? elements : scratch.take(place.bytes());
    storage.readData(place.address(), stored);
    if (!plain) {
      filters.undo(stored, place, elements, scratch);
    }
    array().type().makeNative(elements);
    return elements;
  }
}
